"""Where each setting is assigned, read off the settings module and what it star-imports within the project."""

import ast
import os
import sys


def is_literal(node):
    try:
        ast.literal_eval(node)
    except (ValueError, TypeError, SyntaxError, RecursionError):
        return False
    return True


class Reader:
    """Assignments in the order in which they run. A setting is literal where nothing outside the file can change it."""

    def __init__(self, owns):
        self.owns = owns
        self.found = {}
        self.seen = set()

    def read(self, module):
        file = getattr(module, "__file__", None)
        if module is None or not file or file in self.seen or not self.owns(file):
            return
        self.seen.add(file)
        try:
            with open(file, encoding="utf-8-sig") as source:
                tree = ast.parse(source.read())
        except (OSError, ValueError, SyntaxError):
            return
        self.visit(tree.body, module, os.path.realpath(file), True)

    def visit(self, body, module, file, certain):
        for node in body:
            if isinstance(node, (ast.Assign, ast.AnnAssign)) and node.value is not None:
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                for target in targets:
                    self.assign(target, node, file, certain)
            elif isinstance(node, ast.AugAssign):
                self.touch(node.target, node, file)
            elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
                self.call(node.value, file)
            elif isinstance(node, ast.ImportFrom) and any(alias.name == "*" for alias in node.names):
                self.star_import(node, module, certain)
            elif isinstance(node, ast.ClassDef):
                # django-configurations keeps settings in classes, of which one is chosen.
                self.visit(node.body, module, file, False)
            elif not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                for name in ("body", "orelse", "finalbody"):
                    self.visit(getattr(node, name, []), module, file, False)
                for handler in getattr(node, "handlers", []):
                    self.visit(handler.body, module, file, False)

    def assign(self, target, node, file, certain):
        if isinstance(target, ast.Tuple):
            for part in target.elts:
                self.assign(part, node, file, False)
        elif not certain or isinstance(target, ast.Subscript):
            self.touch(target, node, file)
        elif isinstance(target, ast.Name) and target.id.isupper():
            self.found[target.id] = {"file": file, "line": node.lineno, "literal": is_literal(node.value)}

    def touch(self, target, node, file):
        """Something in a setting changes: it stays where it was first written, and what it holds is open."""
        while isinstance(target, (ast.Subscript, ast.Attribute)):
            target = target.value
        if isinstance(target, ast.Name) and target.id.isupper():
            self.found.setdefault(target.id, {"file": file, "line": node.lineno})["literal"] = False

    def call(self, call, file):
        if isinstance(call.func, ast.Attribute):
            self.touch(call.func.value, call, file)
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


def find_assignments(settings_module, owns):
    """{name: {"file", "line", "literal"}} of every setting that the project's own files assign."""
    reader = Reader(owns)
    reader.read(sys.modules.get(settings_module))
    return reader.found


def find_siblings(settings_module, file):
    """Full names of the modules beside the settings module, itself left out."""
    if not file:
        return []
    package, _, own = settings_module.rpartition(".")
    names = {name[:-3] for name in os.listdir(os.path.dirname(file)) if name.endswith(".py")}
    if os.path.basename(file) == "__init__.py":
        return []
    return sorted(".".join(filter(None, [package, name])) for name in names - {own, "__init__"})
