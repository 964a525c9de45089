"""Where each setting is assigned, read off the settings module and what it star-imports within the project."""

import ast
import os
import re
import sys

VARIABLE = re.compile(r"[A-Z][A-Z0-9_]{2,}$")
# Among the variables that decide a setting it stands for DEBUG itself; no variable has such a name.
BY_DEBUG = "=DEBUG"


def is_literal(node):
    try:
        ast.literal_eval(node)
    except (ValueError, TypeError, SyntaxError, RecursionError):
        return False
    return True


def unique(names):
    return list(dict.fromkeys(names))


def index_of(subscript):
    """What is between its brackets; Python 3.8 has a node of its own around that."""
    return subscript.slice.value if type(subscript.slice).__name__ == "Index" else subscript.slice


def asked_names(node):
    """Texts that an expression asks something for: environ["X"], env("X"), environ.get("X", …), "X" in environ."""
    for part in ast.walk(node):
        if isinstance(part, ast.Call) and part.args:
            asked = part.args[0]
        elif isinstance(part, ast.Subscript):
            asked = index_of(part)
        elif isinstance(part, ast.Compare) and isinstance(part.ops[0], (ast.In, ast.NotIn)):
            asked = part.left
        else:
            continue
        if isinstance(asked, ast.Constant) and isinstance(asked.value, str):
            yield asked.value


class Reader:
    """
    Assignments in the order in which they run. A setting is literal where nothing outside the file can change it; and it
    has what decides it, by its value, by conditions, and by other settings in both: environment variables, and DEBUG.
    """

    def __init__(self, owns):
        self.owns = owns
        self.found = {}
        # Of names that are no settings, the variables that decide them: prod = bool(environ.get("IN_PRODUCTION")).
        self.helpers = {}
        self.seen = set()
        # Names by the real paths of their files.
        self.modules = {}

    def read(self, module):
        file = getattr(module, "__file__", None)
        if module is None or not file or file in self.seen or not self.owns(file):
            return
        self.seen.add(file)
        self.modules[os.path.realpath(file)] = module.__name__
        try:
            with open(file, encoding="utf-8-sig") as source:
                tree = ast.parse(source.read())
        except (OSError, ValueError, SyntaxError):
            return
        self.visit(tree.body, module, os.path.realpath(file), True, [])

    def deciders(self, node):
        names = [name for name in asked_names(node) if VARIABLE.match(name)]
        for part in ast.walk(node):
            if isinstance(part, ast.Name) and part.id == "DEBUG":
                names.append(BY_DEBUG)
            if isinstance(part, ast.Name) and part.id in self.found:
                names += self.found[part.id]["deciders"]
            elif isinstance(part, ast.Name) and part.id in self.helpers:
                names += self.helpers[part.id]
            elif isinstance(part, ast.Constant) and isinstance(part.value, str):
                # STORAGES and others name what they use by its path, also where it was made in these files.
                module, _, name = part.value.rpartition(".")
                names += self.helpers.get(name, []) if module in self.modules.values() else []
        return names

    def visit(self, body, module, file, certain, deciding):
        for node in body:
            if isinstance(node, (ast.Assign, ast.AnnAssign)) and node.value is not None:
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                for target in targets:
                    self.assign(target, node, file, certain, deciding)
            elif isinstance(node, ast.AugAssign):
                self.touch(node.target, node, file, deciding)
            elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
                self.call(node.value, file)
            elif isinstance(node, ast.ImportFrom) and any(alias.name == "*" for alias in node.names):
                self.star_import(node, module, certain)
            elif isinstance(node, ast.ClassDef):
                # django-configurations keeps settings in classes, of which one is chosen.
                self.visit(node.body, module, file, False, deciding)
            elif not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                within = deciding + self.deciders(node.test) if isinstance(node, ast.If) else deciding
                for name in ("body", "orelse", "finalbody"):
                    self.visit(getattr(node, name, []), module, file, False, within)
                for handler in getattr(node, "handlers", []):
                    self.visit(handler.body, module, file, False, within)

    def assign(self, target, node, file, certain, deciding):
        if isinstance(target, ast.Tuple):
            for part in target.elts:
                self.assign(part, node, file, False, deciding)
        elif isinstance(target, ast.Name) and not target.id.isupper():
            self.helpers[target.id] = unique(deciding + self.deciders(node.value))
        elif not certain or isinstance(target, ast.Subscript):
            self.touch(target, node, file, deciding + self.deciders(node.value))
        elif isinstance(target, ast.Name) and target.id.isupper():
            self.found[target.id] = {
                "file": file,
                "line": node.lineno,
                "literal": is_literal(node.value),
                "computed": not is_literal(node.value),
                "deciders": unique(deciding + self.deciders(node.value)),
            }

    def touch(self, target, node, file, deciding):
        """Something in a setting changes: it stays where it was first written, and what it holds is open."""
        while isinstance(target, (ast.Subscript, ast.Attribute)):
            target = target.value
        if isinstance(target, ast.Name) and target.id.isupper():
            new = {"file": file, "line": node.lineno, "computed": False, "deciders": []}
            setting = self.found.setdefault(target.id, new)
            setting["literal"] = False
            value = getattr(node, "value", None)
            setting["computed"] = setting["computed"] or (value is not None and not is_literal(value))
            setting["deciders"] = unique(setting["deciders"] + deciding)

    def call(self, call, file):
        if isinstance(call.func, ast.Attribute):
            self.touch(call.func.value, call, file, [])
        names = {getattr(getattr(argument, "func", None), "id", None) for argument in call.args}
        if names & {"locals", "globals", "vars"}:
            self.doubt()

    def doubt(self):
        for setting in self.found.values():
            setting["literal"] = False

    def star_import(self, node, module, certain):
        parts = (module.__package__ or "").split(".") if node.level else []
        base = parts[: len(parts) - node.level + 1] if node.level else []
        name = ".".join([*base, *([node.module] if node.module else [])])
        imported = sys.modules.get(name)
        if imported is None:
            # A local_settings that the host has and the checkout has not.
            self.doubt()
            return
        self.read(imported)
        if not certain:
            self.doubt()


