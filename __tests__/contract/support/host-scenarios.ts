import type { HostInputs } from '../../../src/hosts/contract/host.ts';
import type { HostName } from '../../../src/hosts/index.ts';
import { awsScenarios } from './hosts/aws.ts';
import { azureScenarios } from './hosts/azure.ts';
import { caproverScenarios } from './hosts/caprover.ts';
import { coolifyScenarios } from './hosts/coolify.ts';
import { digitalOceanScenarios } from './hosts/digitalocean.ts';
import { flyScenarios } from './hosts/fly.ts';
import { googleScenarios } from './hosts/google.ts';
import { herokuScenarios } from './hosts/heroku.ts';
import { hookScenarios } from './hosts/hook.ts';
import { koyebScenarios } from './hosts/koyeb.ts';
import { northflankScenarios } from './hosts/northflank.ts';
import { pythonanywhereScenarios } from './hosts/pythonanywhere.ts';
import { railwayScenarios } from './hosts/railway.ts';
import { renderScenarios } from './hosts/render.ts';
import { upsunScenarios } from './hosts/upsun.ts';

/** How a deploy goes at the vendor's emulator, in the terms that all vendors share. */
export interface Plot {
  /** How it ends; any other word is one of the subject's `failures`. */
  readonly end: 'live' | 'superseded' | 'cancelled' | 'never' | (string & {});
  /** It is in a state of this name for a while, which is in no documentation. */
  readonly unknownWord?: string;
  /** The answer to the request to deploy does not tell the id of the deploy. */
  readonly hidesId?: true;
  /** What was pushed, at a host that deploys what it sees there; that of the tests' request where absent. */
  readonly pushed?: string;
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
  /** What the vendor does not know: a deploy that is cancelled, states as words. */
  readonly without?: readonly ('cancel' | 'words')[];
  /** Addresses that are asked only for why a deploy ended as it did, or whether a newer one is there. */
  readonly explains?: RegExp;
  /** An answer to a question about the deploy in which nothing is where it should be. */
  readonly wrongShape?: unknown;
  /** Starts the emulator; `now` is the time of the test. */
  start(plot: Plot, now: () => number): Promise<PlottedHost>;
}

export const scenarioSubjects: ScenarioSubject[] = [
  ...awsScenarios,
  ...azureScenarios,
  ...caproverScenarios,
  ...coolifyScenarios,
  ...digitalOceanScenarios,
  ...flyScenarios,
  ...googleScenarios,
  ...herokuScenarios,
  ...koyebScenarios,
  ...northflankScenarios,
  ...pythonanywhereScenarios,
  ...railwayScenarios,
  ...renderScenarios,
  ...upsunScenarios,
  ...hookScenarios,
];
