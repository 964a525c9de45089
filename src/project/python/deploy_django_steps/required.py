"""Which environment variables a settings file reads without a default, read off its lines: those behind the one that stopped it."""

import ast
import os
import traceback

from .settings_source import VARIABLE, index_of

LIBRARIES = ("decouple", "environ", "environs")
# What puts the variables of a file into the environment.
FILLING = ("read_env", "load_dotenv")


def is_environ(node):
    return (isinstance(node, ast.Attribute) and node.attr == "environ") or (isinstance(node, ast.Name) and node.id == "environ")


def root_of(node):
    while isinstance(node, ast.Attribute):
        node = node.value
    return node.id if isinstance(node, ast.Name) else None


class Readers:
    """Names in a file by which a library reads variables, and what stands for them where the file has stopped."""

    def __init__(self, tree, scope):
        self.scope = scope
        self.names = set()
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and node.module in LIBRARIES:
                self.names |= {alias.asname or alias.name for alias in node.names if alias.name in ("config", "env")}
            elif isinstance(node, ast.Assign) and isinstance(node.value, ast.Call):
                if name_called(node.value) in ("Env", "FileAwareEnv", "AutoConfig", "Config"):
                    self.names |= {target.id for target in node.targets if isinstance(target, ast.Name)}

    def missing_in(self, node, folder):
        """The variable that this expression cannot do without, where it is not set."""
        asked = None
        reader = os.environ.get
        if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Load) and is_environ(node.value):
            asked = index_of(node)
        elif isinstance(node, ast.Call) and len(node.args) == 1 and root_of(node.func) in self.names:
            keywords = {keyword.arg for keyword in node.keywords}
            asked = None if keywords & {"default", None} else node.args[0]
            reader = reader_in(self.scope.get(root_of(node.func)), folder)
        name = asked.value if isinstance(asked, ast.Constant) else None
        known = isinstance(name, str) and VARIABLE.match(name) and name not in os.environ
        return name if known and reader is not None and reader(name) is None else None


def name_called(call):
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def reader_in(reader, folder):
    """
    A function that gives what a library reads for a name: also out of the files of decouple, with which that does not fill
    the environment, and a default of Env(DEBUG=(bool, False)). None where the file has not come so far, so that nobody knows.
    """
    if type(reader).__module__.partition(".")[0] not in LIBRARIES:
        return None
    if getattr(reader, "config", reader) is None:
        # decouple looks beside the file that asks first, and nothing has asked: here that would be this one.
        reader = type(reader)(reader.search_path or folder)
    scheme = getattr(reader, "scheme", None) or {}

    def read(name):
        # A type alone, Env(PORT=int), is no default.
        has_default = isinstance(scheme.get(name), (tuple, list)) and len(scheme[name]) == 2
        return scheme[name] if has_default else reader(name, default=None)

    return read


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


def read_without_default(path, stopped, scope):
    """
    (name, line) of each variable that is not set and without which this file cannot be imported.

    It has stopped in this line with these globals.
    """
    try:
        with open(path, encoding="utf-8-sig") as source:
            tree = ast.parse(source.read())
    except (OSError, ValueError, SyntaxError):
        return
    readers = Readers(tree, scope)
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and name_called(node) in FILLING]
    # What a file would have filled in further down is not known to be missing.
    filled = min((call.lineno for call in calls if call.lineno > stopped), default=float("inf"))
    for statement in always_run(tree.body):
        for node in always_evaluated(statement):
            name = readers.missing_in(node, os.path.dirname(path)) if node_line(node) < filled else None
            if name:
                yield name, node.lineno


def node_line(node):
    return getattr(node, "lineno", 0)


def find_required(error, owns):
    """
    [{"name", "file", "line"}] for the modules of the project that were being imported when this exception came. It asks the
    project's own objects, and what goes wrong with them must not hide that exception.
    """
    found = {}
    for frame, line in traceback.walk_tb(error.__traceback__):
        path = frame.f_code.co_filename
        if frame.f_code.co_name == "<module>" and owns(path):
            try:
                for name, at in read_without_default(path, line, frame.f_globals):
                    found.setdefault(name, {"name": name, "file": os.path.realpath(path), "line": at})
            except (Exception, SystemExit):
                continue
    return list(found.values())
