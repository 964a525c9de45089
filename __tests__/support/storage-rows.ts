/** What an object has to be, where the row says it; undefined is the action's own rule. */
export interface Expected {
  readonly cache?: string | RegExp;
  readonly encoding?: string;
  readonly disposition?: string;
  readonly public?: boolean;
}

/** One way of configuring storages. `{s3}` is the server's address, `{host}` its host and port. */
export interface StorageRow {
  readonly name: string;
  readonly django?: '4.2' | '5.2' | '6';
  readonly project?: 'startproject' | 'wagtail' | 'cms' | 'cookiecutter';
  /** Appended to the settings. */
  readonly settings: string;
  /** storage.py beside the settings. */
  readonly code?: string;
  readonly inputs?: Readonly<Record<string, string>>;
  /** Static files lie in STATIC_ROOT of the host, too, where the storage reads its manifest. */
  readonly onDisk?: true;
  /** Buckets that there are, beside `static`. */
  readonly buckets?: readonly string[];
  readonly static?: Expected;
  readonly media?: Expected;
  /** The run fails and says this. */
  readonly fails?: RegExp;
}

const disk = 'django.core.files.storage.FileSystemStorage';
const manifest = 'storages.backends.s3.S3ManifestStaticStorage';

const storages = (statics: string, media = `{"BACKEND": "${disk}"}`) =>
  `STORAGES = {"default": ${media}, "staticfiles": ${statics}}\n`;

const s3 = (options: string, backend = manifest) =>
  `{"BACKEND": "${backend}", "OPTIONS": {"endpoint_url": "{s3}", "bucket_name": "static", "default_acl": "public-read", ${options}}}`;

const own = '{"BACKEND": "site1.storage.Static"}';
const media = (options: string) =>
  `{"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": {"endpoint_url": "{s3}", ${options}}}`;

const aws = 'AWS_S3_ENDPOINT_URL = "{s3}"\nAWS_STORAGE_BUCKET_NAME = "static"\n';
const old = (statics: string, uploads = disk) =>
  `STATICFILES_STORAGE = "${statics}"\nDEFAULT_FILE_STORAGE = "${uploads}"\n`;
const manifestClass = (body: string, bases = 'S3ManifestStaticStorage') =>
  `from storages.backends.s3 import S3ManifestStaticStorage, S3StaticStorage, S3Storage\n\nclass Static(${bases}):\n${body}\n`;
const address = '    endpoint_url = "{s3}"\n    bucket_name = "static"\n';

const lazyClass = (name: string, storage: string, location: string) =>
  `from django.utils.functional import LazyObject\nfrom storages.backends.s3 import ${storage}\n\nclass ${name}(LazyObject):\n    def _setup(self):\n        self._wrapped = ${storage}(bucket_name="static", endpoint_url="{s3}", location="${location}", default_acl="public-read")\n\n`;

const open: Expected = { public: true };
const immutable = /immutable/;