def read_settings(settings_module, owns):
    reader = Reader(owns)
    reader.read(sys.modules.get(settings_module))
    return reader


def find_assignments(settings_module, owns):
    """
    Of every setting that the project's own files assign {name: {"file", "module", "line", "literal", "computed", "variables",
    "given", "by_debug"}}: variables are those that are not set, given those that are.
    """
    reader = read_settings(settings_module, owns)
    of_debug = reader.found.get("DEBUG", {}).get("deciders", [])
    return {name: described(one, reader.modules, of_debug) for name, one in reader.found.items()}


def described(setting, modules, of_debug):
    deciders = setting["deciders"]
    names = [name for name in deciders if name != BY_DEBUG]
    return {
        **{name: setting[name] for name in ("file", "line", "literal", "computed")},
        "module": modules[setting["file"]],
        "variables": [name for name in names if name not in os.environ],
        "given": [name for name in names if name in os.environ],
        # What turns DEBUG off changes this one, too.
        "by_debug": BY_DEBUG in deciders or any(name in of_debug for name in names),
    }


def find_siblings(settings_module, file):
    """Full names of the modules beside the settings module, itself left out; of a package, those in it."""
    if not file:
        return []
    names = {name[:-3] for name in os.listdir(os.path.dirname(file)) if name.endswith(".py")}
    if os.path.basename(file) == "__init__.py":
        return sorted(f"{settings_module}.{name}" for name in names - {"__init__"})
    package, _, own = settings_module.rpartition(".")
    return sorted(".".join(filter(None, [package, name])) for name in names - {own, "__init__"})


def variables_in_line(file, line):
    """Environment variables that are not set and that the statement in this line asks for, by itself or by a name that it uses."""
    try:
        with open(file, encoding="utf-8-sig") as source:
            tree = ast.parse(source.read())
    except (OSError, ValueError, SyntaxError):
        return []
    statements = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.stmt) and node.lineno <= line <= getattr(node, "end_lineno", node.lineno)
    ]
    if not statements:
        return []
    inner = min(statements, key=lambda node: getattr(node, "end_lineno", node.lineno) - node.lineno)
    nodes = [inner]
    used = {part.id for part in ast.walk(inner) if isinstance(part, ast.Name)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and node is not inner:
            nodes += [node.value for target in node.targets if isinstance(target, ast.Name) and target.id in used]
    names = [name for node in nodes for name in asked_names(node)]
    return unique(name for name in names if VARIABLE.match(name) and name not in os.environ)
