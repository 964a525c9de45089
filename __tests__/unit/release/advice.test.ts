import { expect, test } from '@jest/globals';
import { provableAdvice } from '../../../src/release/advice.ts';

test.each<[string, Parameters<typeof provableAdvice>[0], string[], string[]]>([
  [
    'the project and the variable of its host',
    {
      settingsModule: 'shop.settings.production',
      commitVariable: 'RENDER_GIT_COMMIT',
      isHook: false,
      sendsCommit: false,
    },
    ['# shop/release.py', 'os.environ.get("RENDER_GIT_COMMIT", "")', '"shop.release.show_release"'],
    ['RELEASE to', '{sha}'],
  ],
  [
    'a place beside settings that are one file and no package',
    { settingsModule: 'settings', commitVariable: 'RENDER_GIT_COMMIT', isHook: false, sendsCommit: false },
    ['# release.py, beside manage.py', 'add "release.show_release" to MIDDLEWARE'],
    ['settings'],
  ],
  [
    'where a hook gets the commit',
    { settingsModule: 'shop.settings', commitVariable: undefined, isHook: true, sendsCommit: false },
    ['os.environ.get("RELEASE", "")', 'body: {"sha": "{sha}"}', 'variable RELEASE'],
    ['RENDER', 'yourproject'],
  ],
  [
    'no place for the commit where the hook has one',
    { settingsModule: 'shop.settings', commitVariable: undefined, isHook: true, sendsCommit: true },
    ['The hook gets it already', 'variable RELEASE'],
    ['body:', 'host-options'],
  ],
  [
    'what to set where nothing is known',
    { settingsModule: undefined, commitVariable: undefined, isHook: false, sendsCommit: false },
    ['# yourproject/release.py', 'Set the variable RELEASE'],
    ['RENDER', '{sha}'],
  ],
])('the advice names %s', (_, facts, has, hasNot) => {
  const advice = provableAdvice(facts);
  for (const part of has) expect(advice).toContain(part);
  for (const part of hasNot) expect(advice).not.toContain(part);
});
