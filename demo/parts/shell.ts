import { quote } from '../../src/lib/shell-word.ts';

/** A value as one word of a command that is to be copied: the shells of Windows have no quotes in common but double ones. */
export const wordFor = (text: string, platform: NodeJS.Platform = process.platform): string => {
  if (platform !== 'win32') return quote(text);
  return /^[\w./:\\=,-]+$/.test(text) ? text : `"${text}"`;
};
