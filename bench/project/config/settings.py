"""One project, three ways for its static files; BENCH_STORAGE names the way. All give the same hashed names."""

import os
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent
SECRET_KEY = "only-for-the-benchmark"
DEBUG = False
USE_TZ = True
INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "assets"]

S3 = {
    "BACKEND": "storages.backends.s3.S3ManifestStaticStorage",
    "OPTIONS": {
        "bucket_name": "bench",
        "endpoint_url": os.environ.get("BENCH_ENDPOINT"),
        "region_name": "us-east-1",
        "addressing_style": "path",
        "querystring_auth": False,
    },
}
LOCAL = {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}

way = os.environ["BENCH_STORAGE"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": LOCAL if way == "local" else S3,
}
if way == "local":
    STATIC_ROOT = BASE_DIR / "static"
if way == "collectfasta":
    INSTALLED_APPS.insert(0, "collectfasta")
    # What its README recommends for this storage, with the threads and the cache that these need.
    COLLECTFASTA_STRATEGY = "collectfasta.strategies.boto3.Boto3ManifestMemoryStrategy"
    COLLECTFASTA_THREADS = 20
    COLLECTFASTA_CACHE = "collectfasta"
    CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
        "collectfasta": {
            "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
            "LOCATION": os.environ["BENCH_CACHE"],
            "TIMEOUT": None,
            "OPTIONS": {"MAX_ENTRIES": 100_000},
        },
    }
