import { expect, test } from '@jest/globals';
import { tooLarge } from '../../../../src/project/artifact/artifact-size.ts';

test.each([
  [0, undefined],
  [500_000_000, undefined],
  [500_000_001, /more than these hosts take: Elastic Beanstalk \(476\.8 MiB\)\. .*export-ignore.*\.gitattributes/],
  [1_000_000_001, /Elastic Beanstalk \(476\.8 MiB\), Heroku \(953\.7 MiB\)/],
])('an artifact of %i bytes', (bytes, said) => {
  if (said === undefined) expect(tooLarge(bytes)).toBeUndefined();
  else expect(tooLarge(bytes)).toMatch(said);
});
