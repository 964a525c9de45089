import type { HostInputs } from '../../../src/hosts/contract/host.ts';
import type { HostName } from '../../../src/hosts/index.ts';
import { Secret } from '../../../src/lib/secret.ts';
import { coolifyApp, coolifyToken, startCoolify } from '../../support/hosts/coolify.ts';
import { digitalOceanApp, digitalOceanToken, startDigitalOcean } from '../../support/hosts/digitalocean.ts';
import { herokuApp, herokuToken, startHeroku } from '../../support/hosts/heroku.ts';
import { koyebService, koyebToken, startKoyeb } from '../../support/hosts/koyeb.ts';
import { startWebhook, webhookOptions, webhookToken } from '../../support/hosts/webhook.ts';
import { renderService, renderToken, startRender } from '../../support/render.ts';
import { cloudScenarios } from './cloud-scenarios.ts';
import { caproverScenarios } from './hosts/caprover.ts';
import { flyScenarios } from './hosts/fly.ts';
import { northflankScenarios } from './hosts/northflank.ts';
import { pythonanywhereScenarios } from './hosts/pythonanywhere.ts';
import { railwayScenarios } from './hosts/railway.ts';
import { upsunScenarios } from './hosts/upsun.ts';

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
  /** What the vendor does not know: a deploy that is cancelled, states as words. */
  readonly without?: readonly ('cancel' | 'words')[];
  /** An answer to a question about the deploy in which nothing is where it should be. */
  readonly wrongShape?: unknown;
  /** Starts the emulator; `now` is the time of the test. */
  start(plot: Plot, now: () => number): Promise<PlottedHost>;
}

import { sha } from '../../support/release.ts';

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

const oceanEnds: Readonly<Record<string, string>> = {
  live: 'ACTIVE',
  superseded: 'SUPERSEDED',
  cancelled: 'CANCELED',
  never: 'DEPLOYING',
  'the build fails': 'ERROR build',
  'the health check fails': 'ERROR deploy',
  'the pre-deploy job fails': 'ERROR migrate',
  'nobody says why': 'ERROR',
};

const herokuEnds: Readonly<Record<string, string>> = {
  live: 'succeeded',
  superseded: 'superseded',
  cancelled: 'canceled',
  never: 'release pending',
  'the build fails': 'failed',
  'the release phase fails': 'release failed',
  'the release phase takes too long': 'release expired',
};

const koyebEnds: Readonly<Record<string, string>> = {
  live: 'HEALTHY',
  superseded: 'STASHED',
  cancelled: 'CANCELED',
  never: 'STARTING',
  'the build fails': 'ERROR build',
  'the new version is unhealthy': 'UNHEALTHY',
  'some instances are unhealthy': 'DEGRADED',
  'nobody says why': 'ERROR',
};

const coolifyEnds: Readonly<Record<string, string>> = {
  live: 'finished',
  superseded: 'finished, then another',
  cancelled: 'cancelled-by-user',
  never: 'in_progress',
  'the build fails': 'failed build',
  'the container does not start': 'failed start',
  'nobody says why': 'failed',
};

