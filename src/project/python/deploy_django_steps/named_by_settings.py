"""The line of the settings that names what Django could not import, where no line of the project's own imports it."""

import ast
import os
import re
import traceback

from .missing import chain
from .settings_source import read_settings

MODULE = re.compile(r"[A-Za-z_]\w*(\.\w+)*$")


def find_naming_line(error, imported, outcome):
    """
    {"file", "line"} of the text that names the missing module, or else the innermost module in which Django stopped. None where it
    was in the project's own code after manage.py, because that line says more.
    """
    names = list(names_of_frames(error, outcome))
    # What else goes wrong in a module is not the fault of the line that names it.
    if imported is None or None in names:
        return None
    reader = read_settings(os.environ.get("DJANGO_SETTINGS_MODULE"), outcome.owns)
    texts = [entry for file in reader.modules for entry in texts_in(file)]
    for module in [imported["module"], *reversed(names)]:
        place = best_match(module, texts)
        if place:
            return place
    apps = reader.found.get("INSTALLED_APPS")
    return {"file": apps["file"], "line": apps["line"]} if apps and "django.apps.registry" in names else None


def names_of_frames(error, outcome):
    """The modules that an exception went through, of everything that it was raised from; None for one of the project's own."""
    for one in reversed(chain(error)):
        for frame, _ in traceback.walk_tb(one.__traceback__):
            name = frame.f_globals.get("__name__") or ""
            if name != "__main__":
                yield None if outcome.owns(frame.f_code.co_filename) else name


def texts_in(file):
    """Texts of a file that may name a module, each with its place."""
    with open(file, encoding="utf-8-sig") as source:
        tree = ast.parse(source.read())
    constants = (node for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str))
    found = [(node.value, {"file": file, "line": node.lineno}) for node in constants if MODULE.match(node.value)]
    return sorted(found, key=lambda entry: entry[1]["line"])


def best_match(module, texts):
    """The text itself, one of something in the module, or the longest of what the module is in; "django" is too short for that."""
    exact = (place for text, place in texts if text == module)
    inside = (place for text, place in texts if text.startswith(module + "."))
    around = [entry for entry in texts if module.startswith(entry[0] + ".") and entry[0] != "django"]
    longest = [max(around, key=lambda entry: len(entry[0]))[1]] if around else []
    return next((place for places in (exact, inside, longest) for place in places), None)
