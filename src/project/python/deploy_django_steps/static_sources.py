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


def tracked_files(request):
    """Real paths of what git holds in the whole checkout; the caller has asked git, in whose answer names end with a zero byte."""
    path = request.get("tracked")
    if not path:
        return frozenset()
    with open(path, encoding="utf-8", errors="surrogateescape") as file:
        return frozenset(os.path.realpath(os.path.join(request["workspace"], name)) for name in file.read().split("\0") if name)


def find_escaping_links(sources, request):
    """Static files whose symbolic link leaves the folder that a finder offers, where collectstatic would copy their target, or leads nowhere.

    What git holds in the checkout is the project's own to publish, except what a name with a dot keeps from it.
    """
    escaping = []
    tracked = None
    for source in sources:
        file = source.file()
        if file is None:
            continue
        root = os.path.realpath(source.storage.path(""))
        target = os.path.realpath(file)
        if os.path.islink(file) and not os.path.exists(file):
            escaping.append({"file": os.path.join(root, source.path), "target": target, "broken": True})
            continue
        if target == root or target.startswith(root + os.sep):
            continue
        tracked = tracked_files(request) if tracked is None else tracked
        if target not in tracked or is_hidden(target, request["workspace"]):
            escaping.append({"file": os.path.join(root, source.path), "target": target})
    return escaping


def is_hidden(file, workspace):
    """Below a folder of the checkout, or itself under a name, that begins with a dot: `.env`, `.ssh/id`."""
    path = os.path.relpath(file, os.path.realpath(workspace))
    return any(part.startswith(".") for part in path.split(os.sep))


def find_duplicates(sources, owns):
    """Files that are left out because another with other bytes has their name.

    A project that replaces a file of an installed package does so on purpose, and of two packages nobody here can rename one.
    """
    first = {}
    duplicates = []
    for source in sources:
        file = source.file()
        taken = first.setdefault(source.name, file)
        if file is None or taken is None or os.path.realpath(file) == os.path.realpath(taken):
            continue
        if owns(file) and not filecmp.cmp(taken, file, shallow=False):
            duplicates.append(
                {"name": source.name, "used": os.path.realpath(taken), "ignored": os.path.realpath(file)}
            )
    return duplicates


CROWD = 20_000


def find_crowded(sources):
    """Folders that offer more static files than any site has: `node_modules` as a whole, or the root of the project."""
    counts = {}
    for source in sources:
        try:
            folder = source.storage.path("")
        except NotImplementedError:
            continue
        counts[folder] = counts.get(folder, 0) + 1
    return [
        {"folder": os.path.realpath(folder), "files": files} for folder, files in counts.items() if files >= CROWD
    ]
