"""What made collectstatic fail: everything that its files name and nobody has, and style sheets that go round in circles."""

import os
import posixpath
import re

from .outcome import real_path
from .templates import similar_name


def find_missing_references(sources):
    """Django stops at the first file that is not there. This goes on with each, and keeps who names it, and in which line."""
    from django.contrib.staticfiles.storage import staticfiles_storage
    from django.core.exceptions import SuspiciousOperation

    if not hasattr(staticfiles_storage, "url_converter"):
        return []
    files = {}
    for source in reversed(sources):
        files[source.name] = source
    known = {name.replace(os.sep, "/") for name in files}
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
                    "similar": same_file(named.group(1), known) if named else None,
                    "comment": is_comment(match),
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


def same_file(target, known):
    """A file of the same name elsewhere: the path to it is wrong."""
    similar = similar_name(target, known)
    return similar if similar and posixpath.basename(similar).lower() == posixpath.basename(target).lower() else None


def is_comment(match):
    """Django's patterns do not know what is commented out. A source map is always named in a comment."""
    before = match.string[: match.start()]
    return "sourceMappingURL" not in match.group() and before.rfind("/*") > before.rfind("*/")


def find_cycle(sources):
    """Names of files that name one another, the first again at the end; Django gives up on them without naming one."""
    from django.contrib.staticfiles.storage import staticfiles_storage

    graph = {source.name.replace(os.sep, "/"): references_in(source, staticfiles_storage) for source in sources}
    done = set()

    def visit(name, way):
        if name in way:
            return way[way.index(name) :] + [name]
        if name in done:
            return None
        done.add(name)
        for target in graph.get(name, ()):
            found = visit(target, [*way, name])
            if found:
                return found
        return None

    for name in sorted(graph):
        found = visit(name, [])
        if found:
            return found
    return None


def references_in(source, storage):
    """Names that a file's text names by the storage's own patterns."""
    name = source.name.replace(os.sep, "/")
    patterns = [
        pattern
        for extension, found in getattr(storage, "_patterns", {}).items()
        if name.endswith(extension.lstrip("*"))
        for pattern in found
    ]
    if not patterns or source.file() is None:
        return []
    with open(source.file(), encoding="utf-8", errors="replace") as file:
        text = file.read()
    urls = []
    for pattern in patterns:
        compiled = pattern[0] if isinstance(pattern, tuple) else pattern
        for match in compiled.finditer(text):
            url = (match.groupdict().get("url") or "").split("?")[0].split("#")[0]
            if url and not re.match(r"[a-z]+:|/", url):
                urls.append(posixpath.normpath(posixpath.join(posixpath.dirname(name), url)))
    return urls
