"""Who serves the static files where the app runs: a middleware, a wrapper around its application, or a view."""

import ast
import importlib.util
import os
import re

from .diverted import original_class
from .outcome import real_path

# ServeStatic is a fork of WhiteNoise that has the same settings under its own name.
SERVERS = ("whitenoise", "servestatic")
WRAPPERS = (*SERVERS, "dj_static", "django.contrib.staticfiles.handlers")
SECURITY = "django.middleware.security.SecurityMiddleware"
MOST_ASKED = 500


def server_of(cls):
    """The package behind a class, also behind one of the project's own over it."""
    packages = [base.__module__.partition(".")[0] for base in getattr(cls, "__mro__", ())]
    return next((package for package in packages if package in SERVERS), None)


def server_at(path):
    from django.utils.module_loading import import_string

    try:
        return server_of(import_string(path))
    except Exception:  # What its import raises is told by Django's own checks.
        package = str(path).partition(".")[0]
        return package if package in SERVERS else None


def find_middleware():
    """The middleware that serves static files, and what stands before and behind it."""
    from django.conf import settings

    paths = [str(path) for path in settings.MIDDLEWARE]
    for at, path in enumerate(paths):
        server = server_at(path)
        if server:
            return {"server": server, "path": path, "before": paths[:at], "security_behind": SECURITY in paths[at:]}
    return None


def find_wrapper():
    """What the module of the WSGI application imports to serve static files: name, file and line."""
    from django.conf import settings

    module = str(settings.WSGI_APPLICATION or "").rpartition(".")[0]
    try:
        file = importlib.util.find_spec(module).origin
        with open(file, encoding="utf-8-sig") as source:
            tree = ast.parse(source.read())
    except (OSError, ValueError, SyntaxError, ImportError, AttributeError, TypeError):
        return None
    for node in ast.walk(tree):
        names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        for name in names:
            wrapper = next((one for one in WRAPPERS if name == one or name.startswith(one + ".")), None)
            if wrapper:
                return {"name": wrapper, "file": real_path(file), "line": node.lineno}
    return None


def is_serve(callback):
    module, name = getattr(callback, "__module__", ""), getattr(callback, "__name__", "")
    return name == "serve" and module in ("django.views.static", "django.contrib.staticfiles.views")


def find_view():
    """The pattern of a URL below STATIC_URL that Django's own view answers, and the file of the URLs."""
    from django.conf import settings
    from django.urls import get_resolver

    root = str(settings.STATIC_ROOT or "")
    below = str(settings.STATIC_URL or "").strip("/")

    def walk(patterns, before):
        for pattern in patterns:
            route = before + re.sub(r"^\^|\\", "", str(pattern.pattern)).lstrip("/")
            inner = getattr(pattern, "url_patterns", None)
            if inner is not None:
                yield from walk(inner, route)
            elif is_serve(getattr(pattern, "callback", None)):
                given = str((pattern.default_args or {}).get("document_root") or "")
                if (given and given == root) or (below and route.startswith(below)):
                    yield route

    try:
        resolver = get_resolver()
        route = next(walk(resolver.url_patterns, ""), None)
        file = real_path(getattr(resolver.urlconf_module, "__file__", None))
    except (Exception, SystemExit):  # URLs that cannot be loaded are told by Django's own checks.
        return None
    return {"pattern": route, "file": file} if route is not None else None


def setting_of(prefix, name):
    from django.conf import settings

    return getattr(settings, "%s_%s" % (prefix, name), None)


def find_root(prefix, owns):
    """The folder whose files are served at the root of the site, and whether it is there."""
    path = setting_of(prefix, "ROOT")
    if not path:
        return None
    folder = os.path.realpath(str(path))
    return {"path": folder, "there": os.path.isdir(folder), "own": owns(os.path.join(folder, "robots.txt"))}


def wrongly_immutable(prefix, names):
    """Names without a hash that a test of the project's own calls immutable."""
    from django.conf import settings

    test = setting_of(prefix, "IMMUTABLE_FILE_TEST")
    if not test:
        return []
    found = []
    for name in names[:MOST_ASKED]:
        url = "/" + str(settings.STATIC_URL or "").strip("/") + "/" + name
        try:
            is_immutable = test(name, url) if callable(test) else re.search(test, url) is not None
        except Exception:  # It may need a file that is only where the app runs.
            return found
        if is_immutable:
            found.append(name)
    return found


def is_compressed(storage):
    """Whether the storage makes compressed twins beside its files."""
    classes = original_class(storage).__mro__
    return any(server_of(base) and base.__name__.startswith("Compressed") for base in classes)


def describe_serving(owns):
    """Who serves the static files, and how it is set up; None where nothing in the app does."""
    from django.conf import settings
    from django.contrib.staticfiles.storage import staticfiles_storage

    from .diverted import unwrapped

    middleware, wrapper, view = find_middleware(), find_wrapper(), find_view()
    server = middleware["server"] if middleware else wrapper["name"] if wrapper else None
    prefix = "SERVESTATIC" if server == "servestatic" else "WHITENOISE"
    storage = unwrapped(staticfiles_storage)
    hashed = getattr(storage, "hashed_files", None) or {}
    plain = sorted(name for name, stored in hashed.items() if name != stored)
    apps = [str(app) for app in settings.INSTALLED_APPS]
    nostatic = next((app for app in apps if app.endswith(".runserver_nostatic")), None)
    statics = "django.contrib.staticfiles"
    flags = {name: setting_of(prefix, name) for name in ("USE_FINDERS", "AUTOREFRESH", "MANIFEST_STRICT", "KEEP_ONLY_HASHED_FILES")}
    age = setting_of(prefix, "MAX_AGE")
    return {
        "server": server,
        "prefix": prefix,
        "middleware": middleware,
        "wrapper": wrapper,
        "view": view,
        "compressed": is_compressed(storage),
        "asgi": bool(getattr(settings, "ASGI_APPLICATION", None)),
        # Settings that the project sets, as true or false.
        "flags": {name: bool(value) for name, value in flags.items() if value is not None},
        "max_age": age if isinstance(age, int) and not isinstance(age, bool) else None,
        "root": find_root(prefix, owns),
        "immutable": wrongly_immutable(prefix, plain)[:5],
        # runserver of staticfiles comes first then, and serves the files itself.
        "late_runserver": bool(nostatic and statics in apps and apps.index(nostatic) > apps.index(statics)),
    }
