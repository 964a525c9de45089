
# What a team adds to the settings of `wagtail start` for a bucket; BENCH_STORAGE names how its files get there.
import os  # noqa: E402

SECRET_KEY = "only-for-the-benchmark-0123456789-abcdefghijklmnopqrstuvwxyz"
ALLOWED_HOSTS = ["127.0.0.1"]
STATIC_URL = os.environ["BENCH_ENDPOINT"] + "/bench/static/"
MEDIA_URL = os.environ["BENCH_ENDPOINT"] + "/bench/media/"

if os.environ["BENCH_STORAGE"] != "local":
    STORAGES["staticfiles"] = {  # noqa: F405
        "BACKEND": "storages.backends.s3.S3ManifestStaticStorage",
        "OPTIONS": {
            "bucket_name": "bench",
            "location": "static",
            "endpoint_url": os.environ["BENCH_ENDPOINT"],
            "region_name": "us-east-1",
            "addressing_style": "path",
            "querystring_auth": False,
        },
    }
if os.environ["BENCH_STORAGE"] == "collectfasta":
    INSTALLED_APPS = ["collectfasta", *INSTALLED_APPS]  # noqa: F405
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
