import { expect, test } from '@jest/globals';
import { previewName } from '../../../../src/hosts/contract/preview-safety.ts';

test('a name that fits and is plain is kept as it is', () => {
  expect(previewName('shop-prod', 7, 40)).toBe('shop-prod-pr-7');
});

test.each<[string, string, string]>([
  ['differ only behind the cut', `${'shop-'.repeat(9)}east`, `${'shop-'.repeat(9)}west`],
  ['differ only by the case', 'Shop', 'shop'],
  ['differ only by a character that no name may have', 'shop_api', 'shop-api'],
  ['differ only by hyphens at the end', 'shop-', 'shop'],
])('names that %s never have the same preview', (_, one, other) => {
  for (const longest of [23, 32, 40, 49, 63]) {
    const names = [one, other].map((name) => previewName(name, 123, longest));
    expect(new Set(names).size).toBe(2);
    for (const name of names) {
      expect(name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*-pr-123$/);
      expect(name.length).toBeLessThanOrEqual(longest);
    }
  }
});
