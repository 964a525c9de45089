"""Packages of django-pipeline that stay empty, or that a template names and nobody has."""

import fnmatch
import re

from .templates import own_templates, read_template

KINDS = {"STYLESHEETS": "stylesheet", "JAVASCRIPT": "javascript"}


def packages_of(kind):
    from django.conf import settings

    configured = getattr(settings, "PIPELINE", None)
    packages = configured.get(kind) if isinstance(configured, dict) else None
    return packages if isinstance(packages, dict) else {}


def is_there(pattern, known):
    """As pipeline reads it: a wildcard stands for a part of one name between slashes."""
    if not re.search(r"[*?[]", pattern):
        return pattern in known
    parts = pattern.split("/")
    return any(
        len(name.split("/")) == len(parts) and all(map(fnmatch.fnmatchcase, name.split("/"), parts)) for name in known
    )


def faults_of_package(kind, name, package, known):
    sources = package.get("source_filenames", ()) if isinstance(package, dict) else ()
    fault = {"setting": kind, "package": str(name), "file": None, "line": None}
    if isinstance(sources, str):
        return [{**fault, "kind": "text", "pattern": sources}]
    patterns = [str(pattern) for pattern in sources]
    return [{**fault, "kind": "nothing", "pattern": pattern} for pattern in patterns if not is_there(pattern, known)]


def find_pipeline_faults(known, outcome):
    """[{"kind", "setting", "package", "pattern", "file", "line"}]; `known`: names of all static files."""
    from django.apps import apps

    if not apps.is_installed("pipeline"):
        return []
    found = []
    for kind in KINDS:
        for name, package in packages_of(kind).items():
            found += faults_of_package(kind, name, package, known)
    for _, file in own_templates(outcome.holds):
        text = read_template(file)
        for kind, tag in KINDS.items():
            for used in re.finditer(r"\{%%-?\s*%s\s+[\"']([^\"'{}]+)[\"']" % tag, text):
                if used.group(1) not in packages_of(kind):
                    line = text.count("\n", 0, used.start()) + 1
                    place = {"file": file, "line": line, "pattern": None}
                    found.append({"kind": "unknown", "setting": kind, "package": used.group(1), **place})
    return found
