"""Which environment variables an exception says are missing, in the words of each library that reads them."""

import os
import re
import traceback

from .printed import said_by, text_of
from .settings_source import variables_in_line

NAME = r"""["'`]?\b([A-Z][A-Z0-9_]{2,})["'`]?"""
LACKS = r"(?:is |was |must be |has to be )?(?:not set|unset|not found|not defined|missing|required|undefined|set|defined|empty)\b"
VARIABLE = r"env(?:ironment)?[ -]?var(?:iable)?s?"

# decouple, django-environ, environs, django-configurations, and what people write by hand. These say that it is a variable of
# the environment, so that the name may be that of a setting of Django's, too.
OF_ENVIRONMENT = [
    re.compile(pattern)
    for pattern in (
        r"^([A-Za-z][A-Za-z0-9_]*) not found\. Declare it as envvar",
        r"(?i:(?:set|change|define|provide) (?:the|your|a)) ([A-Za-z][A-Za-z0-9_]*) (?i:%s)" % VARIABLE,
        r"is required to be set as the environment variable '([A-Za-z][A-Za-z0-9_]*)'",
        r"(?i:%s):? %s (?i:%s)" % (VARIABLE, NAME, LACKS),
        r"(?i:missing|required|undefined|no|set|define|provide|export|specify) (?i:(?:the |an? )?%s):? %s" % (VARIABLE, NAME),
        r"%s (?i:%s) (?i:%s)" % (NAME, VARIABLE, LACKS),
        r"\b(?i:set|define|provide|export) (?:the )?%s .*\b[Ee]nvironment" % NAME,
        r"%s (?i:%s).* (?i:in|as|from) (?i:the |your |an )?(?i:environment|%s|\.env)" % (NAME, LACKS, VARIABLE),
    )
]
# And these may be about a setting.
OF_EITHER = [
    re.compile(r"%s (?:is |was )?(?:not set|missing|required|must be set)\b" % NAME),
    re.compile(r"(?i:must|please|need to|have to) (?i:set|define|provide|export|specify)(?: an?| the| your)? %s(?!.*\bsettings\b)" % NAME),
]


def chain(error):
    """An exception and what it was raised from, the outermost first; the members of a group come last."""
    seen = []
    waiting = [error]
    for one in waiting:
        while one is not None and not any(one is other for other in seen):
            seen.append(one)
            members = getattr(one, "exceptions", None)
            if isinstance(members, tuple):
                waiting += [member for member in members if isinstance(member, BaseException)]
            one = one.__cause__ or one.__context__
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
    """pydantic-settings names fields; their variables have the prefix of the class, which stands in its frames.

    What a validator of the project's says of a field that has no variable is the same to whoever reads it.
    """
    if type(error).__name__ != "ValidationError" or not callable(getattr(error, "errors", None)):
        return []
    # Before version 2 the error has the class, and its frames are compiled.
    classes = [getattr(error, "model", None)]
    frame = error.__traceback__
    while frame is not None:
        classes += [type(frame.tb_frame.f_locals.get(name)) for name in ("self", "__pydantic_self__")]
        frame = frame.tb_next
    variables_of = next(filter(None, map(pydantic_variables, classes)), None)
    if variables_of is None:
        return []
    fields = [entry["loc"][0] for entry in error.errors() if len(entry["loc"]) == 1]
    return [variables_of(field) for field in fields if field != "__root__"]


def pydantic_variables(cls):
    """A function from a field's name to that of its variable; None where a class is no settings of pydantic's."""
    config = getattr(cls, "model_config", None)
    if isinstance(config, dict) and "env_prefix" in config:
        # An alias is the whole name of its variable.
        return lambda field: (config["env_prefix"] + field if field in cls.model_fields else field).upper()
    prefix = getattr(getattr(cls, "__config__", None), "env_prefix", None)
    if not isinstance(prefix, str):
        return None

    def before_version_2(field):
        known = getattr(cls.__fields__.get(field), "field_info", None)
        names = getattr(known, "extra", {}).get("env_names")
        return (sorted(names)[0] if names else prefix + field).upper()

    return before_version_2


def from_environs(error):
    """environs can keep its mistakes until env.seal(), and then names all of them."""
    messages = getattr(error, "error_messages", None)
    if not isinstance(messages, dict):
        return []
    return [name for name, texts in messages.items() if any("not set" in str(text) for text in texts)]


def from_secret_value(error):
    """django-configurations names the setting of a SecretValue; its variable has the prefix DJANGO_."""
    found = re.match(r"Secret value '([A-Z][A-Z0-9_]*)' is not set$", text_of(error))
    return ["DJANGO_" + found.group(1)] if found else []


def from_message(error):
    text = said_by(error)
    for pattern in OF_ENVIRONMENT:
        found = pattern.search(text)
        if found:
            return [found.group(1)]
    for pattern in OF_EITHER:
        found = pattern.search(text)
        if found and not is_setting(found.group(1)):
            return [found.group(1)]
    return []


def from_line(error):
    """`os.environ.get("HOSTS").split(",")`: a value that is None, and the line says where it was to come from."""
    if not isinstance(error, (AttributeError, TypeError, ValueError)):
        return []
    text = text_of(error)
    if "NoneType" not in text and not (isinstance(error, ValueError) and re.search(r"literal|convert|''", text)):
        return []
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if "site-packages" not in frame.filename]
    for frame in reversed(frames):
        names = variables_in_line(frame.filename, frame.lineno)
        if names:
            return names
    return []


def missing_variables(error):
    """Names of variables that are not in the environment and that this exception asks for."""
    readers = (from_environ, from_pydantic, from_environs, from_secret_value, from_message, from_line)
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
            return {"module": one.name, "message": text_of(one)}
    return None


def innermost(error):
    """What an exception was raised from in the end, where that says more than the exception itself: "Unable to configure handler"."""
    last = chain(error)[-1]
    text = text_of(last)
    if last is error or not text or text in text_of(error) or isinstance(last, (KeyError, AttributeError, StopIteration)):
        return None
    return {"type": type(last).__name__, "message": text}


def is_about_database(error):
    """Whether a database could not be asked. A migration graph that contradicts itself is not that."""
    try:
        from django.db.utils import DatabaseError, InterfaceError
    except ImportError:
        return False
    return any(isinstance(one, (DatabaseError, InterfaceError)) for one in chain(error))
