import type { Mistake } from '../../core/mistake.ts';
import type { HostDefinition, HostInputs } from './host.ts';
import type { HostIntent } from './host-option.ts';
import { checkNeeds } from './needs.ts';
import { checkOptions } from './options.ts';

/** Every mistake in the inputs of a host for that intent: those that its data tells, and those of its own check. */
export function checkHost(definition: HostDefinition, inputs: HostInputs, intent: HostIntent = 'deploy'): Mistake[] {
  return [
    ...checkOptions(inputs, definition),
    ...checkNeeds(inputs, definition, intent),
    ...definition.check(inputs, intent),
  ];
}
