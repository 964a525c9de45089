import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { HostDefinition, HostInputs, ReleaseRequest } from '../../../src/hosts/contract/host.ts';
import type { HostName } from '../../../src/hosts/index.ts';
import type { EmulatorReply } from '../../support/emulator.ts';
import { awsSubjects } from './hosts/aws.ts';
import { azureSubjects } from './hosts/azure.ts';
import { caproverSubjects } from './hosts/caprover.ts';
import { coolifySubjects } from './hosts/coolify.ts';
import { digitalOceanSubjects } from './hosts/digitalocean.ts';
import { flySubjects } from './hosts/fly.ts';
import { googleSubjects } from './hosts/google.ts';
import { herokuSubjects } from './hosts/heroku.ts';
import { hookSubjects } from './hosts/hook.ts';
import { koyebSubjects } from './hosts/koyeb.ts';
import { northflankSubjects } from './hosts/northflank.ts';
import { pythonanywhereSubjects } from './hosts/pythonanywhere.ts';
import { railwaySubjects } from './hosts/railway.ts';
import { renderSubjects } from './hosts/render.ts';
import { upsunSubjects } from './hosts/upsun.ts';

/** An emulator of a host that runs, and what of it a test looks at. */
export interface StartedHost {
  readonly inputs: HostInputs;
  /** Commits that production was asked to deploy, the newest first. */
  asked(): readonly string[];
  /** The commit that production serves. */
  served(): string | undefined;
  /** What the host does by itself when somebody pushes to a pull request. */
  pushed(pullRequest: number, sha: string): void;
  /** What is there when somebody pushes to the branch of production, at hosts that deploy the newest commit alone. */
  merged?(sha: string): void;
  /** Commits that each preview was asked to deploy, the newest first; only of those that are there. */
  previews(): readonly (readonly string[])[];
  complaints(): readonly string[];
  stop(): Promise<void>;
}

/** A way to use a host. A new host adds at least one. */
export interface HostSubject {
  readonly host: HostName;
  /** What of the host is used: its API, or its deploy hook alone. */
  readonly way: string;
  /** Whether the host tells how its deploy goes. */
  readonly follows: boolean;
  /** Whether it has previews and goes back. */
  readonly previews: boolean;
  readonly rollsBack: boolean;
  /** Whether `host: auto` can know it by its inputs; it can unless told otherwise. */
  readonly auto?: boolean;
  /** Whether it tells every address of the service, and the emulator has some. */
  readonly tellsDomains?: boolean;
  /** What the check of a new preview of the subject says, where it says anything. */
  readonly previewWarns?: unknown;
  /** `refuse` answers to every request instead. */
  start(refuse?: EmulatorReply): Promise<StartedHost>;
}

export const hostSubjects: HostSubject[] = [
  ...awsSubjects,
  ...azureSubjects,
  ...caproverSubjects,
  ...coolifySubjects,
  ...digitalOceanSubjects,
  ...flySubjects,
  ...googleSubjects,
  ...herokuSubjects,
  ...koyebSubjects,
  ...northflankSubjects,
  ...pythonanywhereSubjects,
  ...railwaySubjects,
  ...renderSubjects,
  ...upsunSubjects,
  ...hookSubjects,
];

/** What a request has of the artifact at a host that takes one: any file will do. */
export async function artifactOf({
  artifactFormat: format,
}: Pick<HostDefinition, 'artifactFormat'>): Promise<Pick<ReleaseRequest, 'artifact'>> {
  if (format === undefined) return { artifact: undefined };
  const path = join(import.meta.dirname, 'host-subjects.ts');
  const bytes = await readFile(path);
  return { artifact: { path, sha256: createHash('sha256').update(bytes).digest('hex'), bytes: bytes.length, format } };
}

/** Starts the emulator for some work, and stops it after that. */
export async function withHost<T>(
  subject: HostSubject,
  refuse: EmulatorReply | undefined,
  work: (started: StartedHost) => Promise<T>,
): Promise<T> {
  const started = await subject.start(refuse);
  try {
    return await work(started);
  } finally {
    await started.stop();
  }
}
