import { Secret } from '../../../src/lib/secret.ts';
import type { EmulatorReply } from '../../support/emulator.ts';
import { engineService, startAppEngine } from '../../support/hosts/app-engine.ts';
import { awsKeys, awsRegion } from '../../support/hosts/aws.ts';
import { azureSite, azureToken, publishProfile, startAzure } from '../../support/hosts/azure-app-service.ts';
import { googleToken, runImage, runService, startCloudRun } from '../../support/hosts/cloud-run.ts';
import { ecsImage, ecsService, startEcs } from '../../support/hosts/ecs.ts';
import { ebApplication, ebEnvironment, startElasticBeanstalk } from '../../support/hosts/elastic-beanstalk.ts';
import type { HostSubject, StartedHost } from './host-subjects.ts';

const none = { service: undefined, token: undefined, deployHook: undefined, options: {} };
const refusing = (refuse: EmulatorReply | undefined) => (refuse ? { refuse } : {});
const pushed = () => undefined;

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
  'azure-app-service': (origin: string) => ({
    ...none,
    service: azureSite,
    token: new Secret(azureToken),
    options: { 'api-url': [origin] },
  }),
  'azure with a profile': (origin: string) => ({ ...none, token: new Secret(publishProfile(origin)) }),
} as const;

async function startEb(refuse: EmulatorReply | undefined): Promise<StartedHost> {
  const emulator = await startElasticBeanstalk(refusing(refuse));
  const others = () =>
    emulator.environments.filter(({ name, status }) => name !== ebEnvironment && status !== 'Terminated');
  return {
    inputs: cloudInputs['elastic-beanstalk'](emulator.origin),
    asked: () => emulator.asked(ebEnvironment),
    served: emulator.served,
    pushed,
    previews: () => others().map(({ name }) => emulator.asked(name)),
    complaints: () => emulator.complaints,
    stop: emulator.stop,
  };
}

async function startEcsFor(mode: 'express' | 'standard', refuse: EmulatorReply | undefined): Promise<StartedHost> {
  const emulator = await startEcs({ mode, ...refusing(refuse) });
  const others = () => emulator.services.filter(({ name, status }) => name !== 'shop' && status === 'ACTIVE');
  return {
    inputs: cloudInputs.ecs(emulator.origin, mode),
    asked: () => emulator.asked('shop'),
    served: emulator.served,
    pushed,
    previews: () => others().map(({ name }) => emulator.asked(name)),
    complaints: () => emulator.complaints,
    stop: emulator.stop,
  };
}

async function startRun(refuse: EmulatorReply | undefined): Promise<StartedHost> {
  const emulator = await startCloudRun(refusing(refuse));
  return {
    inputs: cloudInputs['cloud-run'](emulator.origin),
    asked: () => emulator.asked(runService),
    served: emulator.served,
    pushed,
    previews: () => emulator.services.filter(({ name }) => name !== runService).map(({ name }) => emulator.asked(name)),
    complaints: () => emulator.complaints,
    stop: emulator.stop,
  };
}

async function startEngine(refuse: EmulatorReply | undefined): Promise<StartedHost> {
  const emulator = await startAppEngine(refusing(refuse));
  return {
    inputs: cloudInputs['app-engine'](emulator.origin),
    asked: emulator.asked,
    served: emulator.served,
    pushed,
    previews: emulator.previews,
    complaints: () => emulator.complaints,
    stop: emulator.stop,
  };
}

async function startAzureFor(
  way: 'azure-app-service' | 'azure with a profile',
  refuse: EmulatorReply | undefined,
): Promise<StartedHost> {
  const emulator = await startAzure(refusing(refuse));
  return {
    inputs: cloudInputs[way](emulator.origin),
    asked: () => emulator.asked('shop'),
    served: emulator.served,
    pushed,
    previews: () => emulator.sites.slice(1).map(({ name }) => emulator.asked(name)),
    complaints: () => emulator.complaints,
    stop: emulator.stop,
  };
}

const whole = { way: 'its API', follows: true, previews: true, rollsBack: true } as const;

/** The hosts of AWS, Azure and Google. */
export const cloudSubjects: HostSubject[] = [
  { ...whole, host: 'elastic-beanstalk', start: startEb },
  { ...whole, host: 'ecs', way: 'its API, in Express Mode', start: (refuse) => startEcsFor('express', refuse) },
  {
    ...whole,
    host: 'ecs',
    way: 'its API, a standard service',
    previews: false,
    start: (refuse) => startEcsFor('standard', refuse),
  },
  { ...whole, host: 'cloud-run', start: startRun },
  { ...whole, host: 'app-engine', start: startEngine },
  {
    ...whole,
    host: 'azure-app-service',
    rollsBack: false,
    start: (refuse) => startAzureFor('azure-app-service', refuse),
  },
  {
    ...whole,
    host: 'azure-app-service',
    way: 'a publish profile',
    previews: false,
    rollsBack: false,
    start: (refuse) => startAzureFor('azure with a profile', refuse),
  },
];
