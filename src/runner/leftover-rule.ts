import * as core from '@actions/core';
import * as v from 'valibot';
import { DeployError } from '../core/errors.ts';
import { type ChosenSource, definitionOf } from '../databases/trusted-sources/choose-source.ts';
import { parseMark } from '../databases/trusted-sources/mark.ts';
import { sourceError } from '../databases/trusted-sources/source-error.ts';
import { takeOut } from '../databases/trusted-sources/take-out.ts';
import type { HostDefinition } from '../hosts/contract/host.ts';
import { hosts } from '../hosts/index.ts';
import { parseInputs } from '../inputs/parse-inputs.ts';
import { filled, parseJson } from '../lib/json-shape.ts';
import { hostIO } from '../release/host-io.ts';
import { createHostMachine } from './host-machine.ts';
import { createHttp } from './http-client.ts';
import { runnerExec } from './runner-exec.ts';
import { systemClock } from './system-clock.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Milliseconds that the end of the job may take for it. */
const patience = 120_000;

/** What the step left in the state of the job, which others can write to: only a rule with our mark is ever taken out. */
const leftSchema = v.object({
  source: filled,
  mark: v.pipe(
    v.string(),
    v.check((text) => parseMark(text) !== undefined, 'not the mark of a rule'),
  ),
});

const noBuckets = async (): Promise<never> => {
  throw new DeployError('INTERNAL', 'A firewall needs no bucket.');
};

/** Takes out the rule of the database's firewall that a step left which was ended before it could. */
export async function takeOutLeftover(text: string, input: (name: string) => string, env: Environment): Promise<void> {
  const { value, wrong } = parseJson(text, leftSchema);
  if (wrong !== undefined) {
    core.error(
      `The firewall of the database may still let this runner in: the state of the job is invalid, ${wrong}. The next run takes the rule out.`,
    );
    return;
  }
  const { trustedSource: chosen } = parseInputs({ input, env }, hosts, () => undefined).inputs;
  if (!chosen || `${chosen.vendor}:${chosen.id}` !== value.source) {
    core.error(`${value.source} may still let this runner in by ${value.mark}, and this step names another database.`);
    return;
  }
  await remove(chosen, value.mark, env);
}

async function remove(chosen: ChosenSource, mark: string, env: Environment): Promise<void> {
  const definition = definitionOf(chosen);
  const http = createHttp('deploy-django');
  const machine = createHostMachine(env, Object.values<HostDefinition>(hosts), runnerExec, noBuckets);
  const signal = AbortSignal.timeout(patience);
  try {
    const source = await definition.create(chosen.id, chosen.inputs, undefined);
    const io = hostIO({ http, machine, clock: systemClock, signal });
    await takeOut(source, chosen, mark, { io, clock: systemClock, random: Math.random }, { looksAgain: true });
    core.info(`Took this runner out again at ${definition.title}.`);
  } catch (thrown) {
    const error = signal.aborted
      ? new DeployError('TRUSTED_SOURCE_FAILED', `${definition.title} still lets this runner in by ${mark}.`)
      : sourceError(thrown, chosen, `still lets this runner in by ${mark}`);
    const hint = error.hint === undefined ? '' : `\n${error.hint}`;
    core.error(
      `${error.message}${hint}\nThe next run takes the rule out. By hand: ${definition.byHand(chosen.id, mark)}`,
    );
  } finally {
    await Promise.all([http.close(), machine.close()]);
  }
}
