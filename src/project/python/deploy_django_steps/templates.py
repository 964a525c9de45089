"""Templates of the project's own that ask for a static file which no finder has."""

import difflib
import os
import re
import sys

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


def own_templates(holds):
    """(name, path) of every template of the project's own."""
    for folder in template_folders(holds):
        for parent, folders, files in os.walk(folder):
            folders[:] = sorted(name for name in folders if name not in ("node_modules", "__pycache__"))
            for name in sorted(files):
                file = os.path.join(parent, name)
                if holds(file) and os.path.isfile(file) and os.path.getsize(file) <= LARGEST:
                    yield os.path.relpath(file, folder).replace(os.sep, "/"), file


def read_template(file):
    """Its text without what is commented out; the line breaks stay, so that lines keep their numbers."""
    with open(file, encoding="utf-8", errors="replace") as template:
        return COMMENT.sub(lambda found: "\n" * found.group().count("\n"), template.read())


def find_missing_in_templates(sources, outcome):
    known = {source.name.replace(os.sep, "/") for source in sources}
    templates = list(own_templates(outcome.holds))
    found = [(name, entry) for name, file in templates for entry in missing_in(file, known)]
    used = used_templates(outcome, templates) if found else lambda name: True
    found = [(name, {**entry, "similar": similar_name(entry["name"], known)}) for name, entry in found]
    lost = [entry["name"] for _, entry in found if not entry["similar"]]
    apps = apps_that_offer(lost)
    folders = own_static_folders(sources, outcome) if lost else []
    return [
        {
            **entry,
            "used": used(name),
            "app": apps.get(entry["name"]),
            "places": [os.path.join(folder, *entry["name"].strip("/").split("/")) for folder in folders],
        }
        for name, entry in found
    ]


def own_static_folders(sources, outcome):
    """Folders of the project's own in which finders look."""
    folders = set()
    for source in sources:
        file = source.file()
        if file and not getattr(source.storage, "prefix", None) and outcome.holds(file):
            folders.add(os.path.realpath(source.storage.path("")))
    return sorted(folders)


def apps_that_offer(names):
    """{name: package} of installed packages that have a static file and are no app of the project's."""
    wanted = {name for name in names if "/" in name.strip("/")}
    found = {}
    for folder in {path for path in sys.path if os.path.basename(path) in ("site-packages", "dist-packages")}:
        for package in static_packages(folder) if wanted else ():
            for name in wanted:
                if os.path.isfile(os.path.join(folder, package, "static", *name.split("/"))):
                    found.setdefault(name, package.replace(os.sep, "."))
    return found


def static_packages(folder):
    """Packages, of two levels, with a folder of static files."""
    for top in sorted(os.listdir(folder)):
        if not os.path.isfile(os.path.join(folder, top, "__init__.py")):
            continue
        for package in (top, *(os.path.join(top, name) for name in sorted(os.listdir(os.path.join(folder, top))))):
            if os.path.isdir(os.path.join(folder, package, "static")):
                yield package


def missing_in(file, known):
    text = read_template(file)
    return [
        {"file": file, "line": text.count("\n", 0, found.start()) + 1, "name": found.group(2)}
        for found in TAG.finditer(text)
        if is_missing(found.group(2), known)
    ]


def similar_name(name, known):
    """A file that is there and was likely meant: the same name in another folder or case, or one that differs by a letter."""
    base = name.rsplit("/", 1)[-1].lower()
    same = sorted(one for one in known if one.rsplit("/", 1)[-1].lower() == base)
    if same:
        return same[0]
    extension = os.path.splitext(base)[1]
    near = difflib.get_close_matches(name, sorted(one for one in known if one.lower().endswith(extension)), 1, 0.8)
    return near[0] if near else None


TEMPLATE_NAME = re.compile(r"""["']([^"'\n]*\.(?:html?|txt|xml|jinja2?|j2|svg|md|mjml|djhtml))["']""")
DYNAMIC = re.compile(r"\{%-?\s*(?:include|extends)\s+(?![\"'])")
# Names that Django, its admin and its generic views make themselves.
BY_CONVENTION = re.compile(
    r"(^|/)(4\d\d|5\d\d|base\w*)\.html$|^(admin|registration|account|socialaccount|wagtail\w*|cms|rest_framework|django)/"
    r"|_(list|detail|form|confirm_delete|archive\w*)\.html$"
)


def used_templates(outcome, templates):
    """A function that says whether anything may render a template: a name in Python or in another template, or a convention."""
    named, patterns = set(), []
    texts = [read_template(file) for _, file in templates]
    if any(DYNAMIC.search(text) for text in texts):
        return lambda name: True
    for parent, folders, files in os.walk(outcome.project_root):
        folders[:] = [
            name
            for name in folders
            if name not in ("node_modules", "__pycache__", "site-packages")
            and not name.startswith(".")
            and not os.path.exists(os.path.join(parent, name, "pyvenv.cfg"))
        ]
        for name in files:
            if name.endswith(".py"):
                with open(os.path.join(parent, name), encoding="utf-8", errors="replace") as source:
                    texts.append(source.read())
    for text in texts:
        for found in TEMPLATE_NAME.findall(text):
            if "{" in found or "%" in found:
                patterns.append(re.compile(".*".join(map(re.escape, re.split(r"\{[^}]*\}|%\(?\w*\)?[sdr]", found))) + "$"))
            else:
                named.add(found.lstrip("./"))

    def used(name):
        by_name = any(name == one or name.endswith("/" + one) for one in named)
        return by_name or bool(BY_CONVENTION.search(name)) or any(pattern.match(name) for pattern in patterns)

    return used


def is_missing(name, known):
    if name.strip() == "":
        return True
    path = re.split(r"[?#]", name, maxsplit=1)[0].strip()
    # A name with a slash at its end is that of a folder, which no storage hashes.
    return path != "" and not path.endswith("/") and os.path.normpath(path).replace(os.sep, "/") not in known
