"""collectstatic, and where it failed, everything that its files name and nobody has."""

import os
import re

from .launch import COMMAND
from .outcome import real_path
from .storages import use_local_storage


def collect(static_root):
    """Runs collectstatic; returns the folder that it filled and its manifest, which OPTIONS of a storage can move."""
    from django.contrib.staticfiles.storage import staticfiles_storage
    from django.core.management import call_command

    use_local_storage(static_root)
    call_command(COMMAND, interactive=False, verbosity=1)
    manifest = None
    if hasattr(staticfiles_storage, "manifest_name"):
        keeper = getattr(staticfiles_storage, "manifest_storage", staticfiles_storage)
        manifest = os.path.realpath(keeper.path(staticfiles_storage.manifest_name))
    return {"root": os.path.realpath(staticfiles_storage.location), "manifest": manifest}


def find_missing_references(sources):
    """Django stops at the first file that is not there. This goes on with each, and keeps who names it, and in which line."""
    from django.contrib.staticfiles.storage import staticfiles_storage
    from django.core.exceptions import SuspiciousOperation

    if not hasattr(staticfiles_storage, "url_converter"):
        return []
    files = {}
    for source in reversed(sources):
        files[source.name] = source
    missing = {}
    url_converter = staticfiles_storage.url_converter

    def forgiving_converter(name, *args, **options):
        convert = url_converter(name, *args, **options)

        def forgiving(match):
            try:
                return convert(match)
            except (ValueError, SuspiciousOperation) as error:
                url = match.groupdict().get("url") or match.group()
                named = re.search(r"The file '(.*)' could not be found", str(error))
                entry = {
                    "name": name.replace(os.sep, "/"),
                    "file": real_path(name in files and files[name].file()),
                    "line": match.string.count("\n", 0, match.start()) + 1,
                    "url": url,
                    "target": named.group(1) if named else None,
                }
                # A file is rewritten several times, each time with the same mistakes.
                missing.setdefault((name, url), entry)
                return match.group()

        return forgiving

    staticfiles_storage.url_converter = forgiving_converter
    try:
        for _ in staticfiles_storage.post_process({name: (one.storage, one.path) for name, one in files.items()}):
            pass
    finally:
        staticfiles_storage.url_converter = url_converter
    return sorted(missing.values(), key=lambda entry: (entry["name"], entry["line"]))
