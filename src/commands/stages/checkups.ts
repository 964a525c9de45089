import { plural } from '../../lib/text.ts';
import type { ChosenHost, LiveBefore } from '../../release/before.ts';
import { type Finding, todoOf } from '../../report/finding.ts';
import type { StageResult } from '../../report/recorder.ts';
import type { Checkup } from '../../report/report.ts';

/** What a look of `command: check` came to. */
type Seen = Omit<StageResult<unknown>, 'value' | 'facts'>;

/** A host that was asked has said that there is such a service; of one that cannot be asked nobody knows. */
export const hostAsked = ({ host, title }: ChosenHost): Seen =>
  host.check
    ? { result: `${title} was asked, and knows what it is to deploy` }
    : {
        result: `Nothing was asked: by these inputs ${title} takes a deploy and answers no question before`,
        level: 'open',
      };

/** `rollback: true` at a host that goes back to nothing; the reason says what to write. */
export const noWayBack = (reason: string): Checkup => ({
  name: 'Rollback',
  level: 'warning',
  found: '"rollback: true" would change nothing',
  todo: `${reason[0]?.toUpperCase()}${reason.slice(1)}. Or leave rollback out.`,
});

const named = (input: string) =>
  `Set ${input} to the public address of the site. Without it a deploy ends "triggered", because nothing can be proven.`;

interface SiteAsked {
  /** A host is asked to deploy. */
  readonly asks: boolean;
  readonly preview: boolean;
  /** The release that the ledger knows to be live. */
  readonly live: string | undefined;
}

/** What answers at the site before a deploy. */
export function siteSeen({ url, page, status }: LiveBefore, { asks, preview, live }: SiteAsked): Seen {
  if (url === undefined && asks)
    return {
      result: 'No URL is known',
      level: 'warning',
      todo: named(preview ? 'preview-url in host-options' : 'url'),
    };
  if (url === undefined)
    return { result: 'Neither a host nor a URL is named: a deploy would release nothing', level: 'open' };
  if (page !== undefined) return { result: `${url} answers` };
  const how = status === undefined ? 'does not answer' : `answers ${status}`;
  if (live === undefined) return { result: `${url} ${how}, as it may before a first deploy`, level: 'open' };
  return {
    result: `${url} ${how}, though ${live} is live`,
    level: 'warning',
    todo: "Visitors get no page now. Look into the app's log, or deploy or roll back.",
  };
}

/** A step without github-token. Outside of GitHub there is none to give. */
export const withoutToken = (atGitHub: boolean): Omit<Checkup, 'name'> =>
  atGitHub
    ? {
        level: 'warning',
        found: 'No token: there will be no deployment and no comment',
        todo: 'Leave github-token out, so that it is the token of the job.',
      }
    : { level: 'open', found: 'Not asked: this run is not at GitHub, where the job has a token', todo: undefined };

/** Settings that do not know the address at which the host has the site. */
export const addressUnknown = (findings: readonly Finding[]): Omit<Checkup, 'name'> => ({
  level: 'warning',
  found: `They do not fit the site's address: ${plural(findings.length, 'warning')}`,
  todo: todoOf(findings),
});

/**
 * The last sentence of a check that found nothing that stops a deploy.
 * @param hasHost Whether the inputs name a host.
 */
export function verdict(checkups: readonly Checkup[], hasHost: boolean): string {
  const warned = checkups.filter(({ level }) => level === 'warning').map(({ name }) => name);
  const sentence =
    warned.length === 0
      ? 'There is nothing to fix, and nothing was changed.'
      : `Nothing stops a deploy, and nothing was changed. There are warnings: ${warned.join(', ')}.`;
  return hasHost ? sentence : `${sentence} No host is named, so a deploy would ask none to release it.`;
}
