"""Operations of migrations as data: what each does to which table and column. src/project/migrate/ judges them."""

import ast
import inspect

from .fields import field_facts, safe

LONGEST_SQL = 2000
MOST_STATEMENTS = 50


def known_class(operation):
    """Name of the operation of Django's that it is, or is made from; None for one that is made from none."""
    for cls in type(operation).__mro__:
        if cls.__module__.startswith(("django.db.migrations.operations", "django.contrib.postgres.operations")):
            return None if cls.__name__ in ("Operation", "ModelOperation", "FieldOperation", "IndexOperation") else cls.__name__
    return None


def dotted(thing):
    return "%s.%s" % (getattr(thing, "__module__", "?"), getattr(thing, "__qualname__", type(thing).__name__))


class State:
    """Models as migrations leave them, of which fields and options are looked at; nothing is built from them."""

    def __init__(self, project_state):
        self.project = project_state

    def model(self, app, name):
        return self.project.models.get((app, str(name).lower()))

    def field(self, app, model, name):
        found = self.model(app, model)
        if found is None:
            return None
        # Before Django 3.1 fields were a list of pairs.
        return dict(found.fields).get(name)

    def table(self, app, model):
        found = self.model(app, model)
        if found is None:
            return None
        return found.options.get("db_table") or "%s_%s" % (app, str(model).lower())


def primary_column(app, before, after, operation, connection):
    model = operation.model_name
    old = before.field(app, model, getattr(operation, "old_name", operation.name))
    new = after.field(app, model, getattr(operation, "new_name", operation.name))
    return (
        field_facts(getattr(operation, "old_name", operation.name), old, connection) if old is not None else None,
        field_facts(getattr(operation, "new_name", operation.name), new, connection) if new is not None else None,
    )


def statements_of(sql):
    """The statements of RunSQL: a text, or a list of texts and of texts with parameters."""
    if isinstance(sql, (list, tuple)):
        found = [one[0] if isinstance(one, (list, tuple)) else one for one in sql]
    else:
        found = [sql] if sql else []
    return [str(one)[:LONGEST_SQL] for one in found if str(one).strip()][:MOST_STATEMENTS]


def index_facts(operation):
    index = getattr(operation, "index", None) or getattr(operation, "constraint", None)
    if index is None:
        return None
    return {
        "name": getattr(index, "name", None),
        "type": type(index).__name__,
        "unique": type(index).__name__ in ("UniqueConstraint", "ExclusionConstraint"),
    }


def function_facts(code):
    import os

    try:
        line = inspect.getsourcelines(code)[1]
        file = os.path.realpath(inspect.getsourcefile(code))
    except (OSError, TypeError):
        file = line = None
    return {"name": getattr(code, "__qualname__", str(code)), "file": file, "line": line}


def does_nothing(operation):
    """RunPython.noop and RunSQL.noop change nothing."""
    if hasattr(operation, "code"):
        return getattr(operation.code, "__func__", operation.code) is getattr(type(operation), "noop", None) or (
            getattr(operation.code, "__name__", "") == "noop"
        )
    return False


