import { expect, test } from '@jest/globals';
import { toolRequirements } from '../../../../src/project/install/tool-requirements.ts';
import { toolVersions } from '../../../../src/project/install/tool-versions.ts';

test.each(Object.entries(toolVersions))(
  'the requirements of %s are of its version, and each has its hashes',
  (tool, version) => {
    const text = toolRequirements[tool as keyof typeof toolVersions];
    const requirements = text.trim().split(/\n(?=\S)/);
    expect(requirements.some((line) => line.startsWith(`${version.replace(/\[.*\]/, '')} `))).toBe(true);
    for (const requirement of requirements) {
      expect(requirement).toMatch(
        /^[\w.-]+(\[\w+\])?==[\w.]+( ; [^\\]+)? \\\n( {4}--hash=sha256:[0-9a-f]{64}( \\\n)?)+$/,
      );
    }
  },
);
