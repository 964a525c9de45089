import { describe, expect, test } from '@jest/globals';
import type { Run } from '../../../src/commands/run/run.ts';
import { foldersOf } from '../../../src/commands/stages/sync-folders.ts';
import type { Inputs } from '../../../src/inputs/inputs.ts';
import { noProject, planDestination } from '../../../src/plan/destination.ts';
import { createContext } from '../../support/context.ts';
import { createInputs } from '../../support/fakes.ts';

function folders(given: Partial<Inputs>) {
  const inputs = createInputs({ bucket: 'b', ...given });
  const target = planDestination(inputs, createContext(), 'production', noProject, undefined);
  return foldersOf({ inputs } as Run, target, '/site');
}

describe('the folders of a run', () => {
  test('are where the inputs say, static files first', () => {
    expect(folders({ staticDir: 'dist', mediaDir: '/srv/uploads' })).toEqual([
      { kind: 'static', folder: '/site/dist', prefix: 'static/', acl: undefined },
      { kind: 'media', folder: '/srv/uploads', prefix: 'media/', acl: undefined },
    ]);
  });

  test.each<[Partial<Inputs>, string[]]>([
    [{ staticDir: 'dist' }, ['static']],
    [{ mediaDir: 'uploads' }, ['media']],
    [{}, []],
  ])('with %j are %j', (given, kinds) => {
    expect(folders(given).map(({ kind }) => kind)).toEqual(kinds);
  });

  test.each<[Partial<Inputs>, (string | undefined)[]]>([
    [{}, [undefined, undefined]],
    [{ acl: 'public-read' }, ['public-read', 'public-read']],
    [{ acl: 'public-read', mediaAcl: 'private' }, ['public-read', 'private']],
    [{ mediaAcl: 'private' }, [undefined, 'private']],
  ])('with %j have the ACLs %j, of which media has its own or that of static files', (given, acls) => {
    expect(folders({ staticDir: 'dist', mediaDir: 'uploads', ...given }).map(({ acl }) => acl)).toEqual(acls);
  });
});
