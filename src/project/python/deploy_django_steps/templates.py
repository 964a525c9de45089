"""Templates of the project's own that ask for a static file which no finder has."""

import difflib
import os
import re
import sys

# What stands behind the name has to end the argument: a filter or an operator makes another name of it.
TAG = re.compile(r"""(?:\{%-?\s*static|\{\{-?\s*static\()\s*(["'])([^"'{}]*)\1(?=\s*(?:[-+]?%\}|as\b|[),]))""")
# Django's own default for STATIC_URL, and what stands in a template that was written without {% static %}.
BY_HAND = re.compile(r"""\b(?:src|href|poster|data|content)\s*=\s*(["'])/static/([^"'{}?#\s]+)""", re.IGNORECASE)
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


def find_in_templates(sources, outcome):
    """
    (missing, by_hand): what the templates ask for and no finder has, and the static files that they name by a path, {file, line, name}
    and more each.
    """
    known = {source.name.replace(os.sep, "/") for source in sources}
    templates = list(own_templates(outcome.holds))
    missing, by_hand = [], []
    for name, file in templates:
        text = read_template(file)
        missing += [(name, one) for one in names_in(TAG, file, text) if is_missing(one["name"], known)]
        by_hand += [(name, one) for one in names_in(BY_HAND, file, text) if one["name"] in known]
    used = used_templates(outcome, templates) if missing or by_hand else lambda name: True
    return describe_missing(missing, known, used, sources, outcome), [entry for name, entry in by_hand if used(name)]


def names_in(pattern, file, text):
    return [
        {"file": file, "line": text.count("\n", 0, found.start()) + 1, "name": found.group(2)}
        for found in pattern.finditer(text)
    ]


def describe_missing(found, known, used, sources, outcome):
    found = [(name, {**entry, "similar": similar_name(entry["name"], known)}) for name, entry in found]
    lost = [entry["name"] for _, entry in found if not entry["similar"]]
    apps = apps_that_offer(lost)
    packages = app_folders(outcome) if found else []
    folders = own_static_folders(sources, outcome) if lost else []
    return [
        {
            **entry,
            "used": used(name) and not is_copied(name, entry["name"], packages),
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
# A variable, and not one of the names that stand in the tag: `{% extends small|yesno:"a.html,b.html" %}`.
DYNAMIC = re.compile(r"\{%-?\s*(?:include|extends)\s+[^\"'%\s][^\"'%]*%\}")
# Names that Django, its admin and packages ask for themselves, wherever the file is.
BY_CONVENTION = re.compile(
    r"(^|/)(4\d\d|5\d\d)\.html$|^base\w*\.html$|^(admin|registration|account|socialaccount|wagtail\w*|cms|rest_framework|django)/"
)
# And those that generic views make of the name of an app and a model.
OF_VIEWS = re.compile(r"^([^/]+)/\w+_(list|detail|form|confirm_delete|archive\w*)\.html$")


def is_by_convention(name):
    from django.apps import apps

    of_views = OF_VIEWS.match(name)
    labels = {config.label for config in apps.get_app_configs()}
    return bool(BY_CONVENTION.search(name)) or bool(of_views and of_views.group(1) in labels)


class Names:
    """Names of templates that a text mentions, whole or put together."""

    def __init__(self, texts):
        self.whole = set()
        self.patterns = []
        for found in (name for text in texts for names in TEMPLATE_NAME.findall(text) for name in names.split(",")):
            if "{" in found or "%" in found:
                parts = re.split(r"\{[^}]*\}|%\(?\w*\)?[sdr]", found)
                self.patterns.append(re.compile(".*".join(map(re.escape, parts)) + "$"))
            else:
                self.whole.add(found.lstrip("./"))

    def have(self, name):
        whole = any(name == one or name.endswith("/" + one) for one in self.whole)
        return whole or any(pattern.match(name) for pattern in self.patterns)


def own_python(outcome):
    """The texts of the project's Python files."""
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
                    yield source.read()


def app_folders(outcome):
    """Folders of templates that installed packages bring."""
    from django.template.utils import get_app_template_dirs

    return [str(folder) for folder in get_app_template_dirs("templates") if not outcome.holds(folder)]


def is_copied(template, static_name, folders):
    """The template replaces one of a package's that asks for the same file, so that the package does without it, too."""
    originals = (os.path.join(folder, template) for folder in folders)
    return any(static_name in read_template(file) for file in originals if os.path.isfile(file))


def used_templates(outcome, templates):
    """A function that says whether anything may render a template.

    Python names it, Django or an installed app does, whose template it replaces, or another template that is used. Copies
    of the templates of an app that is not installed name one another, and nothing renders them.
    """
    texts = {name: read_template(file) for name, file in templates}
    if any(DYNAMIC.search(text) for text in texts.values()):
        return lambda name: True
    of_code = Names(own_python(outcome))
    of_apps = app_folders(outcome)
    named_by = {name: Names([text]) for name, text in texts.items()}

    def is_root(name):
        replaces = any(os.path.isfile(os.path.join(folder, name)) for folder in of_apps)
        return replaces or of_code.have(name) or is_by_convention(name)

    used = {name for name in texts if is_root(name)}
    fresh = set(used)
    while fresh:
        fresh = {name for name in texts if name not in used and any(named_by[one].have(name) for one in fresh)}
        used |= fresh
    return lambda name: name in used


def is_missing(name, known):
    if name.strip() == "":
        return True
    path = re.split(r"[?#]", name, maxsplit=1)[0].strip()
    # A name with a slash at its end is that of a folder, which no storage hashes.
    return path != "" and not path.endswith("/") and os.path.normpath(path).replace(os.sep, "/") not in known
