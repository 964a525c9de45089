import { describe, expect, test } from '@jest/globals';
import { releaseNotes } from '../../../scripts/release-notes.ts';

const changelog = `# Changelog

## Unreleased

- not yet

## 1.10.0 (2026-02-03)

- the newer

## 1.1.0 (2026-01-02)

- the one

  with a second line

## 1.0.0

- without a date

## 0.9.0 (2025-12-31)

`;
const at = (version: string) => JSON.stringify({ version });

describe('notes of a release', () => {
  test('are the section of that version alone', () => {
    expect(releaseNotes(changelog, at('1.1.0'), '1.1.0')).toBe('- the one\n\n  with a second line');
    expect(releaseNotes(changelog, at('1.10.0'), '1.10.0')).toBe('- the newer');
  });

  test.each([
    ['another version in package.json', '1.1.0', '1.2.0', 'package.json has version 1.2.0'],
    ['no section', '1.2.0', '1.2.0', 'CHANGELOG.md has no section "## 1.2.0 (YYYY-MM-DD)"'],
    ['a section without a date', '1.0.0', '1.0.0', '"## 1.0.0" has no date'],
    ['an empty section', '0.9.0', '0.9.0', 'the section of 0.9.0 is empty'],
    ['the head of a longer version', '1.1', '1.1', 'has no section'],
  ])('are refused for %s', (_what, wanted, version, message) => {
    expect(() => releaseNotes(changelog, at(version), wanted)).toThrow(message);
  });
});
