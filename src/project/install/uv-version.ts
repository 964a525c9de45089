import { satisfies } from '@renovatebot/pep440';
import type { ProjectFolder } from './choose-installer.ts';

/** What the project says of the version of uv, as a specifier of PEP 440; undefined where it says nothing. */
export function wantedUv(folders: readonly ProjectFolder[]): string | undefined {
  for (const { pyproject, text } of folders) {
    // Of the two uv.toml counts: https://docs.astral.sh/uv/concepts/configuration-files/
    const written = /^\s*required-version\s*=\s*["']([^"']+)["']/m.exec(text('uv.toml') ?? '')?.[1];
    const found = written ?? pyproject?.uvVersion;
    // uv takes a bare version for that one alone.
    if (found) return /^\s*\d/.test(found) ? `==${found.trim()}` : found.trim();
  }
  return undefined;
}

/** Whether a version of uv is one that the project takes. What cannot be read refuses nothing: uv reads it too. */
export function takesUv(wanted: string | undefined, version: string | undefined): boolean {
  if (wanted === undefined || version === undefined) return true;
  try {
    return satisfies(version, wanted);
  } catch {
    return true;
  }
}
