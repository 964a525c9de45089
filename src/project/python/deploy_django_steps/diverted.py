"""Subclasses, made on the fly, of remote storages: their files are kept in a folder, all else is the project's own."""

import inspect


class Front:
    """File operations that come before those of every other class. `diverted_disk` is set by the subclass.

    `path` is not among them: a storage of the network has none, and code that asks for one fails here as it would live.
    """

    diverted_disk = None

    def _open(self, name, mode="rb"):
        return self.diverted_disk()._open(name, mode)

    def exists(self, name):
        return self.diverted_disk().exists(name)

    def delete(self, name):
        return self.diverted_disk().delete(name)

    def listdir(self, path):
        return self.diverted_disk().listdir(path)

    def size(self, name):
        return self.diverted_disk().size(name)

    def get_accessed_time(self, name):
        return self.diverted_disk().get_accessed_time(name)

    def get_created_time(self, name):
        return self.diverted_disk().get_created_time(name)

    def get_modified_time(self, name):
        return self.diverted_disk().get_modified_time(name)

    def get_available_name(self, name, max_length=None):
        return str(name).replace("\\", "/")

    def _init_check(self):
        """django-minio-storage asks its server here whether there is a bucket."""


class FrontOfManifest(Front):
    def read_manifest(self):
        """Where the manifest is kept in another storage of the network, there is none yet."""
        keeper = getattr(self, "manifest_storage", self)
        if not is_on_disk(keeper) or not keeper.exists(self.manifest_name):
            return None
        with keeper.open(self.manifest_name) as manifest:
            return manifest.read().decode()


class Writer:
    """Stands in the place of the class that would send the file, so that what the project's own `_save` does is done."""

    def _save(self, name, content):
        disk = self.diverted_disk()
        if disk.exists(name):
            disk.delete(name)
        return disk._save(name, content)


def is_lazy(cls):
    """Whether its objects only stand for others, which are made when they are first asked for something."""
    from django.utils.functional import LazyObject

    return issubclass(cls, LazyObject)


def unwrapped(storage):
    """What a lazy object stands for in the end; anything else as it is."""
    while is_lazy(type(storage)):
        if type(storage._wrapped) is object:
            storage._setup()
        storage = storage._wrapped
    return storage


def is_on_disk(storage):
    from django.core.files.storage import FileSystemStorage

    return isinstance(storage, (FileSystemStorage, Front))


def path_on_disk(storage, name):
    """Where a file of a storage is during this run, also of one that is diverted."""
    return storage.diverted_disk().path(name) if isinstance(storage, Front) else storage.path(name)


def sender(order):
    """Index of the last class that has a `_save` of its own: whatever comes before it calls it by super()."""
    return max((index for index, cls in enumerate(order) if "_save" in vars(cls)), default=len(order) - 1)


def diverting_type(cls):
    class Diverting(type(cls)):
        def mro(own):
            order = [one for one in type.mro(own) if one not in (Front, FrontOfManifest, Writer)]
            front = FrontOfManifest.__mro__[:-1] if is_manifest(cls) else Front.__mro__[:-1]
            at = sender(order)
            return [order[0], *front, *order[1:at], Writer, *order[at:]]

    return Diverting


def is_manifest(cls):
    from django.contrib.staticfiles.storage import ManifestFilesMixin

    return issubclass(cls, ManifestFilesMixin)


def divert_class(cls, disk):
    """A class that does what `cls` does, and keeps its files on the storage that `disk` returns.

    Name and module stay, because migrations are compared by them.
    """
    front = FrontOfManifest if is_manifest(cls) else Front
    body = {"__module__": cls.__module__, "__qualname__": cls.__qualname__, "__doc__": cls.__doc__}
    body["diverted_disk"] = staticmethod(disk)
    body["diverted_class"] = cls
    return diverting_type(cls)(cls.__name__, (front, Writer, cls), body)


def original_class(storage):
    """The project's own class of a storage, diverted or not."""
    cls = storage if inspect.isclass(storage) else type(storage)
    return vars(cls).get("diverted_class", cls)
