"""The settings that the deploy follows, after everything that manage.py does to choose them."""

import os
import re
import sys

from .debug_off import find_debug_off
from .outcome import real_path
from .settings_source import find_assignments, find_siblings


def old_storages():
    """Class paths in the settings that STORAGES has replaced, for whoever has to write it."""
    from django.conf import settings

    found = {name: getattr(settings, name, None) for name in ("STATICFILES_STORAGE", "DEFAULT_FILE_STORAGE")}
    return {name: path for name, path in found.items() if isinstance(path, str)}


def media_url():
    """MEDIA_URL where it is set; Django makes "/" of the empty one."""
    from django.conf import settings

    return settings.MEDIA_URL if getattr(settings._wrapped, "MEDIA_URL", "") else None


def database():
    """The engine of the default database, and the folder of its SQLite file where that is not there."""
    from django.conf import settings

    default = settings.DATABASES.get("default") or {}
    engine, name = default.get("ENGINE") or "", str(default.get("NAME") or "")
    on_disk = engine.endswith(("sqlite3", "spatialite")) and name and name != ":memory:" and not name.startswith("file:")
    folder = os.path.dirname(os.path.abspath(name)) if on_disk else None
    return {
        "engine": engine or "django.db.backends.dummy",
        "missing_folder": real_path(folder) if folder and not os.path.isdir(folder) else None,
    }


NAMED = re.compile(r"""DJANGO_SETTINGS_MODULE["']\s*(?:,|\]\s*=)\s*["']([\w.]+)["']""")


def file_of(module):
    """Where a module of the project's would be loaded from; it is not loaded."""
    parts = module.split(".")
    paths = [os.path.join(folder, *parts) for folder in sys.path]
    found = (path for base in paths for path in (base + ".py", os.path.join(base, "__init__.py")) if os.path.isfile(path))
    return next(found, None)


def server_settings():
    """The settings module that the file of WSGI_APPLICATION or ASGI_APPLICATION names: the one that runs live."""
    from django.conf import settings

    for name in ("WSGI_APPLICATION", "ASGI_APPLICATION"):
        file = file_of((getattr(settings, name, None) or "").rpartition(".")[0])
        if file is None:
            continue
        with open(file, encoding="utf-8", errors="replace") as source:
            named = NAMED.search(source.read())
        if named:
            module = named.group(1)
            return {"module": module, "file": os.path.basename(file), "found": file_of(module) is not None}
    return None


def debug_off(assigned):
    """What turns DEBUG off; the settings are the project's code, and lines that fail when they run again say nothing."""
    try:
        return find_debug_off(assigned)
    except Exception:
        return {}


def probe(outcome, given_module):
    import django
    from django.conf import settings

    module = sys.modules.get(settings.SETTINGS_MODULE)
    file = real_path(getattr(module, "__file__", None))
    assigned = find_assignments(settings.SETTINGS_MODULE, outcome.owns)
    return {
        "django": django.get_version(),
        "python": "%d.%d.%d" % sys.version_info[:3],
        "settings_module": settings.SETTINGS_MODULE,
        "settings_file": file,
        # Neither an input nor the environment named this module.
        "chosen_by_manage_py": settings.SETTINGS_MODULE != given_module,
        "server_settings": server_settings(),
        "siblings": find_siblings(settings.SETTINGS_MODULE, file),
        "assigned": assigned,
        # Names alone: values of settings are nobody's business.
        "overridden": sorted(getattr(settings._wrapped, "_explicit_settings", [])),
        "old_storages": old_storages(),
        "silenced": [str(one) for one in settings.SILENCED_SYSTEM_CHECKS],
        "database": database(),
        "debug": bool(settings.DEBUG),
        "debug_off": debug_off(assigned) if settings.DEBUG else {},
        "allowed_hosts": [str(host) for host in settings.ALLOWED_HOSTS],
        "csrf_trusted_origins": [str(origin) for origin in settings.CSRF_TRUSTED_ORIGINS],
        "csrf": any(path.endswith(".CsrfViewMiddleware") for path in settings.MIDDLEWARE),
        "ssl_redirect": bool(settings.SECURE_SSL_REDIRECT),
        "proxy_ssl_header": settings.SECURE_PROXY_SSL_HEADER is not None,
        "wsgi": settings.WSGI_APPLICATION or None,
        "asgi": getattr(settings, "ASGI_APPLICATION", None) or None,
        "whitenoise": any(path.startswith("whitenoise.") for path in settings.MIDDLEWARE),
        "static_url": settings.STATIC_URL,
        "static_root": str(settings.STATIC_ROOT) if settings.STATIC_ROOT else None,
        "media_url": media_url(),
        "media_root": real_path(settings.MEDIA_ROOT),
        # Asked for when the static files are collected.
        "static_storage": None,
        "media_storage": None,
    }
