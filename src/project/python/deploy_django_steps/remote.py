"""Where a storage of the network keeps its files, and what it says of each object, asked of the storage itself."""

import mimetypes

from .diverted import original_class

# The canned ACLs of S3 by the names that Google's library has for them.
GOOGLE_ACLS = {
    "publicRead": "public-read",
    "private": "private",
    "authenticatedRead": "authenticated-read",
    "bucketOwnerRead": "bucket-owner-read",
    "bucketOwnerFullControl": "bucket-owner-full-control",
}
HEADERS = {
    "CacheControl": "cacheControl",
    "ContentType": "contentType",
    "ContentDisposition": "contentDisposition",
    "ContentEncoding": "contentEncoding",
    "ContentLanguage": "contentLanguage",
}
GOOGLE_HEADERS = {
    "cache_control": "CacheControl",
    "content_type": "ContentType",
    "content_disposition": "ContentDisposition",
    "content_encoding": "ContentEncoding",
    "content_language": "ContentLanguage",
    "acl": "ACL",
    "storage_class": "StorageClass",
}
# What these say is what a bucket does by itself.
SILENT = {"Metadata": {}, "StorageClass": "STANDARD"}
# django-s3-storage compresses these, where that makes a file smaller.
SMALLER = ["text/*", "*/xml", "*/json", "*/html", "*/javascript", "*/*+xml", "*/*+json"]

KINDS = (
    ("storages.backends.gcloud", "google"),
    ("django_s3_storage.", "django-s3-storage"),
    ("minio_storage.", "minio"),
    ("storages.backends.s3", "s3"),
)


def kind_of(storage):
    """Which library it is of; anything that has a bucket and an S3 client's settings is taken for S3."""
    modules = [cls.__module__ + "." for cls in original_class(storage).__mro__]
    for prefix, kind in KINDS:
        if any(module.startswith(prefix) for module in modules):
            return kind
    named = getattr(storage, "bucket_name", None) and hasattr(storage, "endpoint_url")
    return "s3" if named and hasattr(storage, "region_name") else "other"


def text(value):
    return str(value) if value else None


def address_of(storage, kind):
    """{"bucket", "endpoint", "region", "location", "custom_domain"}; None where it says nothing."""
    if kind == "django-s3-storage":
        said = storage.settings
        return {
            "bucket": text(said.AWS_S3_BUCKET_NAME),
            "endpoint": text(said.AWS_S3_ENDPOINT_URL),
            "region": text(said.AWS_REGION),
            "location": said.AWS_S3_KEY_PREFIX,
            "custom_domain": text(said.AWS_S3_PUBLIC_URL),
        }
    if kind == "minio":
        return {
            "bucket": text(storage.bucket_name),
            "endpoint": text(getattr(storage, "endpoint_url", None)),
            "region": None,
            "location": "",
            "custom_domain": text(storage.base_url),
        }
    google = kind == "google"
    return {
        "bucket": text(getattr(storage, "bucket_name", None)),
        "endpoint": "https://storage.googleapis.com" if google else text(getattr(storage, "endpoint_url", None)),
        "region": None if google else text(getattr(storage, "region_name", None)),
        "location": str(getattr(storage, "location", None) or ""),
        "custom_domain": text(getattr(storage, "custom_endpoint" if google else "custom_domain", None)),
    }


def gzip_of(storage, kind):
    """Types of the files that it compresses; None where it compresses nothing."""
    if kind == "django-s3-storage":
        return {"types": SMALLER, "always": False} if storage.settings.AWS_S3_GZIP else None
    types = getattr(storage, "gzip_content_types", None)
    return {"types": [str(one) for one in types], "always": True} if getattr(storage, "gzip", False) and types else None


def put_parameters(storage, kind, name):
    """What the storage would send with the object of this name, in the words of S3's PutObject."""
    if kind == "django-s3-storage":
        return s3_storage_parameters(storage, name)
    if kind == "minio":
        return {key.title().replace("-", ""): value for key, value in (storage.object_metadata or {}).items()}
    if kind == "google":
        given = {GOOGLE_HEADERS.get(key, key): value for key, value in storage.get_object_parameters(name).items()}
        given.setdefault("ACL", storage.default_acl)
        return {**given, "ACL": GOOGLE_ACLS.get(given["ACL"], given["ACL"])}
    return boto_parameters(storage, name)


