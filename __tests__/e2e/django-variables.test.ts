import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Venv } from '../../demo/parts/python.ts';
import { generate, look, usualDjango, venvOf } from '../support/real-django.ts';

/** How the libraries that read the environment say that a variable is missing: each in its own words, on real ones. */
const packages = [
  'python-decouple==3.8',
  'django-environ==0.12.0',
  'environs==14.3.0',
  'pydantic-settings==2.10.1',
  'django-configurations==2.5.1',
  'cryptography',
];

let venv: Venv;
beforeAll(async () => {
  venv = await venvOf(await usualDjango(), packages);
});

const lookAt = async (peculiar: string, env: Readonly<Record<string, string>> = {}) =>
  look(venv, await generate(venv, `\n${peculiar}\n`), { env });

const readers: [string, string][] = [
  ['os.environ', 'read = os.environ.__getitem__'],
  ['decouple', 'from decouple import config as read'],
  ['django-environ', 'import environ\nread = environ.Env()'],
  ['environs', 'from environs import Env\nread = Env().str'],
  [
    'a sentence of the project’s',
    'def read(name):\n    if name not in os.environ:\n        raise ValueError(f"You must set {name} in deployed environments.")\n    return os.environ[name]',
  ],
  [
    'a request of the project’s',
    'def read(name):\n    if name not in os.environ:\n        raise LookupError(f"Please provide environment variable {name} in production")\n    return os.environ[name]',
  ],
  [
    'a helper of the project’s',
    'def read(name):\n    value = os.environ.get(name)\n    if not value:\n        raise RuntimeError(f"{name} is not set")\n    return value',
  ],
];

describe.each(readers)('%s', (_name, reader) => {
  test('gets throw-away values for secrets, and all other names are told', async () => {
    const asks = `${reader}\nSECRET_KEY = read("SECRET_KEY")\nTOKEN = read("MAIL_TOKEN")\n`;
    const whole = await lookAt(asks);
    expect(whole.fatal).toBeUndefined();
    expect(whole.outcome.throw_away).toEqual(['SECRET_KEY', 'MAIL_TOKEN']);
    const lacking = await lookAt(`${asks}BUCKET = read("BUCKET_NAME")\nQUEUE = read("QUEUE_NAME")\n`);
    expect(lacking.outcome.needed?.map(({ name }) => name)).toEqual(['BUCKET_NAME', 'QUEUE_NAME']);
    expect(lacking.outcome.needed?.[0]?.file).toMatch(/settings\.py$/);
  });
});

describe('variables behind a made-up value that ends the search are named in the same run, by', () => {
  const stop = (read: string) => `PORT = dict(one=1)[${read}]\n`;
  test.each<[string, string]>([
    ['os.environ', `${stop('os.environ["SITE_PORT"]')}NAMES = [os.environ["SITE_NAME"]]\n`],
    [
      'django-environ',
      `import environ\nenv = environ.Env(SITE_DEBUG=(bool, False))\n${stop('env.str("SITE_PORT")')}X = env("SITE_DEBUG")\nNAME = env.str("SITE_NAME")\n`,
    ],
    [
      'environs',
      `from environs import env\n${stop('env("SITE_PORT")')}NAME = env.str("SITE_NAME", env("SITE_KEY"))\n${'NAME = env.int("SITE_NAME")\n'}`,
    ],
    ['decouple', `from decouple import config\n${stop('config("SITE_PORT")')}NAME = config("SITE_NAME", cast=str)\n`],
  ])('%s', async (_reader, lines) => {
    const optional = `ONE = os.environ.get("SITE_ONE")
TWO = os.environ["SITE_TWO"] if ONE else ONE and os.environ["SITE_TWO"]
if ONE:
    THREE = os.environ["SITE_THREE"]
try:
    FOUR = os.environ["SITE_FOUR"]
except KeyError:
    pass
`;
    const { outcome, fatal } = await lookAt(lines + optional);
    expect(outcome.needed?.map(({ name }) => name)).toEqual(['SITE_PORT', 'SITE_NAME']);
    expect(outcome.needed?.[1]?.file).toMatch(/settings\.py$/);
    expect(fatal?.hint).toMatch(/SITE_PORT=…\n {2}SITE_NAME=…\n/);
  });

  test('a database engine out of a variable, as the one before the name of the database', async () => {
    const { outcome } = await lookAt(
      'DATABASES = {"default": {"ENGINE": os.environ["DB_ENGINE"], "NAME": os.environ["DB_DATABASE"]}}\n',
    );
    expect(outcome.needed?.map(({ name }) => name)).toEqual(['DB_ENGINE', 'DB_DATABASE']);
    expect(outcome.project?.database?.engine).toBe('django.db.backends.sqlite3');
  });
});

