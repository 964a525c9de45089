import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { hosts } from '../../../src/hosts/index.ts';
import { type InputName, table } from '../../../src/inputs/table.ts';
import { fittingWorkflow, type WorkflowFacts } from '../../../src/plan/fitting-workflow.ts';

const facts = (given: Partial<Record<InputName, string>>, more: Partial<WorkflowFacts> = {}): WorkflowFacts => ({
  given: new Map(Object.entries(given) as [InputName, string][]),
  table,
  host: undefined,
  previews: false,
  defaultBranch: 'main',
  python: '3.12.4',
  action: 'acme/deploy-django@v1',
  isSecret: (value) => value.includes('hidden'),
  ...more,
});

interface Step {
  readonly id?: string;
  readonly if?: string;
  readonly uses: string;
  readonly with?: Readonly<Record<string, string>>;
}
interface Workflow {
  readonly on: Readonly<
    Record<string, { readonly branches?: readonly string[]; readonly types?: readonly string[] } | null>
  >;
  readonly jobs: { readonly deploy: { readonly steps: readonly Step[] } };
}
const read = (text: string) => parse(text) as Workflow;
const stepOf = (text: string) => read(text).jobs.deploy.steps.at(-1);

const secret = (name: string) => `\${{ secrets.${name} }}`;
const unlessClosed = `\${{ github.event.action != 'closed' }}`;
const onRender = { name: 'render', definition: hosts.render };

test('a secret of the step is a secret of the workflow, by the name that is usual there', () => {
  const text = fittingWorkflow(
    facts(
      {
        bucket: 'shop',
        endpoint: 'https://nyc3.digitaloceanspaces.com',
        'access-key-id': 'hidden-id',
        'secret-access-key': 'hidden-secret',
        host: 'render',
        service: 'srv-abc123',
        'host-token': 'hidden-token',
      },
      { host: onRender, previews: true },
    ),
  );
  expect(stepOf(text)).toEqual({
    id: 'deploy',
    uses: 'acme/deploy-django@v1',
    with: {
      bucket: 'shop',
      endpoint: 'https://nyc3.digitaloceanspaces.com',
      'access-key-id': secret('SPACES_KEY'),
      'secret-access-key': secret('SPACES_SECRET'),
      host: 'render',
      service: 'srv-abc123',
      'host-token': secret('RENDER_API_KEY'),
    },
  });
  expect(text).not.toContain('hidden');
});

