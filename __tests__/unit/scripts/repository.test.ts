import { describe, expect, test } from '@jest/globals';
import { ownerOf, withOwner } from '../../../scripts/docs/repository.ts';

describe('the repository of package.json', () => {
  test('names the owner', () => {
    expect(ownerOf(JSON.stringify({ repository: 'github:some-body/deploy-django' }))).toBe('some-body');
  });

  test.each(['some-body/deploy-django', 'github:some-body/other', ''])('is refused as %p', (repository) => {
    expect(() => ownerOf(JSON.stringify({ repository }))).toThrow('is not "github:NAME/deploy-django"');
  });
});

describe('the owner is written', () => {
  test.each([
    ['a step', '      - uses: OWNER/deploy-django@0000 # v1', '      - uses: us/deploy-django@0000 # v1'],
    ['a step again', 'uses: them/deploy-django@<commit>', 'uses: us/deploy-django@<commit>'],
    ['an address', 'https://github.com/OWNER/deploy-django/actions', 'https://github.com/us/deploy-django/actions'],
    ['a code owner', '# who\n* @OWNER\n', '# who\n* @us\n'],
  ])('into %s', (_where, before, after) => {
    expect(withOwner(before, 'us')).toBe(after);
  });

  test.each(['uses: actions/checkout@1', 'https://github.com/django/django', 'OWNER of the database', '/docs @OWNER'])(
    'and not into %p',
    (text) => {
      expect(withOwner(text, 'us')).toBe(text);
    },
  );
});
