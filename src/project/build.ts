import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { findBundled } from '../assets/bundled-files.ts';
import { DeployError } from '../core/errors.ts';
import type { HostMigrations } from '../hosts/contract/host.ts';
import type { Inputs } from '../inputs/inputs.ts';
import type { Finding } from '../report/finding.ts';
import { refuseOutside } from '../sync/checked-root.ts';
import { artifactContents, changedBetween, madeByInstall, takeSnapshot } from './artifact/contents.ts';
import { type HostBuild, makeHostFiles, topNames } from './artifact/host-files.ts';
import { makeArtifact } from './artifact/make-artifact.ts';
import type { Packed } from './artifact/pack.ts';
import { addTracked, atStaticRoot } from './artifact/static-place.ts';
import { findFrontEnds, frontEndFindings, lookAtBuilt, lookAtCheckout, staticRootOf } from './build-findings.ts';
import type { Git } from './checkout/git.ts';
import { type DjangoRequest, runDjango, type Steps } from './django/django.ts';
import { fatalFailure } from './django/fatal-failure.ts';
import type { Outcome } from './django/outcome.ts';
import { hook } from './hook.ts';
import { hostFindings } from './host-findings.ts';
import { withIgnored } from './ignored-files.ts';
import { type InstallIO, install } from './install/install.ts';
import type { Migrated } from './migrate/ask-database.ts';
import { hostMigrationFindings } from './migrate/host-migrations.ts';
import { openCheckout, trackedInCheckout } from './open-checkout.ts';

export interface BuildRequest {
  readonly inputs: Inputs;
  /** Absolute path of the checkout. */
  readonly workspace: string;
  /** Variables that the host sets in its own builds. */
  readonly hostVariables: Readonly<Record<string, string>>;
  /** What the host's own build needs; undefined where it builds nothing from the artifact. */
  readonly hostBuild: HostBuild | undefined;
  /** How the host is told to migrate; undefined if it has no phase for that. */
  readonly hostMigrations: HostMigrations | undefined;
  /** The runner's environment, of which the build gets a part. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Absolute path of a folder of this run. */
  readonly scratch: string;
  /** The Python files that run inside Django. */
  readonly steps: Steps;
}

export interface BuildIO extends InstallIO {
  readonly group: <T>(title: string, work: () => Promise<T>) => Promise<T>;
}

export interface Build {
  readonly outcome: Outcome;
  /** Absolute, real path of the checkout. */
  readonly workspace: string;
  /** Absolute, real path of the working directory. */
  readonly root: string;
  readonly git: Git;
  /** Packs it when it is first asked for. */
  readonly artifact: () => Promise<Packed>;
  /** Names that bundlers made from the content, as their own manifests say. */
  readonly bundled: ReadonlySet<string>;
  /** Findings in the project, apart from those of Django. */
  readonly findings: readonly Finding[];
  readonly migrated: Migrated;
}

/** Django has left nothing to deploy. What it found out is worth saying all the same: one mistake hides no other. */
export class BuildFailure extends DeployError {
  readonly outcome: Outcome;
  /** Absolute, real path of the checkout. */
  readonly workspace: string;
  readonly findings: readonly Finding[];

  constructor(
    { code, message, hint, at }: DeployError,
    outcome: Outcome,
    workspace: string,
    findings: readonly Finding[],
  ) {
    super(code, message, { ...(hint ? { hint } : {}), ...(at ? { at } : {}) });
    this.outcome = outcome;
    this.workspace = workspace;
    this.findings = findings;
  }
}

/** Folder of media that the artifact is to hold for the job that deploys it. */
async function mediaFolder(
  { inputs, scratch }: BuildRequest,
  { workspace, root, outcome }: Pick<Build, 'workspace' | 'root' | 'outcome'>,
): Promise<string | undefined> {
  if (inputs.command !== 'build' || inputs.mediaDir === undefined) return undefined;
  const folder = inputs.mediaDir === 'auto' ? outcome.project?.media_root : join(root, inputs.mediaDir);
  const real = folder && (await realpath(folder).catch(() => undefined));
  if (folder && real) await refuseOutside(real, folder, 'media-dir', [workspace, scratch]);
  return folder ?? undefined;
}

/** What is made when it is first asked for, and once. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

/**
 * From the checkout to collected static files and an artifact.
 * @throws DeployError that names what to fix.
 */
