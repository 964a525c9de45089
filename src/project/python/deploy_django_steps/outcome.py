"""What is known so far, kept on disk after every change, so that a step which ends the process hides no other."""

import json
import os
import sys
import traceback

from .missing import chain, import_error, innermost, is_about_database, missing_variables
from .named_by_settings import find_naming_line
from .own_modules import find_own_module
from .printed import said_by
from .required import find_required
from .source_faults import find_source_fault
from .traces import text_of_trace


class Outcome:
    def __init__(self, path, project_root, workspace=None):
        self.path = path
        self.project_root = os.path.realpath(project_root)
        self.workspace = os.path.realpath(workspace or project_root)
        self.data = {"failures": [], "throw_away": []}
        self.shown = set()

    def set(self, name, value):
        self.data[name] = value
        self.write()

    def fail(self, step, error):
        """Keeps an exception: its type, message, and the frames of the project's own files, innermost last."""
        frames = [
            {"file": os.path.realpath(frame.filename), "line": frame.lineno}
            for frame in traceback.extract_tb(error.__traceback__)
            if self.owns(frame.filename)
        ]
        source = look(lambda: find_source_fault(error, self))
        imported = import_error(error)
        own = look(lambda: find_own_module(imported, self))
        place = source if source and source["own"] else look(lambda: find_naming_line(error, imported, self))
        if place:
            frames.append({"file": place["file"], "line": place["line"]})
        variables = missing_variables(error)
        self.data["failures"].append(
            {
                "step": step,
                "type": type(error).__name__,
                "import_error": imported,
                "own_module": own,
                "source": source and {name: source[name] for name in ("kind", "since", "own", "python")},
                "message": source["text"] if source else said_by(error),
                "cause": innermost(error),
                "variables": variables,
                "asks": find_required(error, self.owns) if step == "start" else [],
                "database": is_about_database(error),
                "storage": first_of(error, lambda one: getattr(one, "deploy_django_storage", None)),
                "static_file": getattr(error, "deploy_django_file", None),
                "frames": frames,
            }
        )
        # A variable that is not set is named with its line, and often the next start has it.
        if not variables:
            self.show(error)
        self.write()

    def show(self, error, frames=True):
        """Prints a traceback; several steps can fail of the same, and it is read once."""
        text = text_of_trace(error, self.project_root, frames)
        if text not in self.shown:
            print(text, end="", file=sys.stderr)
        self.shown.add(text)

    def holds(self, path):
        """Whether a path is within the project, and not within an installed package."""
        real = os.path.realpath(path)
        return (real + os.sep).startswith(self.project_root + os.sep) and "site-packages" not in real

    def owns(self, filename):
        return self.holds(filename) and os.path.isfile(filename)

    def write(self):
        partial = self.path + ".part"
        with open(partial, "w", encoding="utf-8") as file:
            json.dump(self.data, file, default=str)
        os.replace(partial, self.path)


def look(find):
    """What a look at the project's files finds; where it fails, the exception that it is to explain says enough."""
    try:
        return find()
    except Exception:
        return None


def first_of(error, read):
    """What the first exception of the chain has that has any."""
    return next((found for found in map(read, chain(error)) if found), None)


def real_path(path):
    """Every path in the outcome is a real one, so that the reader can compare it with real ones."""
    return os.path.realpath(path) if path else None
