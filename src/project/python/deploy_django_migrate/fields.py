"""What of a field of a migration decides how its column changes, without building models."""


def safe(function):
    try:
        return function()
    except Exception:
        return None


def has_db_default(field):
    from django.db.models.fields import NOT_PROVIDED

    return getattr(field, "db_default", NOT_PROVIDED) is not NOT_PROVIDED


def literal_db_default(field):
    """Whether the default of the database is a fixed value; an expression can be another one for each row."""
    from django.db.models import Value

    default = getattr(field, "db_default", None)
    return isinstance(default, Value) or not hasattr(default, "resolve_expression")


def target_of(field):
    to = getattr(getattr(field, "remote_field", None), "model", None)
    if to is None:
        return None
    return (to if isinstance(to, str) else getattr(to._meta, "label", "")).lower() or None


def column_of(name, field):
    if field.many_to_many:
        return None
    if field.db_column:
        return field.db_column
    return name + "_id" if field.is_relation else name


def column_type(field, connection):
    """The type in the database; of a relation, whose type is that of what it leads to, what it leads to."""
    if field.is_relation:
        return "key of %s" % target_of(field)
    return safe(lambda: field.db_parameters(connection=connection)["type"])


def field_facts(name, field, connection):
    type_ = column_type(field, connection)
    return {
        "type": type(field).__name__,
        "column": column_of(name, field) if field.many_to_many or field.is_relation or type_ is not None else None,
        "many_to_many": bool(field.many_to_many),
        "relation": target_of(field),
        "constraint": bool(getattr(field, "db_constraint", True)) if field.is_relation else False,
        "column_type": type_,
        "length": getattr(field, "max_length", None),
        "digits": getattr(field, "max_digits", None),
        "places": getattr(field, "decimal_places", None),
        "null": bool(field.null),
        "db_default": has_db_default(field),
        "db_default_literal": literal_db_default(field),
        "generated": bool(getattr(field, "generated", False)),
        "unique": bool(field.unique),
        "index": bool(field.db_index),
        "collation": getattr(field, "db_collation", None),
    }
