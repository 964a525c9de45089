"""Tracebacks as whoever wrote the project needs them: files by their paths in the project, and no frame of ours or of the import system."""

import os
import traceback

OURS = os.path.dirname(os.path.dirname(os.path.realpath(__file__))) + os.sep
PACKAGES = os.sep + "site-packages" + os.sep
# What runs a module: of several frames in a row, none says anything of the project.
MACHINERY = (os.path.realpath(os.path.dirname(os.__file__)) + os.sep + "importlib" + os.sep, "<frozen ")


def text_of_trace(error, root, frames=True):
    """
    The lines that Python prints of an exception.
    root -- folder of the project
    frames -- whether it says where it was raised; what it comes from always does
    """
    trace = traceback.TracebackException(type(error), error, error.__traceback__ if frames else None)
    tidy(trace, root)
    return "".join(trace.format())


def tidy(trace, root):
    # A second try that ends as the first one did.
    context = trace.__context__
    if context is not None and list(context.format_exception_only()) == list(trace.format_exception_only()):
        trace.__context__ = None
    for frame in trace.stack:
        frame.line  # It is read from the file, by the whole path.
    trace.stack[:] = [frame for frame in trace.stack if not is_machinery(frame.filename)]
    for frame in trace.stack:
        frame.filename = short(frame.filename, root)
    if getattr(trace, "filename", None):
        trace.filename = short(trace.filename, root)
    for other in (trace.__cause__, trace.__context__, *(getattr(trace, "exceptions", None) or [])):
        if other is not None:
            tidy(other, root)


def is_machinery(filename):
    return filename.startswith(MACHINERY) or os.path.realpath(filename).startswith((OURS, MACHINERY[0]))


def short(filename, root):
    if PACKAGES in filename:
        return filename.rsplit(PACKAGES, 1)[1]
    real = os.path.realpath(filename)
    return real[len(root) + 1 :] if real.startswith(root + os.sep) else filename
