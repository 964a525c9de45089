import { execFileSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { DeployError } from '../../../src/core/errors.ts';
import { building, collect, files, packed, warnings } from '../../support/building.ts';
import { gitEnv, repository, tempFolder, writeFiles } from '../../support/project.ts';

describe('the project is found', () => {
  test('below the working directory, with the requirements beside it', async () => {
    const root = await repository({
      'services/web/src/manage.py': '',
      'services/web/src/requirements.txt': '',
      'services/api/manage.py': '',
    });
    const { work, asked, commands } = building(root, { workingDirectory: 'services/web' });
    const { artifact } = await work();
    const web = join(root, 'services/web');
    expect(asked).toMatchObject([{ manage_py: join(web, 'src/manage.py'), project_root: web }]);
    const install = commands.find(({ args }) => args.includes('install'));
    expect(install?.args).toContain(join(web, 'src/requirements.txt'));
    expect(packed(artifact.path)).toContain('src/manage.py');
  });

  test.each([
    ['a/b/c/manage.py', 'built'],
    ['a/b/c/d/manage.py', 'PROJECT_NOT_FOUND'],
  ])('in %s: %s', async (path, result) => {
    const { work } = building(await repository({ [path]: '', 'requirements.txt': '' }));
    const end = await work().then(
      () => 'built',
      (error: DeployError) => error.code,
    );
    expect(end).toBe(result);
  });

  test('through a link to the checkout, which Python resolves in STATIC_ROOT', async () => {
    const root = await repository(files);
    const workspace = join(tempFolder(), 'workspace');
    symlinkSync(root, workspace);
    const { artifact } = await building(workspace, {}, (asked) => collect({ ...asked, project_root: root })).work();
    expect(packed(artifact.path)).toContain('staticfiles/app.0a1b.css');
  });
});

describe('a build warns', () => {
  test('that there is no git checkout, and packs the files as they are', async () => {
    const root = tempFolder();
    await writeFiles(root, files);
    const { work, said } = building(root);
    const { artifact } = await work();
    expect(warnings(said)).toEqual([expect.stringMatching(/no git checkout.*actions\/checkout/)]);
    expect(packed(artifact.path)).toEqual(expect.arrayContaining(['manage.py', 'staticfiles/app.0a1b.css']));
    expect(packed(artifact.path)).not.toContain('db.sqlite3');
  });

  test('of a lock file that is not used, and only where it chose between them', async () => {
    const both = { ...files, 'uv.lock': '' };
    const chosen = building(await repository(both));
    await chosen.work();
    expect(warnings(chosen.said)).toEqual([
      'warning: Dependencies are installed from uv.lock; requirements.txt is not used.',
    ]);
    const told = building(await repository(both), { install: 'none' });
    await told.work();
    expect(warnings(told.said)).toEqual([]);
  });

  test.each([
    ['includes the one that is installed from', { 'requirements.txt': '-r requirements/prod.txt\n' }],
    ['is included by it', { 'requirements.txt': 'django\n', 'requirements/prod.txt': '-r ../requirements.txt\n' }],
  ])('not of a file of requirements that %s', async (_how, requirements) => {
    const both = { ...files, 'requirements/prod.txt': 'django\n', ...requirements };
    const { work, said } = building(await repository(both));
    await work();
    expect(warnings(said)).toEqual([]);
  });

  test('of a link that it left out of the artifact', async () => {
    const root = await repository(files);
    symlinkSync('/etc/hosts', join(root, 'hosts'));
    execFileSync('git', ['add', 'hosts'], { cwd: root, env: gitEnv });
    const { artifact, left } = await building(root).work();
    expect(left).toEqual([expect.stringContaining('hosts: a link that leads out')]);
    expect(packed(artifact.path)).not.toContain('hosts');
  });
});
