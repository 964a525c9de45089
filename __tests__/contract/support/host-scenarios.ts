import type { HostInputs } from '../../../src/hosts/contract/host.ts';
import type { HostName } from '../../../src/hosts/index.ts';
import { Secret } from '../../../src/lib/secret.ts';
import { renderService, renderToken, startRender } from '../../support/render.ts';

/** How a deploy goes at the vendor's emulator, in the terms that all vendors share. */
export interface Plot {
  /** How it ends; any other word is one of the subject's `failures`. */
  readonly end: 'live' | 'superseded' | 'cancelled' | 'never' | (string & {});
  /** It is in a state of this name for a while, which is in no documentation. */
  readonly unknownWord?: string;
  /** The answer to the request to deploy does not tell the id of the deploy. */
  readonly hidesId?: true;
  /** The vendor deploys this commit instead of the one that was asked for. */
  readonly otherCommit?: string;
}

export interface PlottedHost {
  readonly inputs: HostInputs;
  /** How many deploys production was asked for. */
  deploys(): number;
  complaints(): readonly string[];
  stop(): Promise<void>;
}

/** A host whose deploys go as a plot says. A new host adds one for each way that can be followed. */
export interface ScenarioSubject {
  readonly host: HostName;
  readonly way: string;
  /** Failures that the vendor tells from each other, and what the error has to say of them. */
  readonly failures: Readonly<Record<string, RegExp>>;
  /** An answer to a question about the deploy in which nothing is where it should be. */
  readonly wrongShape?: unknown;
  /** Starts the emulator; `now` is the time of the test. */
  start(plot: Plot, now: () => number): Promise<PlottedHost>;
}

const none = { service: undefined, token: undefined, deployHook: undefined, options: {} };

const renderEnds: Readonly<Record<string, string>> = {
  live: 'live',
  superseded: 'deactivated',
  cancelled: 'canceled',
  never: 'update_in_progress',
  'the build fails': 'build_failed',
  'the pre-deploy command fails': 'pre_deploy_failed',
  'the start fails': 'update_failed',
};

export const scenarioSubjects: ScenarioSubject[] = [
  {
    host: 'render',
    way: 'its API',
    failures: {
      'the build fails': /the build failed: exit status 1/,
      'the pre-deploy command fails': /the pre-deploy command failed/,
      'the start fails': /the new version did not start/,
    },
    async start({ end, unknownWord, hidesId, otherCommit }) {
      const script = ['build_in_progress', ...(unknownWord ? [unknownWord] : []), renderEnds[end] ?? end];
      const emulator = await startRender({
        script,
        reason: { failure: { nonZeroExit: 1 } },
        ...(hidesId ? { queue: true } : {}),
        ...(otherCommit ? { otherCommit } : {}),
      });
      return {
        inputs: {
          ...none,
          service: renderService,
          token: new Secret(renderToken),
          options: { 'api-url': [emulator.origin] },
        },
        deploys: () => emulator.deploys.length,
        complaints: () => emulator.complaints,
        stop: emulator.stop,
      };
    },
  },
];
