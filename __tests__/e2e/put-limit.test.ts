import { expect, test } from '@jest/globals';
import { runAction } from '../../demo/parts/action.ts';
import { startProject } from '../support/django-project.ts';
import { startQuickHost } from '../support/quick-host.ts';
import { fewPutsOfOneKey, type Habits, s3Habits } from '../support/s3-habits.ts';
import { startS3Server } from '../support/s3-server.ts';
import { previewSettings } from '../support/workflow.ts';

/**
 * DigitalOcean's limit for PUTs of one key: deploys after one another must not be slowed down by it. The vendors are asked side by
 * side, each with a project, a bucket and a host of its own, because a deploy mostly waits for its proof.
 */
test.concurrent.each<[string, string, Partial<Habits>]>([
  ['has conditional writes', 'minio+', {}],
  ['has conditional writes without quotes', 'ceph+', { ifMatch: 'unquoted' }],
  ['ignores conditions', '', { ifMatch: 'ignored' }],
])('five deploys in a row at a vendor that %s meet no limit', async (_what, scheme, more) => {
  const habits = { ...s3Habits, ...more, refusals: [fewPutsOfOneKey()] };
  const server = await startS3Server({ habits, host: '127.0.0.1' });
  const host = await startQuickHost();
  const project = await startProject();
  await project.append('site1/settings.py', previewSettings('/static/'));
  const changing = new Set<string>();
  try {
    for (let run = 1; run <= 5; run++) {
      await project.append('pages/static/pages/home.css', `\n/* release ${run} */\n`);
      const result = await runAction({
        workspace: project.folder,
        sha: await project.commit(),
        env: { ...project.path, GITHUB_RUN_ID: String(run), GITHUB_RUN_NUMBER: String(run) },
        inputs: {
          ...host.inputs,
          bucket: 'assets',
          endpoint: `${scheme}${server.endpoint}`,
          'access-key-id': 'test-key',
          'secret-access-key': 'test-secret',
          'static-prefix': 'static',
          env: `STATIC_URL=${server.endpoint}/assets/static/`,
          install: 'none',
          prune: '1s',
        },
      });
      expect(result).toMatchObject({ exitCode: 0, outputs: { status: 'live' } });
      for (const key of server.objects.keys()) changing.add(key);
    }
    expect([...changing].filter((key) => key.startsWith('.deploy-django/')).length).toBeGreaterThan(0);
    expect(server.refused.filter((what) => what !== 'the quotes of an ETag')).toEqual([]);
    expect(server.requests.filter(({ method }) => method === 'PUT').length).toBeGreaterThan(100);
  } finally {
    await project.remove();
    await host.stop();
    await server.stop();
  }
});
