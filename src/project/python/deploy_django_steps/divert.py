"""Every storage of the project's is made as the project says, and one of the network keeps its files in a folder."""

import contextlib
import inspect
import os

from .diverted import Front, divert_class, is_lazy, is_on_disk, unwrapped
from .early_names import EarlyNames


class Blame:
    """Notes on whatever is raised inside which storage it came of; the exception itself stays as it is."""

    def __init__(self, alias, backend, offline):
        self.alias = alias
        self.backend = backend
        self.offline = offline

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        if isinstance(error, Exception) and not hasattr(error, "deploy_django_storage"):
            said = {"alias": self.alias, "backend": self.backend, "server": self.offline.asked}
            error.deploy_django_storage = said
        return False


class Diversion:
    """Installed before django.setup(), because apps ask for storages while they are imported.

    `folder(alias)` says where the files of a storage of the network are kept.
    """

    def __init__(self, offline, folder):
        self.offline = offline
        self.folder = folder
        self.made = []
        self.collected = False
        self.early = EarlyNames()
        self.alias = None

    def install(self):
        import django

        self.offline.install()
        self.forgive_until_collected()
        self.read_manifests_locally()
        if django.VERSION >= (4, 2):
            self.wrap_handler()
        if django.VERSION < (5, 1):
            self.wrap_get_storage_class()

    def wrap_handler(self):
        from django.core.files.storage.handler import InvalidStorageError, StorageHandler
        from django.utils.module_loading import import_string

        getitem = StorageHandler.__getitem__

        def remember_alias(handler, alias):
            before, self.alias = self.alias, alias
            try:
                return getitem(handler, alias)
            finally:
                self.alias = before

        def create_storage(handler, params):
            backend = params.get("BACKEND")
            try:
                named = import_string(backend)
            except ImportError as error:
                raise InvalidStorageError("Could not find backend %r: %s" % (backend, error)) from error
            return self.make(self.alias or backend, backend, named, params.get("OPTIONS") or {})

        StorageHandler.__getitem__ = remember_alias
        StorageHandler.create_storage = create_storage

    def wrap_get_storage_class(self):
        """What Django before 5.1 and libraries of that time make storages with."""
        import django
        from django.conf import settings
        from django.contrib.staticfiles import storage as staticfiles
        from django.core.files import storage as files

        get_storage_class = files.get_storage_class

        def get_diverted_class(import_path=None):
            backend = import_path or settings.DEFAULT_FILE_STORAGE
            named = get_storage_class(import_path)
            static = django.VERSION < (4, 2) and import_path == settings.STATICFILES_STORAGE
            alias = "staticfiles" if static else "default" if import_path is None else backend
            if not inspect.isclass(named) or is_lazy(named):
                return lambda **options: self.make(alias, backend, named, options)
            return named if is_local(named) else self.divert(alias, named)

        files.get_storage_class = get_diverted_class
        if hasattr(staticfiles, "get_storage_class"):
            staticfiles.get_storage_class = get_diverted_class

    def disk(self, alias):
        """A maker of the storage that keeps the files of another one on disk."""
        known = []

        def make():
            from django.core.files.storage import FileSystemStorage

            folder = self.folder(alias)
            if not known or known[0].location != folder:
                known[:] = [FileSystemStorage(location=folder)]
            return known[0]

        return make

    def divert(self, alias, cls):
        return divert_class(cls, self.disk(alias))

    def make(self, alias, backend, named, options):
        self.offline.lend_google_key()
        with Blame(alias, backend, self.offline), self.offline.entered():
            storage = self.made_as_said(alias, named, options)
        self.made.append(storage)
        return storage

    def made_as_said(self, alias, named, options):
        if inspect.isclass(named) and not is_lazy(named):
            named = named if is_local(named) else self.divert(alias, named)
        storage = unwrapped(named(**options))
        if not is_on_disk(storage):
            storage.__class__ = self.divert(alias, type(storage))
        self.divert_manifest(alias, storage)
        return storage

    def divert_manifest(self, alias, storage):
        """The manifest can be kept by another storage, which the project has made by itself."""
        keeper = unwrapped(getattr(storage, "manifest_storage", storage))
        if not is_on_disk(keeper):
            keeper.__class__ = self.divert(os.path.join(alias, "manifest"), type(keeper))

    def forgive_until_collected(self):
        """Models, URLs and the like may ask for the address of a file before there is a manifest that has it."""
        from django.contrib.staticfiles.storage import ManifestFilesMixin

        stored_name = ManifestFilesMixin.stored_name

        def forgiving(storage, name):
            try:
                return stored_name(storage, name)
            except ValueError:
                if self.collected:
                    raise
                self.early.note(storage, name)
                return name

        ManifestFilesMixin.stored_name = forgiving

    def read_manifests_locally(self):
        from django.contrib.staticfiles.storage import ManifestFilesMixin

        read_manifest = ManifestFilesMixin.read_manifest

        def read_local(storage):
            local = is_on_disk(getattr(storage, "manifest_storage", storage))
            return read_manifest(storage) if local else None

        ManifestFilesMixin.read_manifest = read_local

    def note_collected(self):
        """From here on names come out of the manifest, also in storages that were made before there was one."""
        self.collected = True
        for storage in self.made:
            if hasattr(storage, "load_manifest"):
                loaded = storage.load_manifest()
                # Before Django 4.2 it was the names alone.
                storage.hashed_files, storage.manifest_hash = loaded if isinstance(loaded, tuple) else (loaded, "")
        self.early.ask_again()

    @contextlib.contextmanager
    def asking(self, alias, backend):
        """Around everything that a storage is asked for."""
        with Blame(alias, backend, self.offline), self.offline.entered():
            yield


def is_local(cls):
    from django.core.files.storage import FileSystemStorage

    return issubclass(cls, (FileSystemStorage, Front))
