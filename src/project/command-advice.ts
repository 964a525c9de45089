import { shorten } from '../lib/text.ts';
import type { Advice } from './checkout/shell.ts';

interface Remedy {
  readonly when: RegExp;
  readonly hint: (found: string) => string;
}

const setupNode = (version: string): string =>
  `Set node-version: ${version} of actions/setup-node in a step before this one.`;

/** What goes wrong in most front-end builds, and what to type then. */
const remedies: readonly Remedy[] = [
  {
    when: /Required: \{[^}]*"node":"[^"\d]*(\d+)[^}]*\}|The engine "node" is incompatible.*Expected version "[^"\d]*(\d+)/,
    hint: (version) => setupNode(`"${version}"`),
  },
  {
    when: /npm error 404 +Not Found - GET \S+?\/((?:@|%40)?[\w.-]+(?:(?:\/|%2f)[\w.-]+)?)(?:\/-\/|\s)/i,
    hint: (name) =>
      `npm's registry has no ${name}. Fix the name or the version; a private package needs its registry in .npmrc, and the token for it by the input env.`,
  },
  {
    when: /\b(npm|npx|pnpm|yarn|corepack|node): (?:command )?not found/,
    hint: (program) => `There is no ${program} on this machine. Add a step "uses: actions/setup-node" before this one.`,
  },
  {
    when: /\b([\w.-]+): (?:command )?not found/,
    hint: (program) =>
      `There is no ${program} on this machine. Install it first, in build-command itself (npm ci && …) or in a step before this one.`,
  },
  {
    when: /Missing script: "?([^"\s]+)/,
    hint: (script) => `package.json has no script "${shorten(script, 60)}". "npm run" lists those that it has.`,
  },
  {
    when: /`npm ci` can only install|(npm ci).*package-lock\.json/,
    hint: () => 'package-lock.json is missing or out of date. Run "npm install" and commit it.',
  },
];

/** npm warns of every old package of every package, and that is never what stops it. */
const withoutWarnings = (lines: readonly string[]): readonly string[] => {
  const rest = lines.filter((line) => !/^npm (warn|notice)\b/i.test(line));
  return rest.length > 0 ? rest : lines;
};

/** What there is to show of a hook that failed, and what to type next. */
export const adviseHook =
  (name: string) =>
  (lines: readonly string[]): Advice => {
    const text = lines.join('\n');
    for (const { when, hint } of remedies) {
      const found = when.exec(text);
      if (found) return { lines: withoutWarnings(lines), hint: hint(found.slice(1).find(Boolean) ?? '') };
    }
    return { lines: withoutWarnings(lines), hint: `Fix the input ${name}.` };
  };
