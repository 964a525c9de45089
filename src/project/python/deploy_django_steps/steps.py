"""Everything that is done inside Django, each step apart."""

import os

from .checks import find_model_changes, run_checks
from .collect import collect, find_missing_references
from .probe import probe
from .reproducible import sort_listings
from .static_sources import find_crowded, find_duplicates, find_escaping_links, list_sources
from .templates import find_missing_in_templates
from .unmade import find_unmade


def run_steps(request, outcome, given_module):
    def step(name, function):
        try:
            return function()
        except (Exception, SystemExit) as error:
            outcome.fail(name, error)
        return None

    sort_listings()
    project = step("probe", lambda: probe(outcome, given_module))
    if project is None:
        return
    outcome.set("project", project)
    if request["checks"]:
        outcome.set("checks", step("checks", run_checks))
    if request["only_start"]:
        outcome.set("finished", True)
        return
    if request["migrations"]:
        outcome.set("migrations", step("migrations", lambda: find_model_changes(outcome)))
    sources = step("links", list_sources)
    if sources is not None:
        escaping = step("links", lambda: find_escaping_links(sources, request))
        outcome.set("escaping", escaping)
        if request["checks"]:
            outcome.set("duplicates", step("sources", lambda: find_duplicates(sources, outcome.owns)))
            outcome.set("templates", step("sources", lambda: find_missing_in_templates(sources, outcome)))
            outcome.set("crowded", step("sources", lambda: find_crowded(sources)))
            outcome.set("unmade", step("sources", lambda: find_unmade(sources, outcome)))
        if escaping == []:
            collect_static_files(request, outcome, sources, step)
    outcome.set("finished", True)


def look_at_settings(outcome, given_module):
    """What the settings themselves say, where they were read and an app or a database driver does not load after them."""
    try:
        from django.conf import settings

        if settings.configured and not outcome.data.get("project"):
            outcome.set("project", probe(outcome, given_module))
    except Exception:  # The failure that stands there already says more.
        pass


def collect_static_files(request, outcome, sources, step):
    root = request["static_root"]
    os.makedirs(root, exist_ok=True)
    collected = step("collect", lambda: collect(root))
    outcome.set("collected", collected)
    if collected is None:
        # What cannot be looked at adds nothing to the failure that stands there already.
        try:
            outcome.set("missing", find_missing_references(sources))
        except Exception:
            outcome.set("missing", [])
