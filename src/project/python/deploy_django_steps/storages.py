"""The project's storages: where they keep files, and one that keeps them on disk and does all else as theirs does."""

import os


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

    def option(attribute):
        return options.get(attribute, getattr(cls, attribute, None) or defaults.get(attribute))

    values = {name: option(attribute) for name, attribute in wanted.items()}
    found = {name: value for name, value in values.items() if isinstance(value, str) and value}
    # A class that turns it off says False, which "or" would pass over.
    signs = options.get("querystring_auth", getattr(cls, "querystring_auth", defaults.get("querystring_auth")))
    return {**found, "signs_urls": bool(signs)}


def is_hashed(cls):
    from django.contrib.staticfiles.storage import HashedFilesMixin

    return issubclass(cls, HashedFilesMixin)


def is_strict(cls):
    """Whether the app answers 500 where a page asks for a file that the manifest has not."""
    from django.conf import settings

    strict = bool(getattr(cls, "manifest_strict", False))
    if any(base.__module__.startswith("whitenoise.") for base in cls.__mro__):
        return bool(getattr(settings, "WHITENOISE_MANIFEST_STRICT", strict))
    return strict


def describe_storage(alias, old_name):
    """A storage as JSON: class path, whether it is on disk and where, whether it hashes names, its bucket."""
    from django.core.files.storage import FileSystemStorage
    from django.utils.module_loading import import_string

    backend, options = storage_settings(alias, old_name)
    if not backend:
        return None
    cls = import_string(backend)
    local = issubclass(cls, FileSystemStorage)
    described = {"backend": backend, "local": local, "hashed": is_hashed(cls), "strict": is_strict(cls)}
    if not local:
        described["remote"] = remote_options(cls, options)
    return described


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
            settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": path}}
        if django.VERSION < (5, 1):
            settings.STATICFILES_STORAGE = path
    if django.VERSION >= (4, 2):
        from django.core.files.storage import storages

        # What was made before knows the old settings.
        storages.__dict__.pop("backends", None)
        storages._backends = None
        storages._storages = {}
    staticfiles.staticfiles_storage._wrapped = empty
