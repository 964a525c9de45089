import { startAzure } from '../../../support/hosts/app-service.ts';
import { cloudInputs, cloudPlot } from '../cloud-inputs.ts';
import type { ScenarioSubject } from '../host-scenarios.ts';
import type { HostSubject } from '../host-subjects.ts';

/** Names of its inputs, with the words for it. */
const ways = [
  ['app-service', 'its API'],
  ['azure with a profile', 'a publish profile'],
] as const;

async function startFor(way: (typeof ways)[number][0], options: Parameters<typeof startAzure>[0], other = '') {
  const emulator = await startAzure(options);
  return {
    inputs: cloudInputs[way](emulator.origin),
    asked: () => emulator.asked('shop'),
    // Without what was there before, and what took the place of ours.
    deploys: () => emulator.asked('shop').filter((one) => !/^e+$/.test(one) && one !== other).length,
    served: emulator.served,
    pushed: () => undefined,
    previews: () => emulator.sites.slice(1).map(({ name }) => emulator.asked(name)),
    complaints: () => emulator.complaints,
    stop: emulator.stop,
  };
}

export const azureSubjects: HostSubject[] = ways.map(([inputs, way]) => ({
  host: 'app-service',
  way,
  follows: true,
  previews: inputs === 'app-service',
  rollsBack: false,
  start: (refuse) => startFor(inputs, refuse ? { refuse } : {}),
}));

const ends = { live: 'Success', never: 'Deploying', cancelled: 'Cancelled', 'the build fails': 'Failed' };

export const azureScenarios: ScenarioSubject[] = ways.map(([inputs, way]) => ({
  host: 'app-service',
  way,
  failures: { 'the build fails': /the deployment failed: Deployment failed: pip[\s\S]*No matching distribution/ },
  start: (plot, now) => startFor(inputs, cloudPlot(ends, 'Building', plot, now), plot.otherCommit),
}));
