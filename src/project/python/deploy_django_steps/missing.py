"""Which environment variables an exception says are missing, in the words of each library that reads them."""

import os
import re

# decouple, django-environ, environs, django-configurations, and what people write by hand.
PATTERNS = [
    re.compile(pattern)
    for pattern in (
        r"^([A-Za-z][A-Za-z0-9_]*) not found\. Declare it as envvar",
        r"Set the ([A-Za-z][A-Za-z0-9_]*) environment variable",
        r"is required to be set as the environment variable '([A-Za-z][A-Za-z0-9_]*)'",
        r"""[Ee]nvironment variable ["'`]?([A-Z][A-Z0-9_]{2,})["'`]? (?:is |was )?(?:not set|not found|missing|required|undefined)""",
        r"""["'`]?\b([A-Z][A-Z0-9_]{2,})["'`]? (?:environment variable )?(?:is |was )?(?:not set|missing|required|must be set)\b""",
        r"""\b(?:set|define|provide) (?:the )?["'`]?([A-Z][A-Z0-9_]{2,})["'`]? .*\b[Ee]nvironment""",
    )
]


def chain(error):
    """An exception and what it was raised from, the outermost first."""
    seen = []
    while error is not None and error not in seen:
        seen.append(error)
        error = error.__cause__ or error.__context__
    return seen


def is_setting(name):
    """A message such as "STATIC_ROOT must be set" is about a setting of Django's, not about the environment."""
    from django.conf import global_settings

    return name != "SECRET_KEY" and hasattr(global_settings, name)


def from_environ(error):
    """os.environ["NAME"]: the exception was raised by the mapping itself."""
    if not isinstance(error, KeyError) or len(error.args) != 1:
        return []
    last = error.__traceback__
    while last is not None and last.tb_next is not None:
        last = last.tb_next
    raised_by_os = last is not None and last.tb_frame.f_globals.get("__name__") == "os"
    return [error.args[0]] if raised_by_os and isinstance(error.args[0], str) else []


def from_pydantic(error):
    """pydantic-settings names fields; their variables have the prefix of the class, which stands in its frames."""
    if type(error).__name__ != "ValidationError" or not callable(getattr(error, "errors", None)):
        return []
    settings = None
    frame = error.__traceback__
    while frame is not None and settings is None:
        for name in ("self", "__pydantic_self__"):
            config = getattr(type(frame.tb_frame.f_locals.get(name)), "model_config", None)
            if isinstance(config, dict) and "env_prefix" in config:
                settings = type(frame.tb_frame.f_locals[name])
        frame = frame.tb_next
    if settings is None:
        return []
    prefix = settings.model_config["env_prefix"]
    missing = [entry["loc"][0] for entry in error.errors() if entry["type"] == "missing" and len(entry["loc"]) == 1]
    # An alias is the whole name of its variable.
    return [(prefix + name if name in settings.model_fields else name).upper() for name in missing]


def from_environs(error):
    """environs can keep its mistakes until env.seal(), and then names all of them."""
    messages = getattr(error, "error_messages", None)
    if not isinstance(messages, dict):
        return []
    return [name for name, texts in messages.items() if any("not set" in str(text) for text in texts)]


def from_secret_value(error):
    """django-configurations names the setting of a SecretValue; its variable has the prefix DJANGO_."""
    found = re.match(r"Secret value '([A-Z][A-Z0-9_]*)' is not set$", str(error))
    return ["DJANGO_" + found.group(1)] if found else []


def from_message(error):
    for pattern in PATTERNS:
        found = pattern.search(str(error))
        if found and not is_setting(found.group(1)):
            return [found.group(1)]
    return []


def missing_variables(error):
    """Names of variables that are not in the environment and that this exception asks for."""
    readers = (from_environ, from_pydantic, from_environs, from_secret_value, from_message)
    for one in chain(error):
        for reader in readers:
            try:
                names = [name for name in reader(one) if name not in os.environ]
            except ImportError:  # Django itself is missing.
                names = []
            if names:
                return names
    return []


def import_error(error):
    """The import that an exception is about: many libraries, and manage.py, raise another one that names no module."""
    for one in chain(error):
        if isinstance(one, ImportError) and one.name:
            return {"module": one.name, "message": str(one)}
    return None


def is_about_database(error):
    """Whether a database could not be asked. A migration graph that contradicts itself is not that."""
    try:
        from django.db.utils import DatabaseError, InterfaceError
    except ImportError:
        return False
    return any(isinstance(one, (DatabaseError, InterfaceError)) for one in chain(error))
