import type { HostDefinition } from '../contract/host.ts';
import { everyIntent } from '../contract/host-option.ts';

export const heroku = {
  title: 'Heroku',
  page: 'hosts/heroku.md',
  migrations: {
    how: 'Add the line "release: python manage.py migrate" to the Procfile: Heroku runs it before a release, and a failure keeps the release before.',
    files: [
      { path: 'Procfile', says: /^release:.*\bmigrate/m },
      { path: 'heroku.yml', says: /^release:[\s\S]*\bmigrate/m },
      { path: 'app.json', says: /"predeploy"\s*:\s*"[^"]*\bmigrate/ },
    ],
  },
  service: { meaning: 'the name of the app', example: 'acme-shop', requiredFor: everyIntent },
  token: {
    meaning: 'an API token, made by "heroku authorizations:create"',
    secretName: 'HEROKU_API_KEY',
    example: 'HRKU-example',
    requiredFor: everyIntent,
  },
  options: [
    {
      name: 'pipeline',
      example: '9b4e2c8a-27d4-4a27-8f2b-3a1f0f5f2f11',
      meaning: 'the id of the pipeline whose review apps are the previews; `heroku pipelines:info` shows it',
    },
  ],
  setsVariables: true,
  artifactFormat: 'tar.gz',
  /** https://devcenter.heroku.com/articles/python-support; of two package managers it takes none: heroku/heroku-buildpack-python#1691. */
  builds: {
    packages: ['requirements.txt', 'Pipfile.lock', 'poetry.lock', 'uv.lock'],
    onePackageFile: true,
    // Its buildpack's lib/python_version.sh ends the build.
    refuses: [{ file: 'runtime.txt', beside: 'uv.lock', instead: '.python-version' }],
    python: ['.python-version', 'runtime.txt'],
    start: {
      files: ['Procfile', 'heroku.yml'],
      without: 'Heroku runs no web process without one',
      line: 'web: {server}',
      port: '$PORT',
    },
  },
  collectsStatic: true,
  ways: [
    ['service', 'host-token'],
    ['service', 'host-token', 'pipeline'],
  ],
  files: ['heroku.yml'],
  matches: ({ token }) => /^HRKU-/.test(token?.reveal() ?? ''),
  check: ({ service }) =>
    service === undefined || /^[a-z0-9-]+$/.test(service)
      ? []
      : [
          {
            input: 'service',
            message: `"${service}" is not the name of a Heroku app; write it as "heroku apps" shows it`,
          },
        ],
  lacks: (capability, { options }) =>
    capability === 'preview' && options.pipeline === undefined
      ? 'previews at Heroku are review apps of a pipeline; set pipeline in host-options'
      : undefined,
  create: async (inputs) => (await import('./heroku-host.ts')).createHeroku(inputs),
} as const satisfies HostDefinition;
