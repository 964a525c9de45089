"""collectstatic, by Django's own command, into the folder of this run: nothing is written where the project collects to."""

import contextlib
import os
import sys

from .diverted import Front, path_on_disk, unwrapped
from .relocated import relocate
from .storages import storage_backend


@contextlib.contextmanager
def static_root_at(folder):
    """STATIC_ROOT is this folder meanwhile; the checks that come later see the project's own."""
    from django.conf import settings

    before = settings.STATIC_ROOT
    settings.STATIC_ROOT = folder
    try:
        yield
    finally:
        settings.STATIC_ROOT = before


def make_storage_at(lazy, folder):
    """The storage of the static files, made and relocated. One with a manifest cannot be made without a STATIC_ROOT."""
    from django.conf import settings

    with static_root_at(settings.STATIC_ROOT or folder):
        relocate(unwrapped(lazy), folder)


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
    from django.contrib.staticfiles.management.commands.collectstatic import Command
    from django.contrib.staticfiles.storage import staticfiles_storage
    from django.core.management import call_command

    make_storage_at(staticfiles_storage, static_root)
    failed = PostProcessError()
    # Apps replace the command by one that uploads.
    command = Command()
    try:
        with diversion.offline.entered(), static_root_at(static_root):
            call_command(command, interactive=False, verbosity=1, stderr=failed)
    except Exception as error:
        error.deploy_django_file = failed.name
        ask_for_address(diversion, unwrapped(staticfiles_storage))
        raise
    diversion.note_collected()
    storage = unwrapped(staticfiles_storage)
    root = diversion.folder("staticfiles") if isinstance(storage, Front) else storage.location
    return {"root": os.path.realpath(root), "manifest": manifest_of(storage)}


def manifest_of(storage):
    """Path of the manifest; None where there is none, or none that an app could read."""
    if not hasattr(storage, "manifest_name"):
        return None
    keeper = getattr(storage, "manifest_storage", storage)
    path = os.path.realpath(path_on_disk(keeper, storage.manifest_name))
    return path if os.path.isfile(path) else None
