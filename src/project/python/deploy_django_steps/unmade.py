"""What a tool of an installed app has to make before or after collectstatic, and without which pages fail."""

import inspect
import os
import re

from .templates import own_templates, read_template

SASS = re.compile(r"""\{%-?\s*sass_src\s+["']([^"'{}]+)["'](?=\s*(?:-?%\}|as\b))""")


def is_on(name, default):
    from django.conf import settings

    return bool(getattr(settings, name, default))


def uses_of(tag, templates):
    """The first place in the project's own templates that uses a tag; None where none does."""
    pattern = re.compile(r"\{%%-?\s*%s\b" % tag)
    for file, text in templates:
        found = pattern.search(text)
        if found:
            return {"file": file, "line": text.count("\n", 0, found.start()) + 1}
    return None


def compresses_beside_static_files():
    """What is made for a page goes to the disk of the app, and has an address below STATIC_URL."""
    from django.conf import settings
    from django.core.files.storage import FileSystemStorage
    from django.utils.module_loading import import_string

    usual = "compressor.storage.CompressorFileStorage"
    alias = getattr(settings, "COMPRESS_STORAGE_ALIAS", "compressor")
    named = (getattr(settings, "STORAGES", None) or {}).get(alias) or {}
    storage = import_string(named.get("BACKEND") or getattr(settings, "COMPRESS_STORAGE", usual))
    url = getattr(settings, "COMPRESS_URL", None) or settings.STATIC_URL
    on_disk = inspect.isclass(storage) and issubclass(storage, FileSystemStorage)
    return on_disk and url == settings.STATIC_URL


def of_compressor(templates):
    from django.conf import settings

    place = is_on("COMPRESS_ENABLED", not settings.DEBUG) and uses_of("compress", templates)
    if not place:
        return []
    folder = getattr(settings, "COMPRESS_OUTPUT_DIR", "CACHE")
    if not is_on("COMPRESS_OFFLINE", False):
        entry = {"tool": "compressor_online", "name": folder, "path": None, **place}
        return [entry] if compresses_beside_static_files() else []
    manifest = getattr(settings, "COMPRESS_OFFLINE_MANIFEST", "manifest.json")
    # Compressor's own storage begins in that folder; one of STORAGES keeps the manifest at its root.
    alias = getattr(settings, "COMPRESS_OFFLINE_MANIFEST_STORAGE_ALIAS", None)
    is_own = alias not in (getattr(settings, "STORAGES", None) or {})
    name = "/".join(part for part in (is_own and folder, manifest) if part)
    root = getattr(settings, "COMPRESS_ROOT", None)
    return [{"tool": "compressor", "name": name, "path": root and os.path.join(str(root), name), **place}]


def of_sass(templates, known):
    from django.conf import settings

    if is_on("SASS_PROCESSOR_ENABLED", settings.DEBUG):
        return []
    found = {}
    for file, text in templates:
        for match in SASS.finditer(text):
            name = os.path.splitext(match.group(1))[0] + ".css"
            if name not in known:
                entry = {"tool": "sass_processor", "name": name, "path": None}
                found.setdefault(name, {**entry, "file": file, "line": text.count("\n", 0, match.start()) + 1})
    return list(found.values())


def of_webpack(templates):
    from django.conf import settings

    place = uses_of("(?:render_bundle|get_files|webpack_static)", templates)
    configurations = getattr(settings, "WEBPACK_LOADER", None) or {}
    if not place or not isinstance(configurations, dict):
        return []
    paths = [str(one.get("STATS_FILE") or "webpack-stats.json") for one in configurations.values() if isinstance(one, dict)]
    return [
        {"tool": "webpack_loader", "name": os.path.basename(path), "path": os.path.abspath(path), **place}
        for path in paths
        if not os.path.exists(path)
    ]


def of_tailwind(tool, names, templates, known):
    """The style sheets that {% tailwind_css %} links. A whole address is no static file."""
    place = uses_of("tailwind_(?:preload_)?css", templates)
    missing = [name for name in names if name not in known and not re.match("https?:|/", name)]
    return [{"tool": tool, "name": name, "path": None, **place} for name in missing] if place else []


def names_of_tailwind():
    from django.conf import settings

    return [str(getattr(settings, "TAILWIND_CSS_PATH", None) or "css/dist/styles.css")]


def names_of_tailwind_cli():
    from django.conf import settings

    several = getattr(settings, "TAILWIND_CLI_CSS_MAP", None) or []
    one = getattr(settings, "TAILWIND_CLI_DIST_CSS", None) or "css/tailwind.css"
    return [str(target) for _, target in several] or [str(one)]


def of_translations(templates, known):
    place = uses_of("statici18n", templates)
    made = any(name.endswith("/djangojs.js") for name in known)
    return [{"tool": "statici18n", "name": "jsi18n", "path": None, **place}] if place and not made else []


def find_unmade(sources, outcome):
    from django.apps import apps

    tools = {
        "compressor": lambda: of_compressor(templates),
        "sass_processor": lambda: of_sass(templates, known),
        "webpack_loader": lambda: of_webpack(templates),
        "tailwind": lambda: of_tailwind("tailwind", names_of_tailwind(), templates, known),
        "django_tailwind_cli": lambda: of_tailwind("django_tailwind_cli", names_of_tailwind_cli(), templates, known),
        "statici18n": lambda: of_translations(templates, known),
    }
    installed = [name for name in tools if apps.is_installed(name)]
    if not installed:
        return []
    known = {source.name.replace(os.sep, "/") for source in sources}
    templates = [(file, read_template(file)) for _, file in own_templates(outcome.holds)]
    return [entry for name in installed for entry in tools[name]()]
