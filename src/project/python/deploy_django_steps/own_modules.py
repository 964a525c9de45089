"""An import that failed, as the project's own files explain it: a module of its own that is not there, or a name that one lacks."""

import difflib
import os
import re
import sys

NO_MODULE = re.compile(r"No module named '([\w.]+)'(; .* is not a package)?$")
NO_NAME = re.compile(r"cannot import name '(\w+)' from (partially initialized module )?'([\w.]+)'")


def find_own_module(imported, outcome):
    """
    {"kind", "name", "path", "places", "similar"} where an import concerns the project's own modules, or may; else None.
    kind -- module: one is missing in a folder of the project's; name: a module of the project's lacks it; circular: it is still being
    imported; file: what should be a folder is a file; top: nothing says whether it would be a package or a module of the project's
    places -- paths at which the module would be; path is the first for people, relative to the checkout
    similar -- the name of what is there and was likely meant
    """
    message = imported["message"] if imported else ""
    no_module = NO_MODULE.match(message)
    no_name = NO_NAME.match(message)
    if no_module:
        return missing_module(no_module.group(1).split("."), bool(no_module.group(2)), outcome)
    return missing_name(no_name.group(1), no_name.group(3), bool(no_name.group(2)), outcome) if no_name else None


def missing_module(parts, is_file, outcome):
    folders = [folder for folder in map(os.path.realpath, sys.path) if os.path.isdir(folder) and is_own(folder, outcome)]
    for at, part in enumerate(parts):
        within = [os.path.join(folder, part) for folder in folders]
        packages = [path for path in within if os.path.isdir(path)]
        if packages:
            folders = packages
            continue
        if at == 0 and not any(os.path.isfile(path + ".py") for path in within):
            return top_module(parts, folders, outcome)
        if is_file or any(os.path.isfile(path + ".py") for path in within):
            file = next((path + ".py" for path in within if os.path.isfile(path + ".py")), None)
            return described("file", ".".join(parts[: at + 1]), [file] if file else [], None, outcome)
        return described("module", ".".join(parts), places_in(folders, parts[at:]), near(parts, at, folders), outcome)
    return None


def is_own(folder, outcome):
    """A Python that is installed below the project is not the project's."""
    return outcome.holds(folder) and not (folder + os.sep).startswith(os.path.realpath(sys.prefix) + os.sep)


def top_module(parts, folders, outcome):
    elsewhere = (
        "%s.%s" % (inner, parts[0])
        for folder in folders
        for inner in sorted(os.listdir(folder))
        if inner.isidentifier() and os.path.isfile(os.path.join(folder, inner, parts[0], "__init__.py"))
    )
    similar = next(elsewhere, None) or near(parts, 0, folders)
    return described("top", ".".join(parts), places_in(folders, parts), similar, outcome)


def missing_name(name, module, circular, outcome):
    file = getattr(sys.modules.get(module), "__file__", None)
    if not file:
        # Where its import failed it is known no longer.
        found = missing_module(module.split("."), False, outcome)
        return found and described("circular", name, [], None, outcome) if circular else None
    if not outcome.owns(file):
        return None
    if circular:
        return described("circular", name, [file], None, outcome)
    names = [one for one in vars(sys.modules[module]) if not one.startswith("__")]
    if os.path.basename(file) != "__init__.py":
        return described("name", name, [file], closest(name, names), outcome)
    folder = os.path.dirname(file)
    similar = closest(name, [*modules_in(folder), *names])
    return described("module", "%s.%s" % (module, name), places_in([folder], [name]), similar and module + "." + similar, outcome)


def described(kind, name, places, similar, outcome):
    path = os.path.relpath(os.path.realpath(places[0]), outcome.workspace).replace(os.sep, "/") if places else None
    return {"kind": kind, "name": name, "path": path, "places": list(map(os.path.realpath, places)), "similar": similar}


def places_in(folders, parts):
    paths = [os.path.join(folder, *parts) for folder in folders[:1]]
    return [place for path in paths for place in (path + ".py", os.path.join(path, "__init__.py"))]


def near(parts, at, folders):
    """The name, as far as it is there, of a module that was likely meant."""
    similar = closest(parts[at], [name for folder in folders for name in modules_in(folder)])
    return similar and ".".join([*parts[:at], similar])


def closest(name, names):
    return next(iter(difflib.get_close_matches(name, names, 1, 0.75)), None)


def modules_in(folder):
    """Names of the modules and packages in a folder."""
    found = set()
    for name in os.listdir(folder):
        stem, ending = os.path.splitext(name)
        if ending == ".py" or os.path.isfile(os.path.join(folder, name, "__init__.py")):
            found.add(stem)
    return sorted(found - {"__init__", "manage"})
