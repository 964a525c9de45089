"""Storages on disk that collect into the folder of this run, wherever STATIC_ROOT or a location of their own leads."""

import os

from .diverted import Front, original_class


def static_root_of_settings():
    from django.conf import settings

    return os.path.abspath(settings.STATIC_ROOT) if settings.STATIC_ROOT else None


def own_location(storage):
    """The folder that a local storage has of its own, by OPTIONS or by its class; None is STATIC_ROOT."""
    if hasattr(storage, "deploy_django_location"):
        return storage.deploy_django_location
    location = getattr(storage, "location", None)
    own = isinstance(location, str) and os.path.isabs(location) and location != static_root_of_settings()
    return os.path.realpath(location) if own else None


def relocate(storage, folder):
    """The instance itself is changed, because modules may hold it, and they ask it for addresses afterwards."""
    if isinstance(storage, Front):
        return
    before = storage.location
    storage.deploy_django_location = own_location(storage)
    move(storage, folder)
    # A manifest that is kept beside the files stays beside them; one that is kept apart has its place in the project.
    keeper = getattr(storage, "manifest_storage", storage)
    if not isinstance(keeper, Front) and keeper.location in (before, static_root_of_settings()):
        move(keeper, folder)


def move(storage, folder):
    vars(storage).update(location=folder, base_location=folder)
    if storage.location == folder:
        return
    # It computes its location: a property, which only a class can replace.
    cls = type(storage)
    body = {"__module__": cls.__module__, "__qualname__": cls.__qualname__, "__doc__": cls.__doc__}
    body.update(location=folder, base_location=folder, diverted_class=original_class(cls))
    storage.__class__ = type(cls)(cls.__name__, (cls,), body)
