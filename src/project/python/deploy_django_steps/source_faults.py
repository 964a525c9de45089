"""What is wrong with a source file that Python cannot read: the file, the line, and which kind of fault it is."""

import codecs
import os
import re
import sys

from .traces import short

NULL_BYTES = "source code string cannot contain null bytes"
# Of a merge that was not finished; a line of seven "=" may be a heading.
MARKS = re.compile(rb"^(<{7}|>{7})(?: .*)?\r?$", re.MULTILINE)
# Syntax, and the first Python that reads it.
NEWER = [
    ((3, 10), re.compile(r"\s*(?:match|case)\b.*:\s*(?:#.*)?$")),
    ((3, 10), re.compile(r"\s*(?:async )?with \(")),
    ((3, 11), re.compile(r"\s*except\s*\*")),
    ((3, 12), re.compile(r"\s*type \w+(?:\[.*\])?\s*=")),
    ((3, 12), re.compile(r"\s*(?:class|def|async def) \w+\[")),
    # The quotes of an f-string, or a backslash, within its braces.
    ((3, 12), re.compile(r""".*\b(?:[fF][rR]?|[rR][fF])(["']).*\{[^}]*(?:\1|\\)""")),
    ((3, 14), re.compile(r""".*\bt["'].*\{""")),
    # In Python 2 the second name was that of the exception.
    ((3, 14), re.compile(r"\s*except\s+[\w.]+\s*,\s*[A-Z][\w.]*\s*(?:,.*)?:")),
]
SKIPPED = {"site-packages", "node_modules", "__pycache__"}


def find_source_fault(error, outcome):
    """
    {"kind", "since", "python", "file", "line", "own", "text"} of an exception that says a source cannot be read; None of any other.
    kind -- conflict, null, utf-16, encoding, indentation, newer (then since is the version) or syntax
    text -- what Python says, without the place if the file is the project's
    """
    found = describe_fault(error, outcome)
    return found and {**found, "python": "%d.%d" % sys.version_info[:2]}


def describe_fault(error, outcome):
    said = str(error)
    if isinstance(error, (SyntaxError, ValueError)) and NULL_BYTES in said:
        file = file_with_null(outcome)
        return {**look_into(file, None, 1), "own": True, "text": NULL_BYTES} if file else None
    if not isinstance(error, SyntaxError) or not error.filename or not os.path.isfile(error.filename):
        return None
    line = error.lineno or 1
    if not outcome.owns(error.filename):
        text = "%s (%s, line %d)" % (error.msg, short(error.filename, outcome.project_root), line)
        since = newer_syntax(error.text)
        found = {"kind": "newer" if since else "syntax", "since": since}
        return {**found, "file": os.path.realpath(error.filename), "line": line, "own": False, "text": text}
    found = {**look_into(error.filename, error.text, line), "own": True, "text": error.msg}
    if found["kind"] != "syntax":
        return found
    if isinstance(error, IndentationError):
        return {**found, "kind": "indentation"}
    # The first lines name an encoding that Python does not know, or that the file has not.
    return {**found, "kind": "encoding"} if re.search("unknown encoding|encoding problem|can't decode", error.msg) else found


def look_into(file, text, line):
    with open(file, "rb") as source:
        content = source.read()

    def fault(kind, at=None, since=None):
        place = line if at is None else content.count(b"\n", 0, at) + 1
        return {"kind": kind, "since": since, "file": os.path.realpath(file), "line": place}

    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return fault("utf-16", 0)
    if b"\0" in content:
        return fault("null", content.index(b"\0"))
    mark = MARKS.search(content)
    if mark:
        return fault("conflict", mark.start())
    try:
        # A line that names another encoding may be right, and then the fault is another one.
        if not re.search(rb"coding[:=]", b"\n".join(content.split(b"\n", 2)[:2])):
            content.decode("utf-8")
    except UnicodeDecodeError as error:
        return fault("encoding", error.start)
    since = newer_syntax(text)
    return fault("newer" if since else "syntax", since=since)


def newer_syntax(text):
    """The first Python that reads such a line, if it is newer than this one."""
    for version, pattern in NEWER:
        if text and version > sys.version_info[:2] and pattern.match(text):
            return "%d.%d" % version
    return None


def file_with_null(outcome):
    """Python does not say which file has null bytes."""
    for folder, folders, files in os.walk(outcome.project_root):
        folders[:] = [name for name in folders if name not in SKIPPED and not name.startswith(".")]
        for path in (os.path.join(folder, name) for name in sorted(files) if name.endswith(".py")):
            try:
                with open(path, "rb") as source:
                    if b"\0" in source.read() and outcome.owns(path):
                        return path
            except OSError:
                continue
    return None
