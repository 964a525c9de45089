"""Which environment variables a settings file reads without a default, read off its lines: those behind the one that stopped it."""

import ast
import os
import traceback

from .settings_source import VARIABLE, index_of

LIBRARIES = ("decouple", "environ", "environs")


def is_environ(node):
    return (isinstance(node, ast.Attribute) and node.attr == "environ") or (isinstance(node, ast.Name) and node.id == "environ")


def root_of(node):
    while isinstance(node, ast.Attribute):
        node = node.value
    return node.id if isinstance(node, ast.Name) else None


class Readers:
    """Names in a file by which a library reads variables, and the variables that have a default in its Env(DEBUG=(bool, False))."""

    def __init__(self, tree):
        self.names = set()
        self.with_default = set()
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and node.module in LIBRARIES:
                self.names |= {alias.asname or alias.name for alias in node.names if alias.name in ("config", "env")}
            elif isinstance(node, ast.Assign) and isinstance(node.value, ast.Call):
                made = node.value.func
                kind = made.attr if isinstance(made, ast.Attribute) else getattr(made, "id", "")
                if kind in ("Env", "FileAwareEnv", "AutoConfig", "Config"):
                    self.names |= {target.id for target in node.targets if isinstance(target, ast.Name)}
                    self.with_default |= {keyword.arg for keyword in node.value.keywords}

    def asked_by(self, node):
        """The variable that this expression cannot do without."""
        asked = None
        if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Load) and is_environ(node.value):
            asked = index_of(node)
        elif isinstance(node, ast.Call) and len(node.args) == 1 and root_of(node.func) in self.names:
            keywords = {keyword.arg for keyword in node.keywords}
            asked = None if keywords & {"default", None} else node.args[0]
        name = asked.value if isinstance(asked, ast.Constant) else None
        known = isinstance(name, str) and VARIABLE.match(name) and name not in self.with_default
        return name if known else None


def always_run(body):
    """Statements of a module that run whatever is set: not those under a condition, in a function, or in a `try` that may catch."""
    for node in body:
        if isinstance(node, (ast.Assign, ast.AnnAssign, ast.AugAssign, ast.Expr)) and node.value is not None:
            yield node.value
        elif isinstance(node, ast.If):
            yield node.test


def always_evaluated(node):
    """Parts of an expression that are evaluated whatever is set."""
    yield node
    if isinstance(node, ast.IfExp):
        parts = [node.test]
    elif isinstance(node, ast.BoolOp):
        parts = node.values[:1]
    elif isinstance(node, (ast.Lambda, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)):
        parts = []
    else:
        parts = ast.iter_child_nodes(node)
    for part in parts:
        yield from always_evaluated(part)


def read_without_default(path):
    """(name, line) of each variable that is not set and without which this file cannot be imported."""
    try:
        with open(path, encoding="utf-8-sig") as source:
            tree = ast.parse(source.read())
    except (OSError, ValueError, SyntaxError):
        return
    readers = Readers(tree)
    for statement in always_run(tree.body):
        for node in always_evaluated(statement):
            name = readers.asked_by(node)
            if name and name not in os.environ:
                yield name, node.lineno


def find_required(error, owns):
    """[{"name", "file", "line"}] for the modules of the project that were being imported when this exception came."""
    frames = traceback.extract_tb(error.__traceback__)
    files = [frame.filename for frame in frames if frame.name == "<module>" and owns(frame.filename)]
    found = {}
    for path in dict.fromkeys(files):
        for name, line in read_without_default(path):
            found.setdefault(name, {"name": name, "file": os.path.realpath(path), "line": line})
    return list(found.values())
