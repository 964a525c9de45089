import { describe, expect, test } from '@jest/globals';
import type { ServerKind } from '../../../../src/project/migrate/effects.ts';
import { judgedOperations, judgeOperation } from '../../../../src/project/migrate/judge-operations.ts';
import type { Operation } from '../../../../src/project/migrate/migration-outcome.ts';
import { operationOf } from '../../../support/operation.ts';

const postgres: ServerKind = { vendor: 'postgresql', product: 'PostgreSQL', major: 17, minor: 0 };
const mariadb: ServerKind = { vendor: 'mysql', product: 'MariaDB', major: 11, minor: 4 };

const kindsOf = (more: Partial<Operation>, server = postgres) =>
  judgeOperation(operationOf(more), server).map(({ kind }) => kind);

const index = (unique: boolean) => ({ name: 'i', type: 'btree', unique });

describe('an operation is judged by what it does', () => {
  test.each<[Partial<Operation>, string[], string[]?]>([
    [{ kind: 'CreateModel' }, []],
    [{ kind: 'DeleteModel' }, ['loses', 'breaks']],
    [{ kind: 'RenameModel', old_name: 'a', new_name: 'b' }, ['breaks']],
    [{ kind: 'AlterModelTable', old_name: 'a', new_name: 'a' }, []],
    [{ kind: 'AlterUniqueTogether', index: index(true) }, ['locks', 'breaks'], ['breaks']],
    [{ kind: 'AlterUniqueTogether' }, []],
    [{ kind: 'AlterIndexTogether', index: index(false) }, ['locks'], []],
    [{ kind: 'AlterOrderWithRespectTo' }, ['breaks']],
    [{ kind: 'AddIndex' }, ['locks'], []],
    [{ kind: 'AddIndexConcurrently' }, []],
    [{ kind: 'AddConstraint', index: index(true) }, ['locks', 'breaks'], ['breaks']],
    [{ kind: 'AddConstraint' }, ['locks', 'breaks']],
    [{ kind: 'AddConstraintNotValid' }, ['breaks']],
    [{ kind: 'RunSQL', statements: ['DROP TABLE a'] }, ['loses', 'breaks']],
    [{ kind: 'RunPython' }, ['unknown']],
    [{ kind: 'TrigramExtension' }, []],
    [{ kind: 'MoveRows' }, ['unknown']],
    [{ kind: null, own_class: 'shop.operations.MoveRows' }, ['unknown']],
  ])('%j', (more, onPostgres, onMariadb = onPostgres) => {
    expect([kindsOf(more), kindsOf(more, mariadb)]).toEqual([onPostgres, onMariadb]);
  });

  test.each(judgedOperations)('%s does nothing where it has no effect', (kind) => {
    expect(kindsOf({ kind, no_effect: true })).toEqual([]);
  });

  // RunSQL and RunPython are about no table.
  test.each(judgedOperations.filter((kind) => !kind.startsWith('Run')))(
    '%s on a table that the same plan makes is no danger',
    (kind) => {
      expect(kindsOf({ kind, new_table: true })).toEqual([]);
    },
  );

  test('one that is not known is named by its class, also on a new table', () => {
    const [effect] = judgeOperation(operationOf({ kind: null, own_class: 'shop.Move', new_table: true }), postgres);
    expect(effect?.text).toContain('shop.Move');
  });
});