export const scenarioSubjects: ScenarioSubject[] = [
  ...caproverScenarios,
  ...cloudScenarios,
  ...flyScenarios,
  ...northflankScenarios,
  ...pythonanywhereScenarios,
  ...railwayScenarios,
  ...upsunScenarios,
  {
    host: 'coolify',
    way: 'its API',
    failures: {
      'the build fails':
        /the build failed: ERROR: No matching distribution found for djnago[\s\S]*Building docker image/,
      'the container does not start': /the new container did not start: gunicorn: error/,
      'nobody says why': /the deployment failed/,
    },
    async start({ end, unknownWord, hidesId, otherCommit }, now) {
      const states = ['in_progress', ...(unknownWord ? [unknownWord] : []), coolifyEnds[end] ?? end];
      const heads = new Map([[0, sha]]);
      const given = { ...(hidesId ? { hidesId } : {}), ...(otherCommit ? { otherCommit } : {}) };
      const emulator = await startCoolify({ states, heads, now, ...given });
      return {
        inputs: {
          ...none,
          service: coolifyApp,
          token: new Secret(coolifyToken),
          options: { 'api-url': [emulator.origin] },
        },
        deploys: () => emulator.requests.filter(({ path }) => path.startsWith('/api/v1/deploy?')).length,
        complaints: () => emulator.complaints,
        stop: emulator.stop,
      };
    },
  },
  {
    host: 'koyeb',
    way: 'its API',
    failures: {
      'the build fails': /the build failed: exit code 1 no matching distribution[\s\S]*No matching distribution found/,
      'the new version is unhealthy': /the new version is unhealthy: TCP health check failed/,
      'some instances are unhealthy': /some instances of the new version are unhealthy/,
      'nobody says why': /the deployment failed/,
    },
    async start({ end, unknownWord, hidesId, otherCommit }, now) {
      const states = ['PROVISIONING', ...(unknownWord ? [unknownWord] : []), koyebEnds[end] ?? end];
      const given = { ...(hidesId ? { hidesId } : {}), ...(otherCommit ? { otherCommit } : {}) };
      const emulator = await startKoyeb({ states, now, ...given });
      return {
        inputs: {
          ...none,
          service: koyebService,
          token: new Secret(koyebToken),
          options: { 'api-url': [emulator.origin] },
        },
        // Without the deployment that was there before, and the one that took the place of ours.
        deploys: () =>
          emulator.requests.filter(({ path, method }) => method === 'POST' && path.endsWith('/redeploy')).length,
        complaints: () => emulator.complaints,
        stop: emulator.stop,
      };
    },
  },
  {
    host: 'heroku',
    way: 'its API',
    failures: {
      'the build fails':
        /the build failed: Push rejected, failed to compile Python app[\s\S]*Building on the Heroku-24/,
      'the release phase fails': /the release phase failed[\s\S]*ProgrammingError: relation exists/,
      'the release phase takes too long': /the release phase did not end in time/,
    },
    async start({ end, unknownWord, hidesId, otherCommit }, now) {
      const last = herokuEnds[end] ?? end;
      const built = ['failed', 'canceled'].includes(last) ? [] : ['release pending'];
      const states = ['pending', ...(unknownWord ? [unknownWord] : []), ...built, last];
      const given = { ...(hidesId ? { hidesId } : {}), ...(otherCommit ? { otherCommit } : {}) };
      const emulator = await startHeroku({ states, now, ...given });
      return {
        inputs: {
          ...none,
          service: herokuApp,
          token: new Secret(herokuToken),
          options: { 'api-url': [emulator.origin] },
        },
        deploys: () => emulator.app.builds.length,
        complaints: () => emulator.complaints,
        stop: emulator.stop,
      };
    },
  },
  {
    host: 'digitalocean',
    way: 'its API',
    failures: {
      'the build fails':
        /the build of web failed: Your build job failed .*\(BuildJobExitNonZero\)[\s\S]*No matching distribution/,
      'the health check fails': /the deploy of web failed: .*did not respond to health checks/,
      'the pre-deploy job fails': /the deploy of web failed: The pre-deploy job exited with status 1/,
      'nobody says why': /the deployment failed/,
    },
    async start({ end, unknownWord, hidesId, otherCommit }, now) {
      const states = ['BUILDING', ...(unknownWord ? [unknownWord] : []), oceanEnds[end] ?? end];
      const heads = new Map([['main', sha]]);
      const given = { ...(hidesId ? { hidesId } : {}), ...(otherCommit ? { otherCommit } : {}) };
      const emulator = await startDigitalOcean({ states, heads, now, ...given });
      return {
        inputs: {
          ...none,
          service: digitalOceanApp,
          token: new Secret(digitalOceanToken),
          options: { 'api-url': [emulator.origin] },
        },
        deploys: () => emulator.apps[0]?.deployments.length ?? 0,
        complaints: () => emulator.complaints,
        stop: emulator.stop,
      };
    },
  },
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
  {
    host: 'hook',
    way: 'a mapping of its answers',
    failures: { 'it fails': /its state is error: out of memory/ },
    async start({ end, unknownWord, hidesId, otherCommit }) {
      const ends: Readonly<Record<string, string>> = { live: 'up', never: 'deploying', 'it fails': 'error' };
      const last = ends[end] ?? end;
      const given = { ...(hidesId ? { hidesId } : {}), ...(otherCommit ? { otherCommit } : {}) };
      const emulator = await startWebhook({
        states: ['deploying', ...(unknownWord ? [unknownWord] : []), last],
        ...given,
      });
      return {
        inputs: {
          ...none,
          token: new Secret(webhookToken),
          deployHook: new Secret(`${emulator.origin}/deploy`),
          options: webhookOptions(emulator.origin),
        },
        deploys: () => emulator.deploys.length,
        complaints: () => emulator.complaints,
        stop: emulator.stop,
      };
    },
  },
];
