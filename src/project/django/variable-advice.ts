import { listSome } from '../../lib/text.ts';
import { isMarkOfRunner } from '../checkout/build-environment.ts';
import type { ProjectSettings } from './settings-shape.ts';

/** A line of the input `env`; with its value where the settings were tried with it. */
export function lineOf(settings: ProjectSettings | undefined, name: string): string {
  const value = settings?.debug_off?.[name];
  if (value === '') return `${name}= (empty)`;
  return `${name}=${value ?? '…'}`;
}

/** Variables that decide a setting, and that the host may have; no host says that it is a runner. */
export const unsetVariables = (settings: ProjectSettings, name: string): readonly string[] =>
  (settings.assigned[name]?.variables ?? []).filter((one) => !isMarkOfRunner(one));

/** What to type so that the build has what decides a setting on the host; undefined where nothing is known of that. */
export function giveVariables(settings: ProjectSettings, name: string): string | undefined {
  const names = unsetVariables(settings, name);
  if (names.length === 0) return undefined;
  const lines = names.map((one) => lineOf(settings, one));
  return `It depends on ${listSome(names, 5)}, not set in this build. Give the build what the host has, by the input env: ${listSome(lines, 5)}`;
}

/**
 * The same for a storage that cannot be made or used: by the settings that its error names, else by those that choose it.
 * @param text What the error says.
 */
export function giveStorageVariables(settings: ProjectSettings, alias: string, text: string): string | undefined {
  const named = (text.match(/\b[A-Z][A-Z0-9_]{3,}\b/g) ?? []).filter((name) => settings.assigned[name]);
  const old = alias === 'staticfiles' ? 'STATICFILES_STORAGE' : 'DEFAULT_FILE_STORAGE';
  const advice = [...named, 'STORAGES', old].map((name) => giveVariables(settings, name));
  return advice.find((one) => one !== undefined);
}
