import { describe, expect, test } from '@jest/globals';
import { sweep } from '../../../../src/commands/sweep.ts';
import { teardown } from '../../../../src/commands/teardown.ts';
import { DeployError } from '../../../../src/core/errors.ts';
import { statementId, withPublicRead } from '../../../../src/store/bucket-policy.ts';
import type { CorsRule } from '../../../../src/store/bucket-settings.ts';
import { ruleFor, ruleId } from '../../../../src/store/cors.ts';
import { memoryStore } from '../../../support/fakes.ts';
import { memoryGitHub } from '../../../support/github/memory.ts';
import { identityOf } from '../../../support/identity.ts';
import type { MemorySettingsOptions } from '../../../support/memory-settings.ts';
import { createRun } from '../../../support/run.ts';

const theirs: CorsRule = { ID: 'uploads', AllowedOrigins: ['https://admin.example.com'], AllowedMethods: ['PUT'] };
const rule = (environment: string) =>
  ruleFor(ruleId(identityOf(environment)), [`https://${environment.replace('/', '-')}.test`]);
const rules = [theirs, rule('production'), rule('preview/pr-7'), rule('preview/pr-8')];
const foreign = { Sid: 'Theirs', Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: 'arn:aws:s3:::site/kept/*' };

/** A policy with a statement of each environment. */
const policyFor = (...environments: readonly string[]) =>
  environments.reduce(
    (json, environment) => {
      const files = { bucket: 'site', prefix: `${environment}/static/`, partition: 'aws' };
      const change = withPublicRead(json, statementId(identityOf(environment)), files);
      return change.kind === 'change' ? change.json : json;
    },
    JSON.stringify({ Statement: [foreign] }),
  );
const sids = (json: string | undefined) => JSON.parse(json ?? '{}').Statement.map(({ Sid }: { Sid: string }) => Sid);

const inputs = { bucket: 'site', allowedOrigins: ['auto'], applyPolicy: true };
const head = 'a'.repeat(40);

async function close(settings: MemorySettingsOptions, more: Partial<typeof inputs> = {}) {
  const store = memoryStore({ settings });
  const run = createRun({ store, plan: { kind: 'teardown', pullRequest: 7 }, inputs: { ...inputs, ...more } });
  await teardown(run, 7);
  return { store, stages: run.recorder.report().stages };
}

describe('the end of a preview', () => {
  test('takes its own rule and its own statement away; those of production, other previews and others stay', async () => {
    const policy = policyFor('production', 'preview/pr-7', 'preview/pr-8');
    const { store, stages } = await close({ cors: rules, policy });
    expect(store.settings.cors).toEqual(rules.filter(({ ID }) => !ID?.endsWith('pr-7')));
    expect(sids(store.settings.json)).toEqual([
      'Theirs',
      ...['production', 'preview/pr-8'].map((one) => statementId(identityOf(one))),
    ]);
    expect(stages.at(-1)).toMatchObject({
      name: 'Settings',
      result: 'CORS rule and statement of the bucket policy gone',
    });
  });

  test('changes nothing where nothing of it is there, or nothing may be read', async () => {
    const none = await close({ cors: [theirs], policy: policyFor('production') });
    expect([none.store.settings.writes, none.stages.at(-1)?.result]).toEqual([[], 'nothing of it is there']);
    const failOn = () => new DeployError('BUCKET_DENIED', 'no');
    const denied = await close({ cors: rules, failOn });
    expect([denied.store.settings.writes, denied.stages.at(-1)]).toMatchObject([
      [],
      { failed: false, result: expect.stringContaining('may not be changed') },
    ]);
  });

  test('asks for no settings where the step sets none', async () => {
    const failOn = () => new DeployError('BUCKET_FAILED', 'asked');
    const { stages } = await close({ failOn }, { allowedOrigins: [], applyPolicy: false });
    expect(stages.map(({ name }) => name)).not.toContain('Settings');
  });
});

test('a sweep finds a preview of which nothing is left but its rule', async () => {
  const store = memoryStore({ settings: { cors: rules } });
  const github = memoryGitHub([7, 8].map((number) => ({ number, open: number === 8, head, from: 'octo/site' })));
  const run = createRun({ store, github, plan: { kind: 'sweep' }, inputs, context: { event: 'schedule' } });
  await sweep(run);
  expect(store.settings.cors).toEqual(rules.filter(({ ID }) => !ID?.endsWith('pr-7')));
  expect(run.recorder.report()).toMatchObject({ reason: '2 previews found, 1 taken away.' });
});
