"""What the finders offer, looked at before anything is collected."""

import filecmp
import os

USUAL_PATTERNS = ["CVS", ".*", "*~"]


class Source:
    """One file that a finder offers, under the name that it will have."""

    def __init__(self, name, path, storage):
        self.name = name
        self.path = path
        self.storage = storage

    def file(self):
        """Its path on disk; None where the finder's storage is none."""
        try:
            return self.storage.path(self.path)
        except NotImplementedError:
            return None


def list_sources():
    """Every file in the order in which collectstatic takes them: of two with a name the first counts."""
    from django.apps import apps
    from django.contrib.staticfiles import finders

    installed = apps.is_installed("django.contrib.staticfiles")
    patterns = apps.get_app_config("staticfiles").ignore_patterns if installed else USUAL_PATTERNS
    return [
        Source(os.path.join(getattr(storage, "prefix", None) or "", path), path, storage)
        for finder in finders.get_finders()
        for path, storage in finder.list(patterns)
    ]


def find_escaping_links(sources):
    """Static files whose symbolic link leaves the folder that a finder offers; collectstatic would copy their target."""
    escaping = []
    for source in sources:
        file = source.file()
        if file is None:
            continue
        root = os.path.realpath(source.storage.path(""))
        target = os.path.realpath(file)
        if target != root and not target.startswith(root + os.sep):
            escaping.append({"file": os.path.join(root, source.path), "target": target})
    return escaping


def find_duplicates(sources, owns):
    """Files that are left out because another with other bytes has their name.

    A project that replaces a file of an installed package does so on purpose.
    """
    first = {}
    duplicates = []
    for source in sources:
        file = source.file()
        taken = first.setdefault(source.name, file)
        if file is None or taken is None or os.path.realpath(file) == os.path.realpath(taken):
            continue
        if not (owns(taken) and not owns(file)) and not filecmp.cmp(taken, file, shallow=False):
            duplicates.append(
                {"name": source.name, "used": os.path.realpath(taken), "ignored": os.path.realpath(file)}
            )
    return duplicates
