import { startAppEngine } from '../../../support/hosts/app-engine.ts';
import { runService, startCloudRun } from '../../../support/hosts/cloud-run.ts';
import { cloudInputs, cloudPlot } from '../cloud-inputs.ts';
import type { ScenarioSubject } from '../host-scenarios.ts';
import type { HostSubject } from '../host-subjects.ts';

const pushed = () => undefined;

async function startRun(options: Parameters<typeof startCloudRun>[0]) {
  const emulator = await startCloudRun(options);
  return {
    inputs: cloudInputs['cloud-run'](emulator.origin),
    asked: () => emulator.asked(runService),
    deploys: () => emulator.asked(runService).length,
    served: emulator.served,
    pushed,
    previews: () => emulator.services.filter(({ name }) => name !== runService).map(({ name }) => emulator.asked(name)),
    complaints: () => emulator.complaints,
    stop: emulator.stop,
  };
}

async function startEngine(options: Parameters<typeof startAppEngine>[0]) {
  const emulator = await startAppEngine(options);
  return {
    inputs: cloudInputs['app-engine'](emulator.origin),
    asked: emulator.asked,
    deploys: () => emulator.asked().length,
    served: emulator.served,
    pushed,
    previews: emulator.previews,
    complaints: () => emulator.complaints,
    stop: emulator.stop,
  };
}

const all = { way: 'its API', follows: true, previews: true, rollsBack: true } as const;

export const googleSubjects: HostSubject[] = [
  { host: 'cloud-run', ...all, start: (refuse) => startRun(refuse ? { refuse } : {}) },
  { host: 'app-engine', ...all, start: (refuse) => startEngine(refuse ? { refuse } : {}) },
];

const runEnds = {
  live: 'CONDITION_SUCCEEDED',
  never: 'CONDITION_RECONCILING',
  cancelled: 'deleted',
  'the container does not start': 'CONDITION_FAILED',
};
const engineEnds = {
  live: 'done',
  never: 'OPERATION_RUNNING',
  cancelled: 'code 1 The operation was aborted by the user.',
  'the build fails': 'code 9 Cloud build failed. Check the build log.',
};

export const googleScenarios: ScenarioSubject[] = [
  {
    host: 'cloud-run',
    way: 'its API',
    failures: {
      'the container does not start':
        /the revision did not become ready: The user-provided container failed to start[\s\S]*ModuleNotFoundError/,
    },
    start: (plot, now) => startRun(cloudPlot(runEnds, 'CONDITION_RECONCILING', plot, now)),
  },
  {
    host: 'app-engine',
    way: 'its API',
    failures: { 'the build fails': /the version was not made: Cloud build failed[\s\S]*No matching distribution/ },
    start: (plot, now) => startEngine(cloudPlot(engineEnds, 'OPERATION_RUNNING', plot, now)),
  },
];
