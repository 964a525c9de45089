import { startEcs } from '../../../support/hosts/ecs.ts';
import { ebEnvironment, startElasticBeanstalk } from '../../../support/hosts/elastic-beanstalk.ts';
import { cloudInputs, cloudPlot } from '../cloud-inputs.ts';
import type { ScenarioSubject } from '../host-scenarios.ts';
import type { HostSubject } from '../host-subjects.ts';

const pushed = () => undefined;

async function startEb(options: Parameters<typeof startElasticBeanstalk>[0]) {
  const emulator = await startElasticBeanstalk(options);
  const others = () =>
    emulator.environments.filter(({ name, status }) => name !== ebEnvironment && status !== 'Terminated');
  return {
    inputs: cloudInputs['elastic-beanstalk'](emulator.origin),
    asked: () => emulator.asked(ebEnvironment),
    deploys: () => emulator.asked(ebEnvironment).length,
    served: emulator.served,
    pushed,
    previews: () => others().map(({ name }) => emulator.asked(name)),
    complaints: () => emulator.complaints,
    stop: emulator.stop,
  };
}

type Mode = 'express' | 'standard';

async function startEcsFor(mode: Mode, options: Omit<Parameters<typeof startEcs>[0], 'mode'>) {
  const emulator = await startEcs({ mode, ...options });
  const others = () => emulator.services.filter(({ name, status }) => name !== 'shop' && status === 'ACTIVE');
  return {
    inputs: cloudInputs.ecs(emulator.origin, mode),
    asked: () => emulator.asked('shop'),
    deploys: () => emulator.asked('shop').length,
    served: emulator.served,
    pushed,
    previews: () => others().map(({ name }) => emulator.asked(name)),
    complaints: () => emulator.complaints,
    stop: emulator.stop,
  };
}

const all = { follows: true, previews: true, rollsBack: true } as const;
const modes: readonly Mode[] = ['express', 'standard'];
const wayOf = (mode: Mode) => (mode === 'express' ? 'its API, in Express Mode' : 'its API, a standard service');

export const awsSubjects: HostSubject[] = [
  { host: 'elastic-beanstalk', way: 'its API', ...all, start: (refuse) => startEb(refuse ? { refuse } : {}) },
  ...modes.map(
    (mode): HostSubject => ({
      host: 'ecs',
      way: wayOf(mode),
      ...all,
      previews: mode === 'express',
      start: (refuse) => startEcsFor(mode, refuse ? { refuse } : {}),
    }),
  ),
];

const ebEnds = {
  never: 'Updating',
  cancelled: 'aborted',
  'the command of an instance fails': 'failed',
  'some instances fail': 'with errors',
};
const ecsEnds = {
  live: 'COMPLETED',
  never: 'IN_PROGRESS',
  'the tasks do not start': 'FAILED',
  'the circuit breaker puts the old revision back': 'rolled back',
};

export const awsScenarios: ScenarioSubject[] = [
  {
    host: 'elastic-beanstalk',
    way: 'its API',
    failures: {
      'the command of an instance fails':
        /the update failed: .*Command failed on instance.*Failed to deploy application[\s\S]*ModuleNotFoundError/,
      'some instances fail': /the update failed: Update environment operation is complete, but with errors/,
    },
    start: (plot, now) => startEb(cloudPlot(ebEnds, 'Updating', plot, now)),
  },
  ...modes.map(
    (mode): ScenarioSubject => ({
      host: 'ecs',
      way: wayOf(mode),
      failures: {
        'the tasks do not start':
          /the deployment failed: ECS deployment circuit breaker: tasks failed[\s\S]*exit status 1[\s\S]*ModuleNotFoundError/,
        'the circuit breaker puts the old revision back':
          /(put the old revision back|the deployment failed): ECS deployment circuit breaker/,
      },
      start: (plot, now) => startEcsFor(mode, cloudPlot(ecsEnds, 'IN_PROGRESS', plot, now)),
    }),
  ),
];
