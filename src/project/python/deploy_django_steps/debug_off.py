"""Which value of which environment variable turns DEBUG off: tried on the lines that assign it, in place of a guess at their form."""

import ast
import contextlib
import copy
import os
import sys
import time

from .settings_source import VARIABLE, asked_names, unique

# What people write for "no", and what turns a flag for production on.
USUAL = ["False", "false", "FALSE", "0", "off", "no", "n", "True", "true", "1", "on", "yes"]
LONGEST_LITERAL = 30
MOST_LITERALS = 30
# For all trials of a project together: a helper in its lines may ask a server each time.
MOST_SECONDS = 2
NONSENSE = "deploy-django"
NAME = "DEBUG"

BLOCKS = ("body", "orelse", "finalbody")


def names_in(node):
    return {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}


def targets_of(node):
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    return {part.id for target in targets for part in ast.walk(target) if isinstance(part, ast.Name)}


def prune(body, wanted):
    """The assignments of these names, with the conditions around them, and nothing else that could leave a trace."""
    kept = []
    for node in body:
        if isinstance(node, (ast.Assign, ast.AnnAssign)) and node.value is not None:
            if targets_of(node) & wanted:
                kept.append(node)
        elif isinstance(node, (ast.If, ast.Try)):
            fields = dict(ast.iter_fields(node))
            parts = {name: prune(fields[name], wanted) for name in BLOCKS if name in fields}
            handlers = [prune(handler.body, wanted) for handler in fields.get("handlers", [])]
            if isinstance(node, ast.Try) and not handlers and not parts["finalbody"]:
                # A `try` of which nothing else is left is none.
                kept += parts["body"]
            # A condition that nothing hangs on is left out with what it guards.
            elif any(parts.values()) or any(handlers):
                fields.update(parts, body=parts["body"] or [ast.Pass()])
                if handlers:
                    pairs = zip(node.handlers, handlers)
                    fields["handlers"] = [
                        ast.ExceptHandler(type=old.type, name=old.name, body=body or [ast.Pass()]) for old, body in pairs
                    ]
                kept.append(type(node)(**fields))
    return kept


def asks(body):
    return any(VARIABLE.match(name) for node in body for name in asked_names(node))


def slice_of(tree):
    """Everything that decides DEBUG: its assignments, and those of the helpers in them which ask the environment."""
    wanted = {NAME}
    while True:
        body = prune(tree.body, wanted)
        used = set().union(*(names_in(node) for node in body)) - wanted
        found = {name for name in used if asks(prune(tree.body, {name}))}
        if not found:
            return body
        wanted |= found


def literals_of(tree, body):
    """Texts that a variable may be compared with, in these lines and in functions of the module that they call."""
    used = set().union(*(names_in(node) for node in body))
    functions = [node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name in used]
    parts = [part for node in [*body, *functions] for part in ast.walk(node)]
    texts = [part.value for part in parts if isinstance(part, ast.Constant) and isinstance(part.value, str)]
    return [text for text in unique(texts) if len(text) <= LONGEST_LITERAL and "\n" not in text][:MOST_LITERALS]


def changes_objects(body):
    """Whether the lines assign to an attribute: of an object that others use, and that nothing puts back."""
    parts = (part for node in body for part in ast.walk(node))
    return any(isinstance(part, ast.Attribute) and isinstance(part.ctx, ast.Store) for part in parts)


@contextlib.contextmanager
def kept_environment():
    """The environment is as it was afterwards, whatever the lines have written into it."""
    before = dict(os.environ)
    try:
        yield
    finally:
        for name in set(os.environ) - set(before):
            del os.environ[name]
        os.environ.update(before)


def copied(value):
    """The same for lists and dictionaries that the lines may write into."""
    try:
        return copy.deepcopy(value) if type(value) in (dict, list, set) else value
    except Exception:
        return value


class OutOfTime(Exception):
    """The trials take longer than what they tell is worth."""


class Trial:
    """The slice of one module, run with one variable set to one value."""

    def __init__(self, module, body):
        tree = ast.fix_missing_locations(ast.Module(body=body, type_ignores=[]))
        self.code = compile(tree, module.__file__, "exec")
        self.module = module
        self.names = set().union(*(names_in(node) for node in body))
        self.end = time.monotonic() + MOST_SECONDS

    def run(self, given):
        if time.monotonic() > self.end:
            raise OutOfTime
        scope = {name: copied(value) if name in self.names else value for name, value in vars(self.module).items()}
        try:
            with kept_environment():
                os.environ.update(given)
                exec(self.code, scope)
                return scope.get(NAME)
        except (Exception, SystemExit):  # A value that the lines refuse is none that they take.
            return None

    def turns_off(self, name, value):
        result = self.run({name: value})
        return result is not None and not result


def find_debug_off(assigned):
    """{variable: value} of each that turns DEBUG off alone; None where any value does. Empty where nothing is known."""
    place = assigned.get(NAME)
    # By its name: to ask every module for its file would load those that load themselves when they are asked.
    module = sys.modules.get(place["module"]) if place else None
    if module is None:
        return {}
    with open(module.__file__, encoding="utf-8-sig") as source:
        tree = ast.parse(source.read())
    body = slice_of(tree)
    if changes_objects(body):
        return {}
    try:
        return values_that_turn_off(Trial(module, body), tree, body)
    except OutOfTime:
        return {}


def values_that_turn_off(trial, tree, body):
    # Where a later line has the last word, the slice does not say what Django says.
    if not trial.run({}):
        return {}
    values = [*USUAL, *literals_of(tree, body), ""]
    found = {}
    for name in unique(name for node in body for name in asked_names(node) if VARIABLE.match(name)):
        # Neither a yes nor a no: that it is there is enough, or it names a stage.
        if all(trial.turns_off(name, value) for value in (NONSENSE, *USUAL)):
            found[name] = None
            continue
        value = next((value for value in values if trial.turns_off(name, value)), None)
        if value is not None:
            found[name] = value
    return found
