import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FoundProject } from './live-project.ts';

/** The module in which try's own settings stand, beside manage.py. */
export const liveModule = 'deploy_django_live';

export interface LiveSettings {
  readonly staticUrl: string;
  /** The project was given a database. */
  readonly hasDatabase: boolean;
}

/** SQLite stands in for a database server: there is none here, and one that the settings reach is not to be migrated by a trial. */
const ownDatabase = `
_databases = {}
for _alias, _database in globals().get("DATABASES", {}).items():
    _engine = _database.get("ENGINE", "")
    _file = str(_here / f"live-{_alias}.sqlite3")
    if "lite" in _engine:
        _databases[_alias] = {**_database, "NAME": _file}
    else:
        _databases[_alias] = {"ENGINE": "django.db.backends.sqlite3", "NAME": _file}
DATABASES = _databases
`;

/** What stands in for the settings of a real deploy. The names begin with "_" so that they are no settings. */
const settingsOf = (base: string, { staticUrl, hasDatabase }: LiveSettings): string => `
"""Written by "npm run try -- FOLDER --live": the settings ${base}, for a bucket and a host on one machine."""
from ${base} import *

import os
from pathlib import Path

import django
from django.utils.module_loading import import_string

_here = Path(__file__).resolve().parent

# By function, so that findings in what the project itself sets name its own line.
globals().setdefault("SECRET_KEY", os.environ.get("SECRET_KEY", ""))
DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1"]
# This machine has no TLS. What the checks of security say belongs to a real deploy, for which "try" without --live shows it.
SECURE_SSL_REDIRECT = False
SESSION_COOKIE_SECURE = False
CSRF_COOKIE_SECURE = False
_security = [f"security.W{number:03}" for number in range(1, 100)]
# The storage of static files is this module's choice where the project has none of its own.
_storage = ["deploy.uncompressed", "deploy.no-hashes"]
SILENCED_SYSTEM_CHECKS = [*globals().get("SILENCED_SYSTEM_CHECKS", []), *_security, *_storage]
STATIC_URL = ${JSON.stringify(staticUrl)}
STATIC_ROOT = str(_here / "live-static")
${hasDatabase ? '' : ownDatabase}
_files = "django.core.files.storage.FileSystemStorage"
_plain = "django.contrib.staticfiles.storage.StaticFilesStorage"
_hashing = "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"


def _is_elsewhere(backend):
    """Whether it keeps files in a bucket of its own, as django-storages does."""
    try:
        return any(base.__module__.startswith("storages.") for base in import_string(backend).__mro__)
    except Exception:
        # Django says what is wrong with it.
        return False


if not globals().get("LOGGING"):
    # Without DEBUG, Django prints no errors.
    LOGGING = {
        "version": 1,
        "disable_existing_loggers": False,
        "handlers": {"console": {"class": "logging.StreamHandler"}},
        "loggers": {"django.request": {"handlers": ["console"], "level": "ERROR"}},
    }


def _by_old_name(name, usual):
    """Django reads the old names until 5.0, and refuses them beside STORAGES from 4.2 on."""
    value = globals().pop(name, usual)
    return value if django.VERSION < (5, 1) else usual


_storages = {
    "default": {"BACKEND": _by_old_name("DEFAULT_FILE_STORAGE", _files)},
    "staticfiles": {"BACKEND": _by_old_name("STATICFILES_STORAGE", _plain)},
    **globals().pop("STORAGES", {}),
}
if _is_elsewhere(_storages["default"]["BACKEND"]):
    _storages["default"] = {"BACKEND": _files}
if _storages["staticfiles"]["BACKEND"] == _plain or _is_elsewhere(_storages["staticfiles"]["BACKEND"]):
    _storages["staticfiles"] = {"BACKEND": _hashing}
if django.VERSION >= (4, 2):
    STORAGES = _storages
else:
    DEFAULT_FILE_STORAGE = _storages["default"]["BACKEND"]
    STATICFILES_STORAGE = _storages["staticfiles"]["BACKEND"]
`;

/** Writes try's settings into the checkout. @returns Their file, relative to the root. */
export async function writeLiveSettings(
  root: string,
  { folder, settings }: FoundProject,
  live: LiveSettings,
): Promise<string> {
  const file = join(folder, `${liveModule}.py`);
  await writeFile(join(root, file), settingsOf(settings, live).trimStart());
  return file;
}