def describe(operation, app, before, after, connection, created):
    """One operation, with the state before and after it. `created` are the models whose tables this plan makes."""
    kind = known_class(operation)
    model = getattr(operation, "model_name", None) or (
        getattr(operation, "name", None) if kind in MODEL_OPERATIONS else None
    )
    if kind == "RenameModel":
        model = operation.old_name
    known = before.model(app, model) or after.model(app, model) if model else None
    options = known.options if known is not None else {}
    facts = {
        "kind": kind,
        "own_class": dotted(type(operation)) if kind is None or type(operation).__name__ != kind else None,
        "text": str(safe(operation.describe) or type(operation).__name__),
        "app": app,
        "model": str(model) if model else None,
        "table": (before.table(app, model) or after.table(app, model)) if model else None,
        "new_table": bool(model) and (app, str(model).lower()) in created,
        "managed": bool(options.get("managed", True)) and not options.get("proxy", False),
        "reversible": bool(safe(lambda: operation.reversible)),
        "no_effect": does_nothing(operation),
        "old": None,
        "new": None,
        "old_name": None,
        "new_name": None,
        "index": index_facts(operation),
        "statements": None,
        "function": None,
    }
    if kind in FIELD_OPERATIONS:
        facts["old"], facts["new"] = safe(lambda: primary_column(app, before, after, operation, connection)) or (None, None)
        facts["old_name"] = getattr(operation, "old_name", operation.name if hasattr(operation, "name") else None)
        facts["new_name"] = getattr(operation, "new_name", facts["old_name"])
    elif kind == "RenameModel":
        facts["old_name"], facts["new_name"] = before.table(app, operation.old_name), after.table(app, operation.new_name)
    elif kind == "AlterModelTable":
        facts["old_name"], facts["new_name"] = before.table(app, operation.name), after.table(app, operation.name)
    elif kind in ("AlterUniqueTogether", "AlterIndexTogether"):
        option = "unique_together" if kind == "AlterUniqueTogether" else "index_together"
        old, new = ({tuple(one) for one in (state.model(app, model).options.get(option) or ())} for state in (before, after))
        facts["index"] = {"name": ", ".join(" and ".join(one) for one in sorted(new - old)) or None, "type": kind, "unique": option == "unique_together"}
    elif kind == "RunSQL":
        facts["statements"] = statements_of(operation.sql)
    elif kind == "RunPython":
        facts["function"] = function_facts(operation.code)
    return facts


FIELD_OPERATIONS = ("AddField", "RemoveField", "AlterField", "RenameField")
MODEL_OPERATIONS = (
    "CreateModel",
    "DeleteModel",
    "AlterModelTable",
    "AlterModelTableComment",
    "AlterModelOptions",
    "AlterModelManagers",
    "AlterUniqueTogether",
    "AlterIndexTogether",
    "AlterOrderWithRespectTo",
)


def note_created(operation, app, created):
    kind = known_class(operation)
    if kind == "CreateModel":
        created.add((app, operation.name.lower()))
    elif kind == "RenameModel" and (app, operation.old_name.lower()) in created:
        created.add((app, operation.new_name.lower()))


def lines_of(file, count):
    """The line of each operation in the list of a migration; the line of the list, or None, where that cannot be told."""
    try:
        with open(file, encoding="utf-8-sig") as source:
            tree = ast.parse(source.read())
    except (OSError, ValueError, SyntaxError, TypeError):
        return [None] * count
    for node in ast.walk(tree):
        if not (isinstance(node, ast.ClassDef) and node.name == "Migration"):
            continue
        for part in node.body:
            targets = part.targets if isinstance(part, ast.Assign) else [getattr(part, "target", None)]
            if any(getattr(target, "id", None) == "operations" for target in targets):
                elements = getattr(part.value, "elts", [])
                exact = len(elements) == count
                return [(elements[at].lineno if exact else part.lineno) for at in range(count)]
        return [node.lineno] * count
    return [None] * count


def inner_lines(file, line, count):
    """The lines of the operations in the database_operations of a SeparateDatabaseAndState that begins in that line."""
    try:
        with open(file, encoding="utf-8-sig") as source:
            tree = ast.parse(source.read())
    except (OSError, ValueError, SyntaxError, TypeError):
        return [line] * count
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.lineno == line:
            for keyword in node.keywords:
                elements = getattr(keyword.value, "elts", [])
                if keyword.arg == "database_operations" and len(elements) == count:
                    return [element.lineno for element in elements]
    return [line] * count


def flatten(operation, line, file):
    """(operation, whether it changes the database, whether it changes the models, line), SeparateDatabaseAndState taken apart."""
    if known_class(operation) != "SeparateDatabaseAndState":
        yield operation, True, True, line
        return
    inner = list(operation.database_operations or [])
    for one, at in zip(inner, inner_lines(file, line, len(inner))):
        for part, database, _, place in flatten(one, at, file):
            yield part, database, False, place
    for one in operation.state_operations or []:
        yield one, False, True, line
