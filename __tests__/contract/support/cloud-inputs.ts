import { Secret } from '../../../src/lib/secret.ts';
import { engineService } from '../../support/hosts/app-engine.ts';
import { azureSite, azureToken, publishProfile } from '../../support/hosts/app-service.ts';
import { awsKeys, awsRegion } from '../../support/hosts/aws.ts';
import { googleToken, runImage, runService } from '../../support/hosts/cloud-run.ts';
import { ecsImage, ecsService } from '../../support/hosts/ecs.ts';
import { ebApplication, ebEnvironment } from '../../support/hosts/elastic-beanstalk.ts';
import type { Plot } from './host-scenarios.ts';

const none = { service: undefined, token: undefined, deployHook: undefined, options: {} };

/** Inputs for each emulator of a cloud, by its address. */
export const cloudInputs = {
  'elastic-beanstalk': (origin: string) => ({
    ...none,
    service: ebEnvironment,
    token: new Secret(awsKeys.secret),
    options: { application: [ebApplication], region: [awsRegion], 'access-key-id': [awsKeys.id], 'api-url': [origin] },
  }),
  ecs: (origin: string, mode = 'express') => ({
    ...none,
    service: ecsService,
    token: new Secret(awsKeys.secret),
    options: { image: [`${ecsImage}:{sha}`], mode: [mode], 'access-key-id': [awsKeys.id], 'api-url': [origin] },
  }),
  'cloud-run': (origin: string) => ({
    ...none,
    service: runService,
    token: new Secret(googleToken),
    options: { image: [`${runImage}:{sha}`], 'api-url': [origin] },
  }),
  'app-engine': (origin: string) => ({
    ...none,
    service: engineService,
    token: new Secret(googleToken),
    options: { 'api-url': [origin] },
  }),
  'app-service': (origin: string) => ({
    ...none,
    service: azureSite,
    token: new Secret(azureToken),
    options: { 'api-url': [origin] },
  }),
  'azure with a profile': (origin: string) => ({ ...none, token: new Secret(publishProfile(origin)) }),
} as const;

/** How a deploy goes at a cloud: the words of the vendor for each end of a plot, and the one for a deploy that is going on. */
export const cloudPlot = (
  ends: Readonly<Record<string, string>>,
  going: string,
  { end, unknownWord, hidesId, otherCommit }: Plot,
  now: () => number,
) => ({
  states: [going, ...(unknownWord ? [unknownWord] : []), ends[end] ?? end],
  now,
  ...(hidesId ? { hidesId } : {}),
  ...(otherCommit ? { otherCommit } : {}),
});