test.each([
  [undefined, 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'],
  ['https://s3.eu-central-1.amazonaws.com', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'],
  ['https://storage.googleapis.com', 'GCS_KEY', 'GCS_SECRET'],
  ['https://0a1b.r2.cloudflarestorage.com', 'R2_KEY', 'R2_SECRET'],
  ['https://s3.us-west-004.backblazeb2.com', 'B2_KEY', 'B2_SECRET'],
  ['minio+https://s3.example.com', 'BUCKET_KEY', 'BUCKET_SECRET'],
])('the keys of a bucket at %s are named as its guide names them', (endpoint, id, key) => {
  const given = { ...(endpoint ? { endpoint } : {}), 'access-key-id': 'hidden-1', 'secret-access-key': 'hidden-2' };
  expect(stepOf(fittingWorkflow(facts(given)))?.with).toMatchObject({
    'access-key-id': secret(id),
    'secret-access-key': secret(key),
  });
});

test('variables and options keep their names, and lose their values where they may be secret', () => {
  const text = fittingWorkflow(
    facts({
      env: 'SECRET_KEY=hidden-1\nDEBUG="no\nreally"\nexport API=hidden-2\nTIME_ZONE=Europe/Berlin\nTITLE="A shop"',
      'host-options':
        'preview-url: https://pr-{pr}.example.com\nsignature-secret: hidden-3\nheader: A: 1\nheader: B: 2',
      'host-env': 'DATABASE_URL={database-url}',
    }),
  );
  expect(stepOf(text)?.with).toEqual({
    env: `SECRET_KEY=${secret('SECRET_KEY')}\nDEBUG=${secret('DEBUG')}\nAPI=${secret('API')}\nTIME_ZONE=Europe/Berlin\nTITLE="A shop"\n`,
    'host-options': `preview-url: https://pr-{pr}.example.com\nsignature-secret: ${secret('SIGNATURE_SECRET')}\nheader: A: 1\nheader: B: 2\n`,
    'host-env': 'DATABASE_URL={database-url}',
  });
  expect(text).not.toContain('hidden');
});

test('a switch is written as people write it', () => {
  expect(fittingWorkflow(facts({ 'apply-policy': 'true' }))).toContain('\n          apply-policy: true\n');
});

test('what belongs to one run is not in it', () => {
  const text = fittingWorkflow(facts({ command: 'check', 'dry-run': 'true', artifact: 'x', 'github-token': 'hidden' }));
  expect(stepOf(text)).toEqual({ id: 'deploy', uses: 'acme/deploy-django@v1' });
});

describe('a host with previews', () => {
  const { on, jobs } = read(
    fittingWorkflow(facts({ host: 'render' }, { host: onRender, previews: true, defaultBranch: 'release' })),
  );

  test('gets the events that make and remove them', () => {
    expect(on.pull_request?.types).toEqual(['opened', 'reopened', 'synchronize', 'closed']);
    expect(on).toHaveProperty('schedule');
    expect(on.push?.branches).toEqual(['release']);
  });

  test('checks nothing out when a pull request is closed', () => {
    expect(jobs.deploy.steps.map((step) => step.if)).toEqual([unlessClosed, unlessClosed, undefined]);
  });
});

test('without previews pull requests are checked, and nothing is swept', () => {
  const { on, jobs } = read(fittingWorkflow(facts({ host: 'hook' })));
  expect(on.pull_request).toBeNull();
  expect(on).not.toHaveProperty('schedule');
  expect(jobs.deploy.steps.map((step) => step.if)).toEqual([undefined, undefined, undefined]);
});

test.each([
  'main',
  'release/1.x',
  'true',
  '1.0',
  'a: b',
  '# no comment',
  '{sha}',
  '"quoted"',
  "it's",
  '*',
  'ends with a space ',
  'https://example.com:8443/a?b=c#d',
  'two\nlines',
  '- a list\n- of two',
])('the value %j is the same text for whoever reads the YAML', (value) => {
  const found = stepOf(fittingWorkflow(facts({ headers: value })))?.with?.headers;
  expect(found?.replace(/\n$/, '')).toBe(value);
});

test.each([
  ['3.13.1', '3.13'],
  ['3.9', '3.9'],
  [undefined, '3.13'],
])('Python %s is %s', (python, version) => {
  const [, setup] = read(fittingWorkflow(facts({}, { python }))).jobs.deploy.steps;
  expect(setup?.with).toEqual({ 'python-version': version });
});

test.each<[string, Partial<Record<InputName, string>>, boolean]>([
  ['no host', { bucket: 'shop' }, true],
  ['"host: none"', { bucket: 'shop', host: 'none' }, true],
  ['a host', { host: 'render' }, false],
])('a step with %s says where to read what a host needs: %#', (_kind, given, says) => {
  const text = fittingWorkflow(facts(given, given.host === 'render' ? { host: onRender } : {}));
  expect(text.includes('docs/hosts says what each host needs')).toBe(says);
});

describe('what is to be done with it', () => {
  test('stands at its head, with the secrets that it reads, each once', () => {
    const given = { 'host-token': 'hidden', env: 'KEY=hidden', 'host-env': 'KEY=hidden' };
    const text = fittingWorkflow(facts(given, { host: onRender, previews: true }));
    const [save, secrets] = text.split('\n');
    expect(save).toBe('# Save it as .github/workflows/deploy.yml, commit and push.');
    expect(secrets).toMatch(/^# Secrets of the environment "production" and of "preview": .*/);
    expect(secrets?.split(': ')[1]?.split(', ').toSorted()).toEqual(['KEY', 'RENDER_API_KEY']);
  });

  test('says that it is not finished where nothing says what is released', () => {
    expect(fittingWorkflow(facts({ bucket: 'shop' }))).toMatch(/^# Not finished: name a host .* Then save it as /);
    expect(fittingWorkflow(facts({ url: 'https://shop.test' }))).toMatch(/^# Save it as /);
  });

  test('names no secrets where there are none', () => {
    expect(fittingWorkflow(facts({ bucket: 'shop' })).split('\n')[1]).toBe('name: Deploy');
  });
});

test.each([
  ['AWS', undefined, true],
  ['another vendor', 'https://nyc3.digitaloceanspaces.com', false],
])('keys at %s: a role is told where there are roles', (_vendor, endpoint, says) => {
  const given = { bucket: 'shop', 'access-key-id': 'hidden', ...(endpoint ? { endpoint } : {}) };
  expect(fittingWorkflow(facts(given)).includes('Or a role in place of both keys')).toBe(says);
});
