import { expect, test } from '@jest/globals';
import { linesToProve } from '../../../../src/commands/stages/provable-advice.ts';

test.each([
  ['RENDER_GIT_COMMIT', 'os.environ.get("RENDER_GIT_COMMIT", "")'],
  [undefined, 'os.environ.get("RELEASE", "")  # set it at the host to the commit'],
])('the lines that make a deploy provable name the project, and the variable %s of its host', (variable, line) => {
  const text = linesToProve('shop', variable);
  expect(text).toContain('# shop/release.py');
  expect(text).toContain(line);
  expect(text).toContain('add "shop.release.show_release" to MIDDLEWARE');
});
