"""Runs a Django project's own manage.py once, and in that one process: probe, checks, migrations, collectstatic.

    python django_steps.py REQUEST.json

REQUEST is {"manage_py": path, "project_root": path, "static_root": path of a fallback, "outcome": path to write}.
The outcome is JSON, written anew after every step, so that a step which ends the process hides no other:

    {"project": {}, "checks": [], "migrations": {}, "escaping": [], "collected": {}, "failures": []}

It goes to a file and never to stdout, because settings modules print. The file is started as manage.py would start
it (cwd, sys.path, argv[1] == "collectstatic") because settings modules read all of these. Standard library only;
Python 3.8 and Django 3.2 are the oldest that it meets.
"""

import json
import os
import runpy
import sys
import traceback

COMMAND = "collectstatic"


class Outcome:
    """What is known so far, kept on disk after every change."""

    def __init__(self, path, project_root):
        self.path = path
        self.project_root = os.path.realpath(project_root)
        self.data = {"failures": []}

    def set(self, name, value):
        self.data[name] = value
        self.write()

    def fail(self, step, error):
        """Keeps an exception: its type, message, and the frames of the project's own files, innermost last."""
        frames = [
            {"file": os.path.realpath(frame.filename), "line": frame.lineno}
            for frame in traceback.extract_tb(error.__traceback__)
            if self.owns(frame.filename)
        ]
        if isinstance(error, SyntaxError) and error.filename and self.owns(error.filename):
            frames.append({"file": os.path.realpath(error.filename), "line": error.lineno or 1})
        self.data["failures"].append(
            {
                "step": step,
                "type": type(error).__name__,
                "module": getattr(error, "name", None) if isinstance(error, ImportError) else None,
                "message": str(error),
                "frames": frames,
            }
        )
        traceback.print_exception(type(error), error, error.__traceback__)
        self.write()

    def owns(self, filename):
        path = os.path.realpath(filename)
        inside = path.startswith(self.project_root + os.sep)
        return inside and "site-packages" not in path and os.path.isfile(path)

    def write(self):
        partial = self.path + ".part"
        with open(partial, "w", encoding="utf-8") as file:
            json.dump(self.data, file, default=str)
        os.replace(partial, self.path)


def real_path(path):
    """Every path in the outcome is a real one, so that the reader can compare it with real ones."""
    return os.path.realpath(path) if path else None


def storage_settings(alias, old_name):
    """(class path, OPTIONS) of a storage, from STORAGES or, before Django 5.1, from the setting it replaced."""
    import django
    from django.conf import settings

    if django.VERSION >= (4, 2):
        entry = settings.STORAGES.get(alias) or {}
        return entry.get("BACKEND"), entry.get("OPTIONS") or {}
    return getattr(settings, old_name), {}


def remote_options(cls, options):
    """Where a django-storages class puts its files, with its own precedence: OPTIONS, then class, then settings.

    Nothing is connected to, and no key is read.
    """
    defaults = {}
    if hasattr(cls, "get_default_settings"):
        defaults = cls.get_default_settings(cls.__new__(cls))
    wanted = {
        "bucket": "bucket_name",
        "endpoint": "endpoint_url",
        "region": "region_name",
        "location": "location",
        "custom_domain": "custom_domain",
    }
    found = {}
    for name, attribute in wanted.items():
        value = options.get(attribute, getattr(cls, attribute, None) or defaults.get(attribute))
        if isinstance(value, str) and value:
            found[name] = value
    return found


def describe_storage(alias, old_name):
    """A storage as JSON: class path, whether it is on disk, whether it hashes names, its bucket."""
    from django.core.files.storage import FileSystemStorage
    from django.utils.module_loading import import_string

    backend, options = storage_settings(alias, old_name)
    if not backend:
        return None
    cls = import_string(backend)
    local = issubclass(cls, FileSystemStorage)
    described = {"backend": backend, "local": local, "hashed": is_hashed(cls)}
    if not local:
        described["remote"] = remote_options(cls, options)
    return described


def is_hashed(cls):
    from django.contrib.staticfiles.storage import HashedFilesMixin

    return issubclass(cls, HashedFilesMixin)


