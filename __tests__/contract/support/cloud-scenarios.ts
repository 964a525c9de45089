import { startAppEngine } from '../../support/hosts/app-engine.ts';
import { startAzure } from '../../support/hosts/azure-app-service.ts';
import { runService, startCloudRun } from '../../support/hosts/cloud-run.ts';
import { startEcs } from '../../support/hosts/ecs.ts';
import { ebEnvironment, startElasticBeanstalk } from '../../support/hosts/elastic-beanstalk.ts';
import { cloudInputs } from './cloud-subjects.ts';
import type { Plot, ScenarioSubject } from './host-scenarios.ts';

type Ends = Readonly<Record<string, string>>;

const plotOf = (ends: Ends, going: string, { end, unknownWord, hidesId, otherCommit }: Plot, now: () => number) => ({
  states: [going, ...(unknownWord ? [unknownWord] : []), ends[end] ?? end],
  now,
  ...(hidesId ? { hidesId } : {}),
  ...(otherCommit ? { otherCommit } : {}),
});

const ebEnds: Ends = {
  never: 'Updating',
  cancelled: 'aborted',
  'the command of an instance fails': 'failed',
  'some instances fail': 'with errors',
};
const ecsEnds: Ends = {
  live: 'COMPLETED',
  never: 'IN_PROGRESS',
  'the tasks do not start': 'FAILED',
  'the circuit breaker puts the old revision back': 'rolled back',
};
const runEnds: Ends = {
  live: 'CONDITION_SUCCEEDED',
  never: 'CONDITION_RECONCILING',
  cancelled: 'deleted',
  'the container does not start': 'CONDITION_FAILED',
};
const engineEnds: Ends = {
  live: 'done',
  never: 'OPERATION_RUNNING',
  cancelled: 'code 1 The operation was aborted by the user.',
  'the build fails': 'code 9 Cloud build failed. Check the build log.',
};
const azureEnds: Ends = { live: 'Success', never: 'Deploying', cancelled: 'Cancelled', 'the build fails': 'Failed' };

const azureFailures = {
  'the build fails': /the deployment failed: Deployment failed: pip[\s\S]*No matching distribution/,
};

async function startAzureIn(way: 'azure-app-service' | 'azure with a profile', plot: Plot, now: () => number) {
  const emulator = await startAzure(plotOf(azureEnds, 'Building', plot, now));
  return {
    inputs: cloudInputs[way](emulator.origin),
    deploys: () => emulator.asked('shop').filter((one) => !/^e+$/.test(one) && one !== plot.otherCommit).length,
    complaints: () => emulator.complaints,
    stop: emulator.stop,
  };
}

/** The hosts of AWS, Azure and Google. */
export const cloudScenarios: ScenarioSubject[] = [
  {
    host: 'elastic-beanstalk',
    way: 'its API',
    failures: {
      'the command of an instance fails':
        /the update failed: .*Command failed on instance.*Failed to deploy application[\s\S]*ModuleNotFoundError/,
      'some instances fail': /the update failed: Update environment operation is complete, but with errors/,
    },
    async start(plot, now) {
      const emulator = await startElasticBeanstalk(plotOf(ebEnds, 'Updating', plot, now));
      return {
        inputs: cloudInputs['elastic-beanstalk'](emulator.origin),
        deploys: () => emulator.asked(ebEnvironment).length,
        complaints: () => emulator.complaints,
        stop: emulator.stop,
      };
    },
  },
  ...(['express', 'standard'] as const).map(
    (mode): ScenarioSubject => ({
      host: 'ecs',
      way: mode === 'express' ? 'its API, in Express Mode' : 'its API, a standard service',
      failures: {
        'the tasks do not start':
          /the deployment failed: ECS deployment circuit breaker: tasks failed[\s\S]*exit status 1[\s\S]*ModuleNotFoundError/,
        'the circuit breaker puts the old revision back':
          /(put the old revision back|the deployment failed): ECS deployment circuit breaker/,
      },
      async start(plot, now) {
        const emulator = await startEcs({ mode, ...plotOf(ecsEnds, 'IN_PROGRESS', plot, now) });
        return {
          inputs: cloudInputs.ecs(emulator.origin, mode),
          deploys: () => emulator.asked('shop').length,
          complaints: () => emulator.complaints,
          stop: emulator.stop,
        };
      },
    }),
  ),
  {
    host: 'cloud-run',
    way: 'its API',
    failures: {
      'the container does not start':
        /the revision did not become ready: The user-provided container failed to start[\s\S]*ModuleNotFoundError/,
    },
    async start(plot, now) {
      const emulator = await startCloudRun(plotOf(runEnds, 'CONDITION_RECONCILING', plot, now));
      return {
        inputs: cloudInputs['cloud-run'](emulator.origin),
        deploys: () => emulator.asked(runService).length,
        complaints: () => emulator.complaints,
        stop: emulator.stop,
      };
    },
  },
  {
    host: 'app-engine',
    way: 'its API',
    failures: { 'the build fails': /the version was not made: Cloud build failed[\s\S]*No matching distribution/ },
    async start(plot, now) {
      const emulator = await startAppEngine(plotOf(engineEnds, 'OPERATION_RUNNING', plot, now));
      return {
        inputs: cloudInputs['app-engine'](emulator.origin),
        deploys: () => emulator.asked().length,
        complaints: () => emulator.complaints,
        stop: emulator.stop,
      };
    },
  },
  {
    host: 'azure-app-service',
    way: 'its API',
    failures: azureFailures,
    start: (plot, now) => startAzureIn('azure-app-service', plot, now),
  },
  {
    host: 'azure-app-service',
    way: 'a publish profile',
    failures: azureFailures,
    start: (plot, now) => startAzureIn('azure with a profile', plot, now),
  },
];