describe('a variable behind what ends the search is not named where the file', () => {
  const stop = 'import os\nPORT = dict(one=1)[os.environ["SITE_PORT"]]\n';
  test.each<[string, string, Record<string, string>, string[]]>([
    [
      'that decouple reads has it, with which that does not fill the environment',
      `from decouple import config\n${stop}ONE = config("SITE_ONE")\nTWO = config("SITE_TWO")\nTHREE = os.environ["SITE_ONE"]\n`,
      { '.env': 'SITE_ONE=1\n' },
      ['SITE_TWO', 'SITE_ONE'],
    ],
    [
      'in the form settings.ini has it',
      `from decouple import config\n${stop}ONE = config("SITE_ONE")\nTWO = config("SITE_TWO")\n`,
      { 'settings.ini': '[settings]\nSITE_ONE=1\n' },
      ['SITE_TWO'],
    ],
    [
      'is read further down',
      `import environ\nenv = environ.Env()\n${stop}ONE = env("SITE_ONE")\nenv.read_env("x.env")\nTWO = env("SITE_TWO")\n`,
      {},
      ['SITE_ONE'],
    ],
    [
      'has a default for it, which a type alone is not',
      `import environ\nenv = environ.Env(SITE_ONE=(int, 1), SITE_TWO=str)\n${stop}ONE = env("SITE_ONE")\nTWO = env("SITE_TWO")\n`,
      {},
      ['SITE_TWO'],
    ],
    [
      'has not come as far as its reader',
      `${stop}from decouple import config\nONE = config("SITE_ONE")\nTWO = os.environ["SITE_TWO"]\n`,
      {},
      ['SITE_TWO'],
    ],
  ])('%s', async (_what, lines, files, names) => {
    const { outcome } = await look(venv, await generate(venv, `\n${lines}`, files));
    expect(outcome.needed?.map(({ name }) => name)).toEqual(['SITE_PORT', ...names]);
  });
});

test('what goes wrong while such variables are looked for does not hide why Django does not start', async () => {
  const broken = `
from decouple import Config
class Broken:
    def __contains__(self, name):
        raise SystemExit("the store of secrets is not there")
config = Config(Broken())
raise LookupError("the real failure")
ONE = config("SITE_ONE")
`;
  const { outcome, fatal } = await lookAt(broken);
  expect(outcome.failures.map(({ type }) => type)).toEqual(['LookupError']);
  expect(fatal?.message).toContain('the real failure');
});

test('environs names all that it kept until it was sealed', async () => {
  const { outcome } = await lookAt(`
from environs import Env
read = Env(eager=False)
SECRET_KEY = read.str("SECRET_KEY")
BUCKET = read.str("BUCKET_NAME")
read.seal()
`);
  expect(outcome.needed?.map(({ name }) => name)).toEqual(['BUCKET_NAME']);
  expect(outcome.throw_away).toEqual(['SECRET_KEY']);
});

test('pydantic-settings names fields, which are variables with the prefix of their class', async () => {
  const { outcome } = await lookAt(`
from pydantic import Field
from pydantic_settings import BaseSettings

class Own(BaseSettings):
    model_config = {"env_prefix": "shop_"}
    secret_key: str
    bucket: str
    region: str = Field(validation_alias="AWS_REGION_NAME")

SECRET_KEY = Own().secret_key
`);
  expect(outcome.needed?.map(({ name }) => name)).toEqual(['SHOP_BUCKET', 'AWS_REGION_NAME']);
  expect(outcome.throw_away).toEqual(['SHOP_SECRET_KEY']);
});

test('a validator of pydantic’s that wants one of two variables names the one that it is about', async () => {
  const { outcome } = await lookAt(`
from pydantic import field_validator
from pydantic_settings import BaseSettings

class Own(BaseSettings):
    model_config = {"env_prefix": "shop_", "validate_default": True}
    pghost: str | None = None

    @field_validator("pghost")
    def given(cls, value):
        if not value:
            raise ValueError("Either DATABASE_SERVER or PGHOST are required.")
        return value

Own()
`);
  expect(outcome.needed?.map(({ name }) => name)).toEqual(['SHOP_PGHOST']);
});

