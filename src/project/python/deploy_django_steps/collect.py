"""collectstatic, by Django's own command, into the folder of this run or of the project's local storage."""

import os
import sys

from .diverted import Front
from .launch import COMMAND
from .storages import storage_backend


def usable_static_root(static_root, fallback):
    """STATIC_ROOT where it is set and can be made, else the fallback."""
    root = static_root and os.path.abspath(static_root)
    if root:
        try:
            os.makedirs(root, exist_ok=True)
            if os.access(root, os.W_OK):
                return root
        except OSError:
            pass
    os.makedirs(fallback, exist_ok=True)
    return fallback


def prepare_static_root(static_root):
    """Storages on disk that were made before know the old setting."""
    import django
    from django.conf import settings
    from django.contrib.staticfiles.storage import staticfiles_storage
    from django.utils.functional import empty

    if settings.STATIC_ROOT and os.path.abspath(settings.STATIC_ROOT) == static_root:
        return
    settings.STATIC_ROOT = static_root
    if django.VERSION >= (4, 2):
        from django.core.files.storage import storages

        storages._storages.pop("staticfiles", None)
    staticfiles_storage._wrapped = empty


class PostProcessError:
    """Keeps the name of the file whose processing failed, which Django prints and does not raise."""

    def __init__(self):
        self.name = None

    def write(self, text):
        begin, _, rest = text.partition("Post-processing '")
        if begin == "" and rest:
            self.name = rest.partition("' failed!")[0]
        sys.stderr.write(text)


def ask_for_address(diversion, storage):
    """Raises what a storage of the network raises for any name, so that it is not taken for a fault of the file."""
    if isinstance(storage, Front):
        with diversion.asking("staticfiles", storage_backend("staticfiles", "STATICFILES_STORAGE")):
            storage.url("deploy-django.css")


def collect(diversion, static_root):
    """Runs collectstatic; returns the folder that it filled and its manifest, which OPTIONS of a storage can move."""
    from django.apps import apps
    from django.contrib.staticfiles.management.commands.collectstatic import Command
    from django.contrib.staticfiles.storage import staticfiles_storage
    from django.core.management import CommandError, call_command

    if not apps.is_installed("django.contrib.staticfiles"):
        raise CommandError("Unknown command: '%s'" % COMMAND)
    prepare_static_root(static_root)
    failed = PostProcessError()
    # Apps replace the command by one that uploads.
    command = Command()
    try:
        with diversion.offline.entered():
            call_command(command, interactive=False, verbosity=1, stderr=failed)
    except Exception as error:
        error.deploy_django_file = failed.name
        ask_for_address(diversion, wrapped(staticfiles_storage))
        raise
    diversion.note_collected()
    storage = wrapped(staticfiles_storage)
    root = diversion.folder("staticfiles") if isinstance(storage, Front) else storage.location
    return {"root": os.path.realpath(root), "manifest": manifest_of(storage)}


def wrapped(lazy):
    """What a lazy object stands for."""
    if lazy._wrapped.__class__ is object:
        lazy._setup()
    return lazy._wrapped


def manifest_of(storage):
    """Path of the manifest; None where there is none, or none that an app could read."""
    if not hasattr(storage, "manifest_name"):
        return None
    keeper = getattr(storage, "manifest_storage", storage)
    path = os.path.realpath(keeper.path(storage.manifest_name))
    return path if os.path.isfile(path) else None