def collecting_class(remote, location, base_url):
    """A class that names, rewrites and lists files as `remote` does, and keeps them on disk at `location`.

    Its method resolution order is that of `remote` with Django's own file storage put between the hashing classes
    and the remote ones. So `super()` works in every subclass of the project's, and hashed_name(), patterns,
    manifest_strict and the like are the project's own, while nothing reaches the network.
    """
    from django.contrib.staticfiles.storage import HashedFilesMixin, StaticFilesStorage

    class Disk(StaticFilesStorage):
        def __init__(self, *args, **options):
            defaults = self.get_default_settings() if hasattr(self, "get_default_settings") else {}
            for name, value in {**defaults, **options}.items():
                if not hasattr(self, name):
                    setattr(self, name, value)
            super().__init__(location, base_url)

    class DiskFirst(type):
        def mro(cls):
            order = type.mro(cls)
            disk = [c for c in Disk.__mro__ if c is not object]
            rest = [c for c in order if c not in disk and c is not object]
            cut = 1 + max([i for i, c in enumerate(rest) if issubclass(c, HashedFilesMixin)], default=0)
            return rest[:cut] + disk + rest[cut:] + [object]

    # Set in the class itself, because subclasses of django-storages use `location` for a key prefix.
    body = {"location": os.path.abspath(location), "base_location": location, "base_url": base_url}
    return DiskFirst("CollectedStaticFilesStorage", (remote, Disk), body)


def use_local_storage(static_root):
    """Makes collectstatic write to `static_root`, whatever storage the project has."""
    import django
    from django.conf import settings
    from django.contrib.staticfiles import storage as staticfiles
    from django.core.files.storage import FileSystemStorage
    from django.utils.functional import empty
    from django.utils.module_loading import import_string

    settings.STATIC_ROOT = static_root
    backend, _ = storage_settings("staticfiles", "STATICFILES_STORAGE")
    cls = import_string(backend)
    if not issubclass(cls, FileSystemStorage):
        staticfiles.CollectedStaticFilesStorage = collecting_class(cls, static_root, settings.STATIC_URL)
        path = "django.contrib.staticfiles.storage.CollectedStaticFilesStorage"
        if django.VERSION >= (4, 2):
            from django.core.files.storage import storages

            settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": path}}
            storages.__dict__.pop("backends", None)
            storages._backends = None
            storages._storages = {}
        if django.VERSION < (5, 1):
            settings.STATICFILES_STORAGE = path
    staticfiles.staticfiles_storage._wrapped = empty


def probe(request):
    """The settings that the deploy follows, after everything that manage.py does to choose them."""
    import django
    from django.conf import settings

    module = sys.modules.get(settings.SETTINGS_MODULE)
    return {
        "django": django.get_version(),
        "python": "%d.%d.%d" % sys.version_info[:3],
        "settings_module": settings.SETTINGS_MODULE,
        "settings_file": real_path(getattr(module, "__file__", None)),
        "debug": bool(settings.DEBUG),
        "static_url": settings.STATIC_URL,
        "static_root": str(settings.STATIC_ROOT) if settings.STATIC_ROOT else None,
        "media_url": settings.MEDIA_URL,
        "media_root": real_path(settings.MEDIA_ROOT),
        "static_storage": describe_storage("staticfiles", "STATICFILES_STORAGE"),
        "media_storage": describe_storage("default", "DEFAULT_FILE_STORAGE"),
        # Django 5.1 removed STATICFILES_STORAGE and says nothing where a project still sets it.
        "dead_staticfiles_storage": django.VERSION >= (5, 1) and settings.is_overridden("STATICFILES_STORAGE"),
    }


def usable_static_root(project, fallback):
    """STATIC_ROOT where it is set and can be made, else the fallback."""
    root = project["static_root"] and os.path.abspath(project["static_root"])
    if root:
        try:
            os.makedirs(root, exist_ok=True)
            if os.access(root, os.W_OK):
                return root
        except OSError:
            pass
    os.makedirs(fallback, exist_ok=True)
    return fallback


def run_checks():
    """What `check --deploy` finds, without its silenced messages: level, id, text, and the file of its model or app."""
    import inspect

    from django.core import checks

    found = []
    for message in checks.run_checks(include_deployment_checks=True):
        if message.is_silenced():
            continue
        file = line = None
        if inspect.isclass(message.obj):
            try:
                file = real_path(inspect.getsourcefile(message.obj))
                line = inspect.getsourcelines(message.obj)[1]
            except (OSError, TypeError):
                pass
        found.append(
            {
                "level": message.level,
                "id": message.id,
                "text": str(message.msg),
                "hint": str(message.hint) if message.hint else None,
                "object": str(message.obj) if message.obj is not None else None,
                "file": file,
                "line": line,
            }
        )
    return found


