"""Everything that is done inside Django, each step apart."""

import os

from .checks import find_model_changes, run_checks
from .collect import collect
from .early_names import find_refused_names
from .missing_files import find_cycle, find_missing_references
from .pipeline import find_pipeline_faults
from .probe import probe
from .reproducible import sort_listings
from .serving import describe_serving
from .static_sources import find_crowded, find_duplicates, find_escaping_links, list_sources
from .storages import describe_class, describe_storage
from .templates import find_in_templates, similar_name
from .unmade import find_unmade


def run_steps(request, outcome, given_module, diversion):
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
    if request["only_start"]:
        outcome.set("project", with_storage_class(project))
        if request["checks"]:
            outcome.set("checks", step("checks", run_checks))
        outcome.set("finished", True)
        return
    # URLs and system checks may ask for the address of a file, and only what was collected has one.
    sources = step("links", list_sources)
    if sources is not None:
        known = {source.name.replace(os.sep, "/") for source in sources}
        outcome.set("pipeline", step("sources", lambda: find_pipeline_faults(known, outcome)))
        escaping = step("links", lambda: find_escaping_links(sources, request))
        outcome.set("escaping", escaping)
        if escaping == []:
            collect_static_files(request, outcome, sources, step, diversion)
            outcome.set("early", find_refused_names(diversion.early, outcome, known, similar_name))
    describe_storages(outcome, project, step, diversion)
    add_serving(outcome, project)
    if request["checks"]:
        outcome.set("checks", step("checks", run_checks))
    if request["migrations"]:
        outcome.set("migrations", step("migrations", lambda: find_model_changes(outcome)))
    if sources is not None and request["checks"]:
        outcome.set("duplicates", step("sources", lambda: find_duplicates(sources, outcome.owns)))
        missing, by_hand = step("sources", lambda: find_in_templates(sources, outcome)) or (None, None)
        outcome.set("templates", missing)
        outcome.set("by_hand", by_hand)
        outcome.set("crowded", step("sources", lambda: find_crowded(sources)))
        outcome.set("unmade", step("sources", lambda: find_unmade(sources, outcome)))
    outcome.set("finished", True)


def with_storage_class(project):
    """The project with what the class of its static storage says, where the storage itself is not asked."""
    try:
        return {**project, "static_storage": describe_class("staticfiles", "STATICFILES_STORAGE")}
    except Exception:  # What its class raises is told where the storage is asked.
        return project


def look_at_settings(outcome, given_module):
    """What the settings themselves say, where they were read and an app or a database driver does not load after them."""
    try:
        from django.conf import settings

        if settings.configured and not outcome.data.get("project"):
            outcome.set("project", probe(outcome, given_module))
            outcome.set("project", with_storage_class(outcome.data["project"]))
    except Exception:  # The failure that stands there already says more.
        pass


def collect_static_files(request, outcome, sources, step, diversion):
    from django.apps import apps

    if not apps.is_installed("django.contrib.staticfiles"):
        outcome.set("without_static_files", True)
        return
    root = request["static_root"]
    os.makedirs(root, exist_ok=True)
    collected = step("collect", lambda: collect(diversion, root))
    outcome.set("collected", collected)
    # Where the storage itself has failed, no file is at fault.
    if collected is None and not outcome.data["failures"][-1]["storage"]:
        # What cannot be looked at adds nothing to the failure that stands there already.
        try:
            outcome.set("missing", find_missing_references(sources))
            outcome.set("cycle", find_cycle(sources))
        except Exception:
            outcome.set("missing", [])


def add_serving(outcome, project):
    try:
        serving = describe_serving(outcome.owns)
    except Exception:  # URLs or a middleware that cannot be loaded are told by Django's own checks.
        return
    project["serving"] = serving
    project["whitenoise"] = serving["server"] in ("whitenoise", "servestatic")
    outcome.set("project", project)


def describe_storages(outcome, project, step, diversion):
    collected = outcome.data.get("collected") or {}
    described = {
        "static_storage": lambda: describe_storage(
            diversion, "staticfiles", "STATICFILES_STORAGE", collected.get("root"), True
        ),
        "media_storage": lambda: describe_storage(
            diversion, "default", "DEFAULT_FILE_STORAGE", project["media_root"], False
        ),
    }
    failed = [failure["storage"] for failure in outcome.data["failures"]]
    for name, describe in described.items():
        alias = "staticfiles" if name == "static_storage" else "default"
        # What could not be made for one step cannot be made for the next, and is said once.
        if not any(one and one["alias"] == alias for one in failed):
            project[name] = step("storage" if alias == "staticfiles" else "media-storage", describe)
    outcome.set("project", project)


def folder_of(request):
    """Says where the files of a storage of the network are kept meanwhile."""

    def folder(alias):
        if alias == "staticfiles":
            return os.path.realpath(request["static_root"])
        return os.path.realpath(os.path.join(request["static_root"] + "-storages", alias.replace(".", "_")))

    return folder
