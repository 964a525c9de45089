"""The project's storages as JSON: where they keep files, what they say of them, and which addresses they give them."""

import inspect
import os
import re

from .diverted import Front, is_lazy, is_on_disk, original_class, unwrapped
from .relocated import own_location
from .remote import describe_remote

MOST_FILES = 200_000


def storage_backend(alias, old_name):
    """Class path of a storage, from STORAGES or, before Django 5.1, from the setting it replaced."""
    import django
    from django.conf import settings

    if django.VERSION >= (4, 2):
        from django.core.files.storage import storages

        return (storages.backends.get(alias) or {}).get("BACKEND")
    return getattr(settings, old_name)


def make_storage(alias, old_name):
    """The storage itself, as Django makes it; for static files the one that they were collected with."""
    import django
    from django.conf import settings
    from django.contrib.staticfiles.storage import staticfiles_storage
    from django.core.files import storage

    if alias == "staticfiles":
        return unwrapped(staticfiles_storage)
    if django.VERSION >= (4, 2):
        return unwrapped(storage.storages[alias])
    return unwrapped(storage.get_storage_class(getattr(settings, old_name))())


def is_hashed(cls):
    from django.contrib.staticfiles.storage import HashedFilesMixin

    return issubclass(cls, HashedFilesMixin)


def is_strict(storage):
    """Whether the app answers 500 where a page asks for a file that the manifest has not."""
    from django.conf import settings

    strict = bool(getattr(storage, "manifest_strict", False))
    if any(base.__module__.startswith("whitenoise.") for base in type(storage).__mro__):
        return bool(getattr(settings, "WHITENOISE_MANIFEST_STRICT", strict))
    return strict


def files_below(root):
    """Names of the files in a folder, as a storage calls them."""
    names = []
    for parent, folders, files in os.walk(root or ""):
        folders.sort()
        names += [os.path.relpath(os.path.join(parent, name), root) for name in sorted(files)]
        if len(names) > MOST_FILES:
            break
    return [name.replace(os.sep, "/") for name in names]


def describe_class(alias, old_name):
    """What the class alone says of a storage; None where that is nothing. Django need not have started."""
    from django.conf import settings
    from django.core.files.storage import FileSystemStorage
    from django.utils.module_loading import import_string

    backend = storage_backend(alias, old_name)
    cls = import_string(backend) if backend else None
    if not inspect.isclass(cls) or is_lazy(cls):
        return None
    options = (getattr(settings, "STORAGES", {}).get(alias) or {}).get("OPTIONS") or {}
    location = options.get("location") or getattr(cls, "location", None)
    return {
        "backend": backend,
        "local": issubclass(cls, FileSystemStorage),
        "hashed": is_hashed(cls),
        "strict": bool(getattr(cls, "manifest_strict", False)),
        "location": os.path.realpath(location) if isinstance(location, (str, os.PathLike)) else None,
    }


def sample_url(storage, names):
    """{"name", "url", "signed"} of one file as a page would name it; the name is the one under which it is stored.

    A file whose name has a hash says most, and the order of names makes it the same one in each build.
    """
    hashed = getattr(storage, "hashed_files", None) or {}
    asked = sorted(hashed)[0] if hashed else sorted(names)[0] if names else "deploy-django.css"
    stored = hashed.get(asked, asked)
    # A signature is another one in each build.
    url, _, query = str(storage.url(asked)).partition("?")
    signed = re.search(r"(^|&)(X-Amz-Signature|X-Goog-Signature|Signature|sig)=", query) is not None
    return {"name": str(stored).replace("\\", "/"), "url": url, "signed": signed}


def describe_storage(diversion, alias, old_name, root, needed):
    """A storage as JSON; None where the project has none of this name.

    `root` is the folder of its files. `needed`: what it raises is a failure; else it stands in what is returned.
    """
    backend = storage_backend(alias, old_name)
    if not backend:
        return None
    with diversion.asking(alias, backend):
        storage = make_storage(alias, old_name)
        cls = original_class(storage)
        local = is_on_disk(storage) and not isinstance(storage, Front)
        described = {
            "backend": backend,
            "local": local,
            "hashed": is_hashed(cls),
            "strict": is_strict(storage),
            "location": own_location(storage) if local and needed else None,
        }
        names = files_below(root) if not local or needed else []
        if not local:
            described["remote"] = describe_remote(storage, names)
        try:
            described["sample"] = sample_url(storage, names)
        except Exception as error:
            described["no_url"] = "%s: %s" % (type(error).__name__, error)
        try:
            storage.url("")
            described["empty_name"] = True
        except Exception:
            described["empty_name"] = False
        keeper = getattr(storage, "manifest_storage", storage)
        described["manifest_elsewhere"] = isinstance(keeper, Front) and keeper is not storage
        return described