test('django-configurations reads its classes, and names what they lack', async () => {
  const files = {
    'site1/classes.py': `from configurations import Configuration, values
from pathlib import Path

class Live(Configuration):
    BASE_DIR = Path(__file__).resolve().parent.parent
    SECRET_KEY = values.SecretValue()
    BUCKET = values.Value(environ_required=True)
    DEBUG = False
    STATIC_URL = "/static/"
    STATIC_ROOT = BASE_DIR / "staticfiles"
    ROOT_URLCONF = "site1.urls"
    ALLOWED_HOSTS = ["shop.example"]
    INSTALLED_APPS = ["django.contrib.staticfiles", "pages"]
    DATABASES = {}
`,
    'site1/urls.py': 'urlpatterns = []\n',
    'manage.py': `import os, sys
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "site1.classes")
os.environ.setdefault("DJANGO_CONFIGURATION", "Live")
from configurations.management import execute_from_command_line
execute_from_command_line(sys.argv)
`,
  };
  const root = await generate(venv, '', files);
  const { outcome } = await look(venv, root);
  expect(outcome.needed?.map(({ name }) => name)).toEqual(['DJANGO_BUCKET']);
  expect(outcome.throw_away).toEqual(['DJANGO_SECRET_KEY']);
  const whole = await look(venv, root, { env: { DJANGO_BUCKET: 'assets' }, options: { url: 'https://other.example' } });
  expect(whole.outcome.project?.static_root).toMatch(/staticfiles$/);
  expect(whole.find('deploy.allowed-hosts')?.at).toEqual({ file: 'site1/classes.py', line: 12 });
});

test('a throw-away value is a key where one for encryption is wanted', async () => {
  const { fatal, outcome } = await lookAt(
    'from cryptography.fernet import Fernet\nBOX = Fernet(os.environ["FERNET_KEY"]).encrypt(b"a")\n',
  );
  expect(fatal).toBeUndefined();
  expect(outcome.throw_away).toEqual(['FERNET_KEY']);
});

test('a throw-away value is a key in PEM where the name says so, and halves of one belong together', async () => {
  const { fatal, outcome } = await lookAt(
    [
      'import base64, json',
      'from cryptography.hazmat.primitives.serialization import load_pem_private_key, load_pem_public_key',
      'KEY = load_pem_private_key(os.environ["OIDC_RSA_PRIVATE_KEY"].encode(), password=None)',
      'PUBLIC = load_pem_public_key(os.environ["JWT_PUBLIC_KEY"].replace("\\\\n", "\\n").encode())',
      'assert KEY.key_size == 2048 and KEY.public_key().public_numbers() == PUBLIC.public_numbers()',
      'APP = base64.b64decode(os.environ["GITHUB_APP_PRIVATE_KEY"])',
      'assert "BEGIN" not in os.environ["STRIPE_API_KEY"]',
      '',
    ].join('\n'),
  );
  expect(fatal).toBeUndefined();
  expect(outcome.throw_away).toEqual([
    'OIDC_RSA_PRIVATE_KEY',
    'JWT_PUBLIC_KEY',
    'GITHUB_APP_PRIVATE_KEY',
    'STRIPE_API_KEY',
  ]);
});

test('a throw-away value that is of no use is named, so that a real one can be given', async () => {
  const { fatal } = await lookAt('import json\nACCOUNT = json.loads(os.environ["GOOGLE_CREDENTIALS"])\n');
  expect(fatal?.message).toContain('JSONDecodeError');
  expect(fatal?.hint).toContain('have throw-away values: GOOGLE_CREDENTIALS.');
});

test('what is given is never made up, and an empty value is one', async () => {
  const given = await lookAt('SECRET_KEY = os.environ["SECRET_KEY"]\n', { SECRET_KEY: 'given' });
  expect(given.outcome.throw_away).toEqual([]);
  expect(given.find('security.W009')).toBeDefined();
  const empty = await lookAt(`${readers.at(-1)?.[1]}\nBUCKET = read("BUCKET_NAME")\n`, { BUCKET_NAME: '' });
  expect(empty.fatal?.message).toContain('BUCKET_NAME is not set');
  expect(empty.outcome.needed).toBeUndefined();
});