def s3_storage_parameters(storage, name):
    said = storage.settings
    hashed = name in getattr(storage, "hashed_files", {}).values()
    usual = said.AWS_S3_MAX_AGE_SECONDS
    if hashed:
        said.AWS_S3_MAX_AGE_SECONDS = getattr(said, "AWS_S3_MAX_AGE_SECONDS_CACHED", usual)
    try:
        return storage._object_put_params(name)
    finally:
        said.AWS_S3_MAX_AGE_SECONDS = usual


def boto_parameters(storage, name):
    """django-storages guesses type and encoding by the name; a guess is nothing that the project says."""
    if not hasattr(storage, "get_object_parameters"):
        given = dict(getattr(storage, "object_parameters", None) or {})
        return {"ACL": getattr(storage, "default_acl", None), **given}
    key = storage._normalize_name(name.replace("\\", "/")) if hasattr(storage, "_normalize_name") else name
    if not hasattr(storage, "_get_write_parameters"):
        return {"ACL": getattr(storage, "default_acl", None), **storage.get_object_parameters(key)}
    given = storage.get_object_parameters(key)
    written = storage._get_write_parameters(key, None)
    guessed, encoding = mimetypes.guess_type(key)
    guess = {
        "ContentType": guessed or getattr(storage, "default_content_type", "application/octet-stream"),
        "ContentEncoding": encoding,
    }
    return {one: value for one, value in written.items() if one in given or guess.get(one) != value}


def form_of(parameters):
    """{"headers", "acl", "encryption", "unsent"}: unsent are the names of what this action does not send."""
    headers, unsent = {}, []
    acl = encryption = key = None
    for name, value in parameters.items():
        if value is None or value == "" or SILENT.get(name) == value or name in ("Bucket", "Key"):
            continue
        if name in HEADERS:
            headers[HEADERS[name]] = str(value)
        elif name == "ACL":
            acl = str(value)
        elif name == "ServerSideEncryption":
            encryption = str(value)
        elif name == "SSEKMSKeyId":
            key = str(value)
        else:
            unsent.append(name)
    if key and encryption:
        encryption = encryption + ":" + key
    return {"headers": headers, "acl": acl, "encryption": encryption, "unsent": sorted(unsent)}


def varies(storage, kind):
    """Whether objects of different names can have different parameters."""
    if kind == "django-s3-storage":
        said = storage.settings
        return (
            hasattr(said, "AWS_S3_MAX_AGE_SECONDS_CACHED")
            or callable(said.AWS_S3_CONTENT_DISPOSITION)
            or callable(said.AWS_S3_CONTENT_LANGUAGE)
            or not is_library(original_class(storage), "_object_put_params")
        )
    own = ("get_object_parameters", "_get_write_parameters")
    return any(not is_library(original_class(storage), name) for name in own)


def is_library(cls, name):
    """Whether the method is the library's own one."""
    owner = next((one for one in cls.__mro__ if name in vars(one)), None)
    return owner is None or any((owner.__module__ + ".").startswith(prefix) for prefix, _ in KINDS)


def objects_of(storage, kind, names):
    """{"forms": [form], "names": {name: index}}: the first form is that of every name which is not listed."""
    if not names or not varies(storage, kind):
        return {"forms": [form_of(put_parameters(storage, kind, "deploy-django.css"))], "names": {}}
    forms, found = [], {}
    for name in names:
        form = form_of(put_parameters(storage, kind, name))
        if form not in forms:
            forms.append(form)
        found[name] = forms.index(form)
    usual = max(range(len(forms)), key=list(found.values()).count)
    order = [usual, *(index for index in range(len(forms)) if index != usual)]
    listed = {name: order.index(index) for name, index in found.items() if index != usual}
    return {"forms": [forms[index] for index in order], "names": listed}


def describe_remote(storage, names):
    kind = kind_of(storage)
    if kind == "other":
        return {"kind": "other"}
    address = {name: value for name, value in address_of(storage, kind).items() if value is not None}
    return {
        "kind": "google" if kind == "google" else "s3",
        **address,
        "gzip": gzip_of(storage, kind),
        "objects": objects_of(storage, kind, names),
    }