def find_model_changes(outcome):
    """What `makemigrations --check` would write, by app, found without a database; and conflicting leaf migrations."""
    from django.apps import apps
    from django.core.management.commands.makemigrations import Command
    from django.db.migrations.autodetector import MigrationAutodetector
    from django.db.migrations.loader import MigrationLoader
    from django.db.migrations.questioner import MigrationQuestioner
    from django.db.migrations.state import ProjectState

    loader = MigrationLoader(None, ignore_no_migrations=True)
    autodetector = getattr(Command, "autodetector", MigrationAutodetector)
    changes = autodetector(
        loader.project_state(), ProjectState.from_apps(apps), MigrationQuestioner(dry_run=True)
    ).changes(graph=loader.graph)
    found = []
    for label in sorted(changes):
        path = apps.get_app_config(label).path
        models = os.path.join(path, "models.py")
        found.append(
            {
                "app": label,
                "own": outcome.owns(os.path.join(path, "__init__.py")) or outcome.owns(models),
                "file": os.path.realpath(models) if os.path.isfile(models) else None,
                "operations": [op.describe() for migration in changes[label] for op in migration.operations],
            }
        )
    return {"changes": found, "conflicts": {app: sorted(names) for app, names in loader.detect_conflicts().items()}}


def find_escaping_links():
    """Static files whose symbolic link leaves the folder that a finder offers; collectstatic would copy their target."""
    from django.contrib.staticfiles import finders

    escaping = []
    for finder in finders.get_finders():
        for path, storage in finder.list(["CVS", ".*", "*~"]):
            try:
                root = os.path.realpath(storage.path(""))
                source = storage.path(path)
            except NotImplementedError:
                continue
            target = os.path.realpath(source)
            if target != root and not target.startswith(root + os.sep):
                escaping.append({"file": os.path.join(root, path), "target": target})
    return escaping


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


def run_steps(request, outcome):
    """Everything that is done inside Django, each step apart."""

    def step(name, function):
        try:
            return function()
        except (Exception, SystemExit) as error:
            outcome.fail(name, error)
        return None

    project = step("probe", lambda: probe(request))
    if project is None:
        return
    outcome.set("project", project)
    if request["checks"]:
        outcome.set("checks", step("checks", run_checks))
    if request["migrations"]:
        outcome.set("migrations", step("migrations", lambda: find_model_changes(outcome)))
    escaping = step("links", find_escaping_links)
    outcome.set("escaping", escaping)
    if escaping == []:
        root = usable_static_root(project, request["static_root"])
        outcome.set("collected", step("collect", lambda: collect(root)))
    outcome.set("finished", True)


def install(request, outcome):
    """Puts the steps where manage.py expects the command `collectstatic`."""
    from django.core.management import ManagementUtility
    from django.core.management.base import BaseCommand

    class Steps(BaseCommand):
        requires_system_checks = []
        requires_migrations_checks = False

        def add_arguments(self, parser):
            parser.add_argument("--noinput", action="store_true")

        def handle(self, *args, **options):
            run_steps(request, outcome)

    fetch_command = ManagementUtility.fetch_command

    def fetch(utility, subcommand):
        if subcommand != COMMAND:
            return fetch_command(utility, subcommand)
        if utility.settings_exception is not None:
            raise utility.settings_exception
        return Steps()

    ManagementUtility.fetch_command = fetch


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        request = json.load(file)
    outcome = Outcome(request["outcome"], request["project_root"])
    manage_py = request["manage_py"]
    os.chdir(os.path.dirname(manage_py))
    # `python manage.py` puts the folder of manage.py first, where this script's own folder stands now.
    sys.path[0] = os.path.dirname(manage_py)
    sys.argv = [os.path.basename(manage_py), COMMAND, "--noinput"]
    try:
        install(request, outcome)
        runpy.run_path(manage_py, run_name="__main__")
    except (Exception, SystemExit) as error:
        if not outcome.data.get("finished"):
            outcome.fail("start", error)
    outcome.write()


main()
