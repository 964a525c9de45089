import { describe, expect, test } from '@jest/globals';
import { lastTrace, unhealthy } from '../../../demo/parts/health.ts';

const frames = (...files: string[]) =>
  ['Traceback (most recent call last):', ...files.map((file) => `  File "${file}", line 6, in view\n    work()`)].join(
    '\n',
  );

describe('the last error that an app printed', () => {
  test.each([
    [
      'has the project’s own last line',
      `${frames('/r/hello/views.py', '/p/django/db.py')}\nValueError: no`,
      'ValueError: no (hello/views.py, line 6)',
    ],
    ['has no line where none is the project’s', `${frames('/p/django/db.py')}\nKeyError: 'a'`, "KeyError: 'a'"],
    [
      'is the one that came of another',
      `${frames('/r/a.py')}\nKeyError: 1\n\nDuring …\n\n${frames('/r/b.py')}\nshop.errors.NoStock`,
      'shop.errors.NoStock (b.py, line 6)',
    ],
    ['is nothing without a traceback', 'Not Found: /\n', undefined],
  ])('%s', (_kind, output, told) => {
    expect(lastTrace(output, '/r')).toBe(told);
  });
});

test.each([
  [404, [], '/ answers 404: there is no such page. Name another one, as health-path=/admin/ does'],
  [404, ['/shop/'], '/ answers 404: there is no such page. Name another one, as health-path=/shop/ does'],
  [
    404,
    ['/shop/', '/admin/'],
    '/ answers 404: there is no such page. Name another one, as health-path=/shop/ does (there are also /admin/)',
  ],
  [403, [], '/ answers 403: name a page that everybody may see, as health-path=/about/ does'],
  [500, [], '/ answers 500: the app failed, and its log says why'],
])('a page that answers %d of a project with the pages %j', (status, pages, told) => {
  expect(unhealthy('/', status, { pages, trace: undefined })).toBe(told);
});