export async function build(request: BuildRequest, io: BuildIO): Promise<Build> {
  const { inputs, scratch } = request;
  const checkout = await openCheckout(request, io);
  const { workspace, root, located, git, source, env } = checkout;
  const start = await lookAtCheckout(checkout, request.environment);
  const installing = { ...request, install: inputs.install, workspace, root, folder: located.folder, env };
  const untouched = await takeSnapshot(root);
  const { python, lockFile, optional, exportRequirements } = await io.group('Install dependencies', () =>
    install(installing, io),
  );
  const installed = madeByInstall(changedBetween(untouched, await takeSnapshot(root)), source.tracked);
  const before = await hook('build-command', inputs.buildCommand, io, root, python);
  const frontEnds = inputs.buildCommand === undefined ? await findFrontEnds(checkout) : undefined;
  const django: DjangoRequest = {
    managePy: join(root, located.managePy),
    projectRoot: root,
    workspace,
    scratch: join(scratch, 'django'),
    checks: inputs.checks !== 'off',
    migrations: inputs.migrate !== 'off',
    tracked: await trackedInCheckout(checkout),
    given: checkout.given,
  };
  const { outcome: told, python: started } = await io.group('Django: checks and collectstatic', () =>
    runDjango(io, request.steps, python, django),
  );
  const outcome = source.fromGit ? await withIgnored(told, git) : told;
  const byHost =
    inputs.migrate === 'host'
      ? await hostMigrationFindings(checkout, request.hostMigrations, inputs.hostInputs.options)
      : [];
  const early = [...start.findings, ...byHost, ...frontEndFindings(outcome, frontEnds)];
  const fatal = fatalFailure(outcome, workspace, {
    optional,
    lockFile,
    withheld: start.withheld,
    findings: early,
  });
  if (fatal) throw new BuildFailure(fatal, outcome, workspace, early);
  const { project } = outcome;
  if (!project) throw new DeployError('INTERNAL', 'Django wrote no settings.');
  const staticRoot = staticRootOf(checkout, project);
  const place = { workspace, staticRoot, collected: outcome.collected?.root };
  await addTracked(root, place, [...source.tracked.map(({ path }) => path), ...before.written]);
  const building = { ...started, env: { ...python.env, ...started.env } };
  const after = await hook('post-build-command', inputs.postBuildCommand, io, root, building, (work) =>
    atStaticRoot(place, work),
  );
  const { hostBuild } = request;
  const names = topNames([...source.tracked.map(({ path }) => path), ...before.written, ...after.written]);
  const { options } = inputs.hostInputs;
  const look = { names, settings: project, folder: located.folder, options, exports: exportRequirements !== undefined };
  const ofHost = hostBuild ? hostFindings(hostBuild, look) : [];
  const findings = [
    ...early,
    ...(await lookAtBuilt(checkout, outcome, place, [...before.written, ...after.written])),
    ...ofHost,
  ];
  const mediaRoot = await mediaFolder(request, { workspace, root, outcome });
  const bundled = await findBundled(root, outcome.collected?.root);
  const artifact = once(async () => {
    const contents = await artifactContents(git, {
      root,
      source,
      hooks: [installed, before, after],
      staticRoot: inputs.staticDir ? join(root, inputs.staticDir) : outcome.collected?.root,
      manifest: outcome.collected?.manifest ?? undefined,
      staticPlace: inputs.staticDir ? undefined : staticRoot,
      mediaRoot,
      forAnotherJob: inputs.command === 'build',
    });
    const atTop = topNames(contents.entries.map(({ path }) => path));
    const added = hostBuild && (await makeHostFiles(hostBuild, atTop, project.python, exportRequirements));
    for (const line of added?.lines ?? []) io.info(line);
    return makeArtifact({
      outcome,
      project,
      root,
      workspace,
      workingDirectory: inputs.workingDirectory,
      git,
      contents: { ...contents, entries: [...contents.entries, ...(added?.entries ?? [])] },
      time: checkout.time,
      lockFile,
      bundled,
      findings,
      format: inputs.artifactFormat,
      path: join(scratch, `artifact.${inputs.artifactFormat}`),
    });
  });
  const { managePy, projectRoot } = django;
  const madeUp = outcome.throw_away ?? [];
  const migrated = { python: started, managePy, projectRoot, staticRoot: join(django.scratch, 'static'), madeUp };
  return { outcome, workspace, root, git, artifact, bundled, findings, migrated };
}
