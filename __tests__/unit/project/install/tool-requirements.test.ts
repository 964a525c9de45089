import { expect, test } from '@jest/globals';
import { driverRequirements } from '../../../../src/project/install/driver-requirements.ts';
import { toolRequirements } from '../../../../src/project/install/tool-requirements.ts';
import { driverVersions, toolVersions } from '../../../../src/project/install/tool-versions.ts';

const versions = { ...toolVersions, ...driverVersions };
const all = { ...toolRequirements, ...driverRequirements };

test.each(Object.entries(versions))(
  'the requirements of %s are of its version, and each has its hashes',
  (tool, version) => {
    const text = all[tool as keyof typeof versions];
    const requirements = text.trim().split(/\n(?=\S)/);
    expect(requirements.some((line) => line.startsWith(`${version.replace(/\[.*\]/, '').toLowerCase()} `))).toBe(true);
    for (const requirement of requirements) {
      expect(requirement).toMatch(
        /^[\w.-]+(\[\w+\])?==[\w.]+( ; [^\\]+)? \\\n( {4}--hash=sha256:[0-9a-f]{64}( \\\n)?)+$/,
      );
    }
  },
);
