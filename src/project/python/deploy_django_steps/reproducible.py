"""Two builds of a commit give equal bytes: what Django leaves to the machine is put in order."""

import gzip
import os


def sort_listings():
    """os.listdir has another order on each machine, and before Django 6 it gets into staticfiles.json."""
    from django.core.files.storage import FileSystemStorage

    listdir = FileSystemStorage.listdir

    def sorted_listdir(storage, path):
        folders, files = listdir(storage, path)
        return sorted(folders), sorted(files)

    FileSystemStorage.listdir = sorted_listdir


def stop_gzip_clock():
    """A gzip file holds the time at which it was written; here that is the time of the commit, where it is known."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not epoch.isdigit():
        return
    init, compress = gzip.GzipFile.__init__, gzip.compress

    def init_at_commit(file, filename=None, mode=None, compresslevel=9, fileobj=None, mtime=None):
        init(file, filename, mode, compresslevel, fileobj, int(epoch) if mtime is None else mtime)

    def compress_at_commit(data, compresslevel=9, *, mtime=None):
        return compress(data, compresslevel, mtime=int(epoch) if mtime is None else mtime)

    gzip.GzipFile.__init__ = init_at_commit
    gzip.compress = compress_at_commit
