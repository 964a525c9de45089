import { posix } from 'node:path';
import { listSome } from '../../lib/text.ts';
import type { Finding } from '../../report/finding.ts';
import { withManagePy } from './manage-py.ts';

/** Where gettext keeps what translators write: `locale/de/LC_MESSAGES/django.po`. */
const catalogue = /(^|\/)LC_MESSAGES\/[^/]+\.po$/;

/** For each of the project's catalogues that git holds, the compiled one that Django reads. */
export const compiledNames = (tracked: Iterable<string>): string[] =>
  [...tracked].filter((path) => catalogue.test(path)).map((path) => `${path.slice(0, -3)}.mo`);

/**
 * Catalogues that nobody has compiled.
 * @param missing Compiled names that are not there, relative to the working directory.
 * @param prefix The working directory relative to the checkout, '' or with a slash at its end.
 * @param managePy Relative to the working directory.
 */
export function fromTranslations(missing: readonly string[], prefix: string, managePy: string): Finding[] {
  const [first] = missing;
  if (first === undefined) return [];
  const languages = [...new Set(missing.map((path) => posix.basename(posix.dirname(posix.dirname(path)))))].sort();
  const message = `The translations for ${listSome(languages, 5)} are not compiled (there is no ${prefix}${first}), so that the site speaks the language of its source. Write build-command: ${withManagePy('python manage.py compilemessages', managePy)}, and "sudo apt-get install --yes gettext" in a step before this one.`;
  return [{ level: 'warning', id: 'deploy.translations', message, at: { file: `${prefix}${first.slice(0, -3)}.po` } }];
}
