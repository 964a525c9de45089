"""What of a model differs from its migrations: which argument of which field, and whether that is a change at all."""

import os

# Arguments that no database knows (django.db.models.Field.non_db_attrs, and what only Python reads).
WITHOUT_SQL = {
    "blank",
    "choices",
    "editable",
    "error_messages",
    "help_text",
    "limit_choices_to",
    "on_delete",
    "related_name",
    "related_query_name",
    "validators",
    "verbose_name",
    "storage",
    "upload_to",
    "path",
    "match",
    "recursive",
    "allow_files",
    "allow_folders",
    "auto_created",
    "serialize",
    "default",
}
OPERATIONS_WITHOUT_SQL = {"AlterModelOptions", "AlterModelManagers"}
LONGEST = 100


def shown(value):
    """A value for people: of an object only what it is, because its arguments may be anybody's secrets."""
    plain = (str, int, float, bool, bytes, type(None), list, tuple, set, frozenset, dict, os.PathLike)
    if callable(value) and hasattr(value, "__qualname__"):
        text = f"{value.__module__}.{value.__qualname__}"
    elif isinstance(value, plain):
        text = repr(value)
    else:
        text = f"{type(value).__module__}.{type(value).__qualname__}(…)"
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def kind_of(argument, before, after):
    """"machine": it is another on each machine; "order": the same values in another order; "change" is what makemigrations is for."""
    if argument in ("path", "storage") or isinstance(before, os.PathLike) or isinstance(after, os.PathLike):
        return "machine"
    absolute = [isinstance(value, str) and os.path.isabs(value) for value in (before, after)]
    if argument in ("upload_to", "default") and all(absolute):
        return "machine"
    if isinstance(before, (list, tuple)) and isinstance(after, (list, tuple)):
        if sorted(map(repr, before)) == sorted(map(repr, after)):
            return "order"
    return "change"


def arguments(field):
    _, path, args, kwargs = field.deconstruct()
    return {"the class": path, **{f"argument {at + 1}": value for at, value in enumerate(args)}, **kwargs}


def field_differences(model, name, before, after, deconstruct):
    """What Django's own comparison calls different, argument by argument."""
    old, new = arguments(before), arguments(after)
    unset = "not set"
    return [
        {
            "model": model,
            "field": name,
            "argument": key,
            "before": shown(old[key]) if key in old else unset,
            "after": shown(new[key]) if key in new else unset,
            "kind": kind_of(key, old.get(key), new.get(key)),
        }
        for key in sorted({*old, *new})
        if deconstruct(old.get(key, unset)) != deconstruct(new.get(key, unset))
    ]


def option_differences(model, before, after):
    return [
        {
            "model": model,
            "field": None,
            "argument": key,
            "before": shown(before.get(key)),
            "after": shown(after.get(key)),
            "kind": kind_of(key, before.get(key), after.get(key)),
        }
        for key in sorted({*before, *after})
        if before.get(key) != after.get(key)
    ]


def differences_of(app, operations, state, deconstruct):
    """(differences, whether a database would be changed) of the operations that makemigrations would write for an app.

    `state` is what the migrations say, `deconstruct` how Django's autodetector takes values apart to compare them.
    """
    found = []
    sql = False
    for operation in operations:
        kind = type(operation).__name__
        name = getattr(operation, "model_name_lower", None) or getattr(operation, "name_lower", "")
        model = state.models.get((app, name))
        if kind == "AlterField" and model and operation.name in model.fields:
            differs = field_differences(
                model.name, operation.name, model.fields[operation.name], operation.field, deconstruct
            )
            found += differs
            counts = [one for one in differs if one["kind"] != "order"]
            sql = sql or not differs or any(one["argument"] not in WITHOUT_SQL for one in counts)
        elif kind == "AlterModelOptions" and model:
            keys = set(getattr(operation, "ALTER_OPTION_KEYS", ())) | set(operation.options)
            before = {key: value for key, value in model.options.items() if key in keys}
            found += option_differences(model.name, before, operation.options)
        else:
            sql = sql or kind not in OPERATIONS_WITHOUT_SQL
    return found, sql