export const storageRows: readonly StorageRow[] = [
  // django-storages by OPTIONS.
  {
    name: 'S3Manifest with a location',
    settings: storages(s3('"location": "a1"')),
    static: { ...open, cache: immutable },
  },
  { name: 'S3Manifest without a location', settings: storages(s3('')), static: open },
  {
    name: 'S3Static, no hashes',
    settings: storages(s3('"location": "a3"', 'storages.backends.s3.S3StaticStorage')),
    static: open,
  },
  {
    name: 'object_parameters with CacheControl',
    settings: storages(s3('"location": "a4", "object_parameters": {"CacheControl": "max-age=86400"}')),
    static: { ...open, cache: 'max-age=86400' },
  },
  {
    name: 'object_parameters with ContentDisposition and ACL',
    settings: storages(
      `{"BACKEND": "${manifest}", "OPTIONS": {"endpoint_url": "{s3}", "bucket_name": "static", "location": "a5", "object_parameters": {"ContentDisposition": "inline", "ACL": "public-read"}}}`,
    ),
    static: { ...open, disposition: 'inline' },
  },
  { name: 'gzip', settings: storages(s3('"location": "a6", "gzip": True')), static: { ...open, encoding: 'gzip' } },
  {
    name: 'gzip of chosen types',
    settings: storages(s3('"location": "a7", "gzip": True, "gzip_content_types": ("text/css",)')),
    static: { ...open, encoding: 'gzip' },
  },
  {
    name: 'a CDN domain with the bucket behind it',
    settings: storages(s3('"location": "a8", "custom_domain": "{host}/static", "url_protocol": "http:"')),
    static: open,
  },
  {
    name: 'a location with a leading slash',
    settings: storages(s3('"location": "/web/static/"')),
    fails: /The storage "staticfiles" .*cannot begin with a leading slash/,
  },
  {
    name: 'a domain that no browser can read',
    settings: storages(s3('"location": "a8", "custom_domain": "cdn.example.com:port"')),
    fails: /The storage "staticfiles" .*no browser can read/,
  },
  {
    name: 'an unknown option',
    settings: storages(s3('"locaton": "x"')),
    fails: /The storage "staticfiles" .*Invalid setting 'locaton'/,
  },
  {
    name: 'an input that contradicts the storage',
    settings: storages(s3('"location": "a9"')),
    inputs: { 'static-prefix': 'elsewhere' },
    fails: /The storage "staticfiles".*sends browsers to .*a9\/.*"elsewhere\//,
  },
  // By AWS_ settings.
  {
    name: 'AWS_ settings on Django 4.2 with the old names',
    django: '4.2',
    settings: `${aws}AWS_DEFAULT_ACL = "public-read"\nAWS_LOCATION = "b1"\n${old('storages.backends.s3boto3.S3ManifestStaticStorage')}`,
    static: { ...open, cache: immutable },
  },
  {
    name: 'AWS_ settings with AWS_S3_OBJECT_PARAMETERS',
    settings: `${aws}AWS_DEFAULT_ACL = "public-read"\nAWS_LOCATION = "b2"\nAWS_S3_OBJECT_PARAMETERS = {"CacheControl": "max-age=60"}\n${storages(`{"BACKEND": "${manifest}"}`)}`,
    static: { ...open, cache: 'max-age=60' },
  },
  {
    name: 'the smallest set-up of the docs, one bucket for both',
    settings: `${aws}AWS_DEFAULT_ACL = "public-read"\nAWS_QUERYSTRING_AUTH = False\n${storages('{"BACKEND": "storages.backends.s3.S3StaticStorage"}', '{"BACKEND": "storages.backends.s3.S3Storage"}')}`,
    static: open,
  },
  {
    name: 'AWS_IS_GZIPPED',
    settings: `${aws}AWS_DEFAULT_ACL = "public-read"\nAWS_LOCATION = "b4"\nAWS_IS_GZIPPED = True\n${storages(`{"BACKEND": "${manifest}"}`)}`,
    static: { ...open, encoding: 'gzip' },
  },
  {
    name: 'S3Boto3Storage by STORAGES on 4.2',
    django: '4.2',
    settings: `${aws}AWS_DEFAULT_ACL = "public-read"\nAWS_QUERYSTRING_AUTH = False\nAWS_LOCATION = "b5"\n${storages('{"BACKEND": "storages.backends.s3boto3.S3Boto3Storage"}')}`,
    static: open,
  },
  {
    name: 'on Django 6',
    django: '6',
    settings: storages(s3('"location": "b6"')),
    static: { ...open, cache: immutable },
  },
  {
    name: 'on Django 6 by AWS_ settings',
    django: '6',
    settings: `${aws}AWS_DEFAULT_ACL = "public-read"\nAWS_LOCATION = "b7"\n${storages(`{"BACKEND": "${manifest}"}`)}`,
    static: open,
  },
  // By subclasses and callables.
  {
    name: 'class attributes',
    settings: storages(own),
    code: manifestClass(
      `${address}    location = "c1"\n    default_acl = "public-read"\n    object_parameters = {"CacheControl": "max-age=7"}`,
    ),
    static: { ...open, cache: 'max-age=7' },
  },
  {
    name: 'attributes set in __init__',
    settings: storages(own),
    code: manifestClass(
      '    def __init__(self, *args, **options):\n        options.update(bucket_name="static", endpoint_url="{s3}", location="c2", default_acl="public-read")\n        super().__init__(*args, **options)',
    ),
    static: open,
  },
  {
    name: 'a lambda',
    settings: storages(own),
    code: 'from storages.backends.s3 import S3ManifestStaticStorage\nStatic = lambda **options: S3ManifestStaticStorage(bucket_name="static", endpoint_url="{s3}", location="c3", default_acl="public-read")\n',
    static: open,
  },
  {
    name: 'a functools.partial',
    settings: storages(own),
    code: 'from functools import partial\nfrom storages.backends.s3 import S3ManifestStaticStorage\nStatic = partial(S3ManifestStaticStorage, bucket_name="static", endpoint_url="{s3}", location="c4", default_acl="public-read")\n',
    static: open,
  },
  {
    name: 'a function that returns an instance of a class of its own',
    settings: storages(own),
    code: `${manifestClass(`${address}    location = "c5"\n    default_acl = "public-read"`)}\nOwn = Static\ndef Static(**options):\n    return Own()\n`,
    static: open,
  },
  {
    name: 'a lazy object that chooses the storage when it is first used',
    settings: storages(own, '{"BACKEND": "site1.storage.Media"}'),
    code: `${lazyClass('Static', 'S3ManifestStaticStorage', 'c20')}${lazyClass('Media', 'S3Storage', 'm20')}`,
    inputs: { 'media-dir': 'auto' },
    static: { ...open, cache: immutable },
    media: open,
  },
  {
    name: 'a lazy object in the old settings',
    django: '4.2',
    settings: old('site1.storage.Static', 'site1.storage.Media'),
    code: `${lazyClass('Static', 'S3ManifestStaticStorage', 'c21')}${lazyClass('Media', 'S3Storage', 'm21')}`,
    inputs: { 'media-dir': 'auto' },
    static: { ...open, cache: immutable },
    media: open,
  },
  {
    name: 'get_object_parameters by name',
    settings: storages(own),
    code: manifestClass(
      `${address}    location = "c6"\n    default_acl = "public-read"\n    def get_object_parameters(self, name):\n        return {"CacheControl": "max-age=11" if name.endswith(".css") else "max-age=12"}`,
    ),
    static: { ...open, cache: /^max-age=1[12]$/ },
  },
  {
    name: 'mixins with ManifestFilesMixin behind',
    settings: storages(own),
    code: `from django.contrib.staticfiles.storage import ManifestFilesMixin\n${manifestClass(`${address}    location = "c7"\n    default_acl = "public-read"`, 'ManifestFilesMixin, S3StaticStorage')}`,
    static: { ...open, cache: immutable },
  },
  {
    name: 'a manifest name and hash of its own',
    settings: storages(own),
    code: manifestClass(
      `${address}    location = "c8"\n    default_acl = "public-read"\n    manifest_name = "names.json"\n    def hashed_name(self, name, content=None, filename=None):\n        return "v1/" + super().hashed_name(name, content, filename)`,
    ),
    static: open,
  },
  {
    name: 'a storage that asks its server in __init__',
    settings: storages(own),
    code: manifestClass(
      `${address}    def __init__(self, *args, **options):\n        super().__init__(*args, **options)\n        self.connection.meta.client.head_bucket(Bucket="static")`,
    ),
    fails: /The storage "staticfiles" .*asks the server 127\.0\.0\.1/,
  },
  {
    name: 'a manifest that is kept in the project',
    settings: `from django.contrib.staticfiles.storage import StaticFilesStorage\n${storages(s3('"location": "c9", "manifest_storage": StaticFilesStorage(location=BASE_DIR / "shop")'))}`,
    static: { ...open, cache: immutable },
  },
  {
    name: 'url() that goes elsewhere',
    settings: storages(own),
    code: manifestClass(
      `${address}    location = "c10"\n    def url(self, name, **options):\n        return "{s3}/other/" + name`,
    ),
    fails: /sends browsers to .*\/other\//,
  },
  // Media.
  {
    name: 'media in the same bucket',
    settings: storages(
      s3('"location": "d1/static"'),
      media('"bucket_name": "static", "location": "d1/media", "default_acl": "public-read", "querystring_auth": False'),
    ),
    inputs: { 'media-dir': 'auto' },
    static: open,
    media: open,
  },
  {
    name: 'private media with signed addresses',
    settings: storages(
      s3('"location": "d2/static"'),
      media('"bucket_name": "static", "location": "d2/media", "default_acl": "private"'),
    ),
    inputs: { 'media-dir': 'auto' },
    static: open,
    media: { public: false },
  },
  {
    name: 'media in a bucket of its own',
    buckets: ['uploads'],
    settings: storages(
      s3('"location": "d3"'),
      media(
        '"bucket_name": "uploads", "default_acl": "private", "object_parameters": {"CacheControl": "private, max-age=5"}',
      ),
    ),
    inputs: { 'media-dir': 'auto' },
    static: open,
    media: { public: false, cache: 'private, max-age=5' },
  },
  {
    name: 'WhiteNoise for static files and a bucket for media',
    buckets: ['photos'],
    settings: `MIDDLEWARE.insert(1, "whitenoise.middleware.WhiteNoiseMiddleware")\n${storages('{"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}', media('"bucket_name": "photos", "default_acl": "public-read", "querystring_auth": False'))}`,
    inputs: { 'media-dir': 'auto' },
    media: open,
  },
  // On disk, uploaded by inputs.
  {
    name: 'ManifestStaticFilesStorage with the bucket in STATIC_URL',
    onDisk: true,
    settings: `STATIC_URL = "{s3}/static/e1/"\n${storages('{"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}')}`,
    inputs: { bucket: 'static', endpoint: '{s3}', acl: 'public-read' },
    static: { ...open, cache: immutable },
  },
  {
    name: 'a STATIC_URL that no browser can read',
    settings: `STATIC_URL = "https://<cdn>/static/"\n${storages('{"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}')}`,
    inputs: { bucket: 'static', endpoint: '{s3}' },
    fails: /STATIC_URL = .*no browser can read/,
  },
  {
    name: 'StaticFilesStorage on 4.2 by the old setting',
    onDisk: true,
    django: '4.2',
    settings: `STATIC_URL = "{s3}/static/e2/"\n${old('django.contrib.staticfiles.storage.ManifestStaticFilesStorage')}`,
    inputs: { bucket: 'static', endpoint: '{s3}', acl: 'public-read' },
    static: open,
  },
  // Other libraries.
  {
    name: 'django-s3-storage',
    settings: `AWS_S3_ENDPOINT_URL_STATIC = "{s3}"\nAWS_S3_BUCKET_NAME_STATIC = "static"\nAWS_S3_KEY_PREFIX_STATIC = "f1"\n${storages('{"BACKEND": "django_s3_storage.storage.ManifestStaticS3Storage"}')}`,
    static: { ...open, cache: 'public,max-age=31536000' },
  },
  {
    name: 'django-s3-storage for both',
    buckets: ['media2'],
    settings: `AWS_S3_ENDPOINT_URL = AWS_S3_ENDPOINT_URL_STATIC = "{s3}"\nAWS_S3_BUCKET_NAME_STATIC = "static"\nAWS_S3_BUCKET_NAME = "media2"\nAWS_S3_KEY_PREFIX_STATIC = "f2"\n${storages('{"BACKEND": "django_s3_storage.storage.StaticS3Storage"}', '{"BACKEND": "django_s3_storage.storage.S3Storage"}')}`,
    inputs: { 'media-dir': 'auto' },
    static: { ...open, cache: 'public,max-age=3600' },
    media: { public: false, cache: 'private,max-age=3600' },
  },
  {
    name: 'Minio',
    settings: `MINIO_STORAGE_ENDPOINT = "{host}"\nMINIO_STORAGE_USE_HTTPS = False\nMINIO_STORAGE_ACCESS_KEY = MINIO_STORAGE_SECRET_KEY = "made-up-key"\nMINIO_STORAGE_MEDIA_BUCKET_NAME = MINIO_STORAGE_STATIC_BUCKET_NAME = "minio"\nMINIO_STORAGE_ASSUME_STATIC_BUCKET_EXISTS = True\nMINIO_STORAGE_STATIC_OBJECT_METADATA = {"Cache-Control": "max-age=3"}\n${storages('{"BACKEND": "minio_storage.storage.MinioStaticStorage"}')}`,
    buckets: ['minio'],
    inputs: { acl: 'public-read' },
    static: { ...open, cache: 'max-age=3' },
  },
  {
    name: 'collectfasta',
    settings: `INSTALLED_APPS.insert(0, "collectfasta")\nCOLLECTFASTA_STRATEGY = "collectfasta.strategies.boto3.Boto3Strategy"\n${storages(s3('"location": "f4"'))}`,
    static: open,
  },
  {
    name: 'django-pipeline',
    settings: `INSTALLED_APPS += ["pipeline"]\nSTATICFILES_FINDERS = ["django.contrib.staticfiles.finders.AppDirectoriesFinder", "pipeline.finders.PipelineFinder"]\nPIPELINE = {"CSS_COMPRESSOR": None, "JS_COMPRESSOR": None, "STYLESHEETS": {"a": {"source_filenames": ["pages/home.css"], "output_filename": "a.css"}}}\n${storages(own)}`,
    code: `from django.contrib.staticfiles.storage import ManifestFilesMixin\nfrom pipeline.storage import PipelineMixin\n${manifestClass(`${address}    location = "f5"\n    default_acl = "public-read"`, 'PipelineMixin, ManifestFilesMixin, S3StaticStorage')}`,
    static: open,
  },
  {
    name: 'django-compressor with its storage on S3',
    settings: `INSTALLED_APPS += ["compressor"]\nSTATICFILES_FINDERS = ["django.contrib.staticfiles.finders.AppDirectoriesFinder", "compressor.finders.CompressorFinder"]\nCOMPRESS_ROOT = STATIC_ROOT\nCOMPRESS_STORAGE = "site1.storage.Static"\n${storages(own)}`,
    code: `from django.core.files.storage import FileSystemStorage\n${manifestClass(`${address}    location = "f6"\n    default_acl = "public-read"\n    def __init__(self, *args, **options):\n        super().__init__(*args, **options)\n        self.local = FileSystemStorage("/tmp")\n    def save(self, name, content, max_length=None):\n        return super().save(name, content, max_length)`)}`,
    static: open,
  },
  {
    name: 'Azure for static files',
    settings: storages(
      '{"BACKEND": "storages.backends.azure_storage.AzureStorage", "OPTIONS": {"account_name": "a", "azure_container": "c"}}',
    ),
    fails: /The storage "staticfiles" \(storages\.backends\.azure_storage\.AzureStorage\) has no S3 API/,
  },
  {
    name: 'Dropbox for static files',
    settings: storages(
      '{"BACKEND": "storages.backends.dropbox.DropboxStorage", "OPTIONS": {"oauth2_access_token": "x"}}',
    ),
    fails: /The storage "staticfiles" .*DropboxStorage\) has no S3 API/,
  },
  {
    name: 'Google without keys of its own',
    settings: storages(
      '{"BACKEND": "storages.backends.gcloud.GoogleCloudStorage", "OPTIONS": {"bucket_name": "g", "default_acl": "publicRead"}}',
    ),
    inputs: { 'access-key-id': '', 'secret-access-key': '' },
    fails: /Google Cloud Storage, and there is no HMAC key/,
  },
  {
    name: 'no bucket in this build',
    settings: storages(`{"BACKEND": "${manifest}", "OPTIONS": {"endpoint_url": "{s3}"}}`),
    fails: /The storage "staticfiles"/,
  },
  // Projects that ask for addresses early.
  {
    name: 'wagtail start',
    project: 'wagtail',
    settings: storages(s3('"location": "g1"')),
    static: { ...open, cache: immutable },
  },
  {
    name: 'wagtail start with media',
    project: 'wagtail',
    buckets: ['wagtailmedia'],
    settings: storages(
      s3('"location": "g2"'),
      media('"bucket_name": "wagtailmedia", "default_acl": "public-read", "querystring_auth": False'),
    ),
    inputs: { 'media-dir': 'auto' },
    static: open,
    media: open,
  },
  { name: 'django CMS', project: 'cms', settings: storages(s3('"location": "g3"')), static: open },
  {
    name: 'cookiecutter-like',
    project: 'cookiecutter',
    settings: `AWS_STORAGE_BUCKET_NAME = "static"\nAWS_S3_ENDPOINT_URL = "{s3}"\nAWS_QUERYSTRING_AUTH = False\nAWS_S3_OBJECT_PARAMETERS = {"CacheControl": "max-age=604800, s-maxage=604800, must-revalidate"}\nAWS_S3_CUSTOM_DOMAIN = None\n${storages('{"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": {"location": "g4/static", "default_acl": "public-read"}}', '{"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": {"location": "g4/media", "file_overwrite": False, "default_acl": "public-read"}}')}`,
    inputs: { 'media-dir': 'auto' },
    static: { ...open, cache: 'max-age=604800, s-maxage=604800, must-revalidate' },
    media: { ...open, cache: 'max-age=604800, s-maxage=604800, must-revalidate' },
  },
  {
    name: 'an address that urls.py asks for',
    settings: `ROOT_URLCONF = "site1.storage"\n${storages(s3('"location": "g5"'))}`,
    code: 'from django.contrib import admin\nfrom django.contrib.staticfiles.storage import staticfiles_storage\nfrom django.urls import path\nfrom django.views.generic import RedirectView\n\nurlpatterns = [path("a", admin.site.urls), path("favicon.ico", RedirectView.as_view(url=staticfiles_storage.url("pages/dot.svg")))]\n',
    static: open,
  },
];
