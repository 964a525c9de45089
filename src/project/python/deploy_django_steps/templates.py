"""Templates of the project's own that ask for a static file which no finder has."""

import os
import re

TAG = re.compile(r"""(?:\{%-?\s*static|\{\{-?\s*static\()\s*(["'])([^"'{}]*)\1""")
COMMENT = re.compile(r"\{#.*?#\}|\{%\s*(comment|verbatim)\b.*?%\}.*?\{%\s*end\1\b.*?%\}", re.DOTALL)
LARGEST = 1_000_000


def template_folders(holds):
    """Folders of the project's own that its template engines look into."""
    from django.template import engines
    from django.template.utils import get_app_template_dirs

    folders = [str(folder) for engine in engines.all() for folder in engine.dirs]
    folders += [str(folder) for name in ("templates", "jinja2") for folder in get_app_template_dirs(name)]
    return sorted({os.path.realpath(folder) for folder in folders if holds(folder)})


def find_missing_in_templates(sources, holds):
    known = {source.name.replace(os.sep, "/") for source in sources}
    missing = []
    for folder in template_folders(holds):
        for parent, folders, files in os.walk(folder):
            folders[:] = sorted(name for name in folders if name not in ("node_modules", "__pycache__"))
            for name in sorted(files):
                file = os.path.join(parent, name)
                if holds(file) and os.path.isfile(file) and os.path.getsize(file) <= LARGEST:
                    missing += missing_in(file, known)
    return missing


def missing_in(file, known):
    with open(file, encoding="utf-8", errors="replace") as template:
        text = template.read()
    # What is commented out asks for nothing; its line breaks stay, so that lines keep their numbers.
    text = COMMENT.sub(lambda found: "\n" * found.group().count("\n"), text)
    return [
        {"file": file, "line": text.count("\n", 0, found.start()) + 1, "name": found.group(2)}
        for found in TAG.finditer(text)
        if is_missing(found.group(2), known)
    ]


def is_missing(name, known):
    if name.strip() == "":
        return True
    path = re.split(r"[?#]", name, maxsplit=1)[0].strip()
    # A name with a slash at its end is that of a folder, which no storage hashes.
    return path != "" and not path.endswith("/") and os.path.normpath(path).replace(os.sep, "/") not in known
