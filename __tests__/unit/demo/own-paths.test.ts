import { expect, test } from '@jest/globals';
import { withoutOwnPaths } from '../../../demo/parts/own-paths.ts';

test('what an app prints has paths of its project and its packages, wherever this machine keeps them', () => {
  const folder = '/tmp/try+1/host';
  const printed = [
    `  File "${folder}/127.0.0.1-release-1-17/shop/urls.py", line 5, in page`,
    `  File "${folder}/127.0.0.1-release-1-17-packages/lib/python3.13/site-packages/django/core/base.py", line 1`,
    '  File "/home/ada/venv/lib/python3.13/site-packages/asgiref/sync.py", line 2',
    "FileNotFoundError: '/srv/data.json'",
  ];
  expect(withoutOwnPaths(printed.join('\n'), folder).split('\n')).toEqual([
    '  File "shop/urls.py", line 5, in page',
    '  File "django/core/base.py", line 1',
    '  File "asgiref/sync.py", line 2',
    "FileNotFoundError: '/srv/data.json'",
  ]);
});
