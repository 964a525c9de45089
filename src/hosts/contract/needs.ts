import type { Mistake } from '../../core/mistake.ts';
import type { HostDefinition, HostInputs } from './host.ts';
import type { HostIntent, HostNeed, NeedName } from './host-option.ts';

/** What a host says of the inputs that every host may take, by their names. */
export const needsOf = ({ service, token, deployHook }: HostDefinition): [NeedName, HostNeed][] => {
  const all: [NeedName, HostNeed | undefined][] = [
    ['service', service],
    ['host-token', token],
    ['deploy-hook', deployHook],
  ];
  return all.filter((entry): entry is [NeedName, HostNeed] => entry[1] !== undefined);
};

const given = ({ service, token, deployHook }: HostInputs): Readonly<Record<NeedName, unknown>> => ({
  service,
  'host-token': token,
  'deploy-hook': deployHook,
});

/** A mistake for each input that this intent cannot do without. */
export function checkNeeds(inputs: HostInputs, definition: HostDefinition, intent: HostIntent): Mistake[] {
  const missing = needsOf(definition).filter(
    ([name, { requiredFor }]) => requiredFor?.includes(intent) && given(inputs)[name] === undefined,
  );
  return missing.map(([input, { meaning, example }]) => {
    if (input === 'service') {
      return { input, message: `is empty; write ${meaning}, for example ${example}` };
    }
    const secret = input.replace('-', '_').toUpperCase();
    return { input, message: `is empty; put ${meaning} into a secret and pass \${{ secrets.${secret} }}` };
  });
}
