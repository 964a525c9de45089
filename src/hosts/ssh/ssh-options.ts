import type { HostOption } from '../contract/host-option.ts';
import { withReferences } from './ssh-quote.ts';

/** Names of command lines: what each one is for. */
const placesMistake = (line: string): string | undefined => {
  const { unknown } = withReferences(line);
  const [first] = unknown;
  return first === undefined
    ? undefined
    : `has {${first}} in it, which stands for nothing; write \${${first}} for a variable of the shell`;
};

const command = (name: string, example: string, meaning: string): HostOption => ({
  name,
  example,
  meaning,
  check: placesMistake,
});

/** Nothing in a path has to be quoted, for whichever program reads it. */
const safePath = /^(?:\/|\.?[A-Za-z0-9_])[A-Za-z0-9_./@+-]*$/;

function pathMistake(path: string): string | undefined {
  if (!safePath.test(path))
    return `"${path}" is not a path that can be used; write one of letters, digits and . _ / @ + -, from / or from the home folder`;
  if (path.split('/').includes('..')) return `"${path}" has .. in it; write the path without it`;
  return path.replaceAll('/', '') === '' ? 'is the root of the server; write a folder below it' : undefined;
}

const numberMistake =
  (least: number, most: number) =>
  (value: string): string | undefined =>
    /^\d{1,5}$/.test(value) && Number(value) >= least && Number(value) <= most
      ? undefined
      : `"${value}" is not a number from ${least} to ${most}`;

const keyTypes = /^(ssh-(ed25519|rsa|dss)|ecdsa-sha2-nistp\d+|sk-[a-z0-9-]+@openssh\.com)$/;

/** A line of a known_hosts file, as `ssh-keyscan` prints it. */
function knownHostsMistake(line: string): string | undefined {
  const fields = line.split(/\s+/);
  const [, type = '', key = ''] = fields[0]?.startsWith('@') ? fields.slice(1) : fields;
  return keyTypes.test(type) && /^[A-Za-z0-9+/]{32,}={0,2}$/.test(key)
    ? undefined
    : 'is not a line of ssh-keyscan; write it like "shop.example.com ssh-ed25519 AAAA…", without the lines that begin with #';
}

/** Of the way with release folders. */
const releaseOptions: readonly HostOption[] = [
  {
    name: 'path',
    example: '/srv/shop',
    meaning: 'folder of the app on the server, in which `releases/`, `shared/` and the link `current` are',
    check: pathMistake,
  },
  command(
    'install',
    'uv sync --frozen --group production',
    'installs the dependencies, in the release’s folder; where absent `uv sync --frozen --no-dev` for `uv.lock`, pip for `requirements.txt`, both into `.venv`',
  ),
  {
    name: 'python',
    example: 'python3.13',
    meaning: 'makes the virtual environment for `requirements.txt`; `python3` where absent',
    check: (value) => (/^[A-Za-z0-9_./-]+$/.test(value) ? undefined : 'is not the name or path of a program'),
  },
  command('migrate', 'python manage.py migrate --noinput', 'runs before the switch'),
  command(
    'collectstatic',
    'python manage.py collectstatic --noinput',
    'runs before the switch, where the app serves its files',
  ),
  command('reload', 'sudo systemctl restart shop', 'makes the app start from `current`, after the switch'),
  command(
    'health',
    'curl -fsS -o /dev/null http://127.0.0.1:8000/',
    'has to succeed after the switch; else the previous release comes back',
  ),
  {
    name: 'health-tries',
    example: '60',
    meaning: 'how often `health` is tried, a second apart; `30` where absent',
    check: numberMistake(1, 600),
  },
  {
    name: 'shared',
    example: 'media',
    meaning: 'path in the release that is a link to the same path in `shared/`, so that it outlives releases',
    repeatable: true,
    check: (value) =>
      pathMistake(value) ?? (value.startsWith('/') ? 'starts with /; write it as it is in the project' : undefined),
  },
  { name: 'keep', example: '10', meaning: 'how many releases stay; `5` where absent', check: numberMistake(2, 100) },
  {
    name: 'preview-path',
    example: '/srv/previews/shop-{pr}',
    meaning: 'folder of the [preview](#previews-of-pull-requests) of a pull request; `{pr}` is its number',
    check: (value) =>
      value.includes('{pr}')
        ? pathMistake(value.replaceAll('{pr}', '1'))
        : 'is the same for every pull request; write {pr} into it',
  },
  {
    name: 'preview-port',
    example: '20000',
    meaning: 'this and the pull request’s number together are `{port}` and the variable `PORT` in previews',
    check: numberMistake(1024, 65_000),
  },
  command('preview-reload', 'systemctl --user restart shop-preview@{pr}', 'in previews, in place of `reload`'),
  command('preview-health', 'curl -fsS -o /dev/null http://127.0.0.1:{port}/', 'in previews, in place of `health`'),
  command('preview-stop', 'systemctl --user stop shop-preview@{pr}', 'stops a preview before its folder goes'),
];

/** Of the way with command lines alone. */
const commandOptions: readonly HostOption[] = [
  command(
    'command',
    'cd shop && git fetch && git checkout --detach {sha} && docker compose up -d --build --wait',
    'deploys; takes the place of release folders',
  ),
  command(
    'preview-command',
    'dokku git:sync --build shop-pr-{pr} https://github.com/{repository} {sha}',
    'deploys the preview of a pull request',
  ),
  command('teardown-command', 'dokku --force apps:destroy shop-pr-{pr}', 'takes it away'),
  command(
    'rollback-command',
    'kamal rollback {sha}',
    'goes back; `{sha}` and `{release}` are empty for the release before the live one',
  ),
];

export const releaseNames = releaseOptions.map(({ name }) => name);
export const commandNames = commandOptions.map(({ name }) => name);

export const sshOptions: readonly HostOption[] = [
  {
    name: 'known-hosts',
    example: 'shop.example.com ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHv0c3qDqXq2pN1bJ0a8u9yJq4vM7a1f3R2s5t8w1y4z',
    meaning: 'the server’s key, a line as `ssh-keyscan` prints it. No other key is trusted',
    required: true,
    repeatable: true,
    check: knownHostsMistake,
  },
  ...releaseOptions,
  ...commandOptions,
];
