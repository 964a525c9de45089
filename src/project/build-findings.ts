import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { below } from '../lib/paths.ts';
import type { Finding } from '../report/finding.ts';
import type { StaticPlace } from './artifact/static-place.ts';
import { fromPointers, pointerStart } from './checkout/lfs.ts';
import { fromSubmodules } from './checkout/submodules.ts';
import { compiledNames, fromTranslations } from './checkout/translations.ts';
import { fromWithheld, readByProject, withheldVariables } from './checkout/withheld-variables.ts';
import type { Outcome } from './django/outcome.ts';
import type { ProjectSettings } from './django/settings-shape.ts';
import { missedFrontEnds } from './frontend/consequences.ts';
import type { FrontEnds } from './frontend/front-ends.ts';
import { forgottenFrontEnds } from './frontend/frontend.ts';
import { readFrontEnds } from './frontend/frontend-files.ts';
import { fromUnmade } from './frontend/not-made.ts';
import {
  fromStaticRootReads,
  mayReadStaticRoot,
  readsOfStaticRoot,
  type StaticRootRead,
} from './frontend/static-root-reads.ts';
import type { Checkout } from './open-checkout.ts';
import { fromHostFiles } from './preflight/host-files.ts';

/** The working directory relative to the checkout, '' or with a slash at its end. */
function prefixOf({ workspace, root }: Checkout): string {
  const inside = below(workspace, root);
  return inside === undefined ? '' : `${inside}/`;
}

/**
 * Findings before anything is installed.
 * @returns With them every variable of the job that the build does not get, to explain what fails by it.
 */
export async function lookAtCheckout(
  checkout: Checkout,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<{ findings: Finding[]; withheld: string[] }> {
  const withheld = withheldVariables(environment, checkout.env);
  const missed = checkout.source.fromGit ? await readByProject(withheld, checkout.git) : [];
  const pointers = checkout.source.fromGit ? await checkout.git.filesWith(pointerStart) : [];
  const prefix = prefixOf(checkout);
  const findings = [
    ...fromPointers(pointers.map((path) => prefix + path)),
    ...fromSubmodules(checkout.source.tracked, prefix),
    ...fromWithheld(missed),
  ];
  return { findings, withheld };
}

/** Front-ends of the project, read before collectstatic copies what there is. */
export const findFrontEnds = (checkout: Checkout): Promise<FrontEnds> =>
  readFrontEnds(checkout.root, checkout.located.folder, prefixOf(checkout));

/** A front-end that nothing has built: by what its configuration says, else by what is missing because of it. */
export function frontEndFindings(outcome: Outcome, frontEnds: FrontEnds | undefined): Finding[] {
  if (!frontEnds) return [];
  const plain = forgottenFrontEnds(frontEnds);
  return plain.length > 0 ? plain : missedFrontEnds(outcome, frontEnds);
}

/** Absolute path at which the project looks for static files: its storage's own, or STATIC_ROOT, relative to manage.py. */
export function staticRootOf({ root, located }: Checkout, settings: ProjectSettings): string | undefined {
  const { static_storage: storage, static_root: set } = settings;
  if (storage?.local && storage.location) return storage.location;
  return set ? resolve(root, located.folder, set) : undefined;
}

/** What the project's own code reads in STATIC_ROOT, by the files that mention it. */
async function findReads({ git, root, source }: Checkout): Promise<StaticRootRead[]> {
  if (!source.fromGit) return [];
  const paths = (await git.filesWith('STATIC_ROOT')).filter(mayReadStaticRoot);
  return paths.flatMap((path) => readsOfStaticRoot(path, readFileSync(join(root, path), 'utf8')));
}

/**
 * Findings when all hooks have run: what should be there now and is not.
 * @param written What the hooks have written, relative to the working directory.
 */
export async function lookAtBuilt(
  checkout: Checkout,
  outcome: Outcome,
  { workspace, staticRoot, collected }: StaticPlace,
  written: readonly string[],
): Promise<Finding[]> {
  const tracked = checkout.source.tracked.map(({ path }) => path);
  const missing = compiledNames(tracked).filter((path) => !existsSync(join(checkout.root, path)));
  const hostFiles = tracked
    .filter((path) => path === 'app.yaml' || /^\.ebextensions\/[^/]+\.config$/.test(path))
    .filter((path) => existsSync(join(checkout.root, path)))
    .map((path) => ({ path, text: readFileSync(join(checkout.root, path), 'utf8') }));
  const root = staticRoot === undefined ? undefined : below(checkout.root, staticRoot);
  return [
    ...fromUnmade(outcome, workspace, [collected, staticRoot], checkout.located.managePy),
    ...fromStaticRootReads(await findReads(checkout), {
      paths: [...written, ...tracked],
      isCollected: (name) => [collected, staticRoot].some((folder) => folder && existsSync(join(folder, name))),
      staticRoot: root,
      prefix: prefixOf(checkout),
    }),
    ...fromHostFiles(hostFiles, outcome.project?.static_url ?? null, root, prefixOf(checkout)),
    ...fromTranslations(missing, prefixOf(checkout), checkout.located.managePy),
  ];
}
