import { quote } from '../../lib/shell-word.ts';
import type { FrontEndPackage } from './front-ends.ts';

interface PackageManager {
  readonly lock: RegExp;
  readonly install: string;
  readonly run: string;
  /** What says in which folder. */
  readonly within: string;
  readonly setup: string;
}

const npm = { run: 'npm run', within: '--prefix', setup: 'actions/setup-node' };
const managers: readonly PackageManager[] = [
  { lock: /^(package-lock|npm-shrinkwrap)\.json$/, install: 'npm ci', ...npm },
  {
    lock: /^pnpm-lock\.yaml$/,
    install: 'pnpm install --frozen-lockfile',
    run: 'pnpm run',
    within: '--dir',
    setup: 'pnpm/action-setup and actions/setup-node',
  },
  {
    lock: /^yarn\.lock$/,
    install: 'yarn install --frozen-lockfile',
    run: 'yarn run',
    within: '--cwd',
    setup: 'actions/setup-node',
  },
  {
    lock: /^bun\.lockb?$/,
    install: 'bun install --frozen-lockfile',
    run: 'bun run',
    within: '--cwd',
    setup: 'oven-sh/setup-bun',
  },
];

/** How a front-end is built. */
export interface FrontEndAdvice {
  /** What to write into build-command. */
  readonly command: string;
  /** The action that brings what it needs. */
  readonly setup: string;
}

/**
 * The command line that makes the front-end.
 * @param scripts Of package.json, in their order; empty where installing is all.
 * @param program Run by `npx` where no script does it.
 */
export function adviseFrontEnd(
  { folder, files }: FrontEndPackage,
  scripts: readonly string[],
  program?: string,
): FrontEndAdvice {
  const manager = managers.find(({ lock }) => files.some((name) => lock.test(name)));
  const { install, run, within, setup } = manager ?? { install: 'npm install', ...npm };
  const there = (command: string) => (folder === '.' ? command : command.replace(' ', ` ${within} ${quote(folder)} `));
  const runs = folder === '.' ? `npx ${program}` : `(cd ${quote(folder)} && npx ${program})`;
  const builds = scripts.length === 0 ? [program && runs] : scripts.map((script) => there(`${run} ${script}`));
  return { command: [there(install), ...builds].filter(Boolean).join(' && '), setup };
}
