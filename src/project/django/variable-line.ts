import type { ProjectSettings } from './settings-shape.ts';

/** A line of the input `env`; with its value where the settings were tried with it. */
export function lineOf(settings: ProjectSettings | undefined, name: string): string {
  const value = settings?.debug_off?.[name];
  if (value === '') return `${name}= (empty)`;
  return `${name}=${value ?? '…'}`;
}
