import type { HostInputs } from '../contract/host.ts';
import { option } from '../contract/options.ts';
import { wordNames, wordsOf } from './hook-follow.ts';
import { checkPlaces } from './hook-template.ts';

/** Options that are read out of the answer of status-url. */
const answered = ['status', 'commit', 'reason', 'log'];

/** What is wrong with the options by which answers are read, beside the form of each one. */
export function checkMapping(inputs: HostInputs): string[] {
  const { options } = inputs;
  const has = (name: string) => option(options, name) !== undefined;
  const names = [...answered, ...Object.values(wordNames), 'logs-url'];
  if (!has('status-url')) {
    const lost = names.filter(has);
    return lost.length > 0 ? [`${lost.join(', ')} ${lost.length > 1 ? 'need' : 'needs'} status-url; write it too`] : [];
  }
  const missing = ['status', wordNames.live, wordNames.failed].filter((name) => !has(name));
  const messages = missing.map((name) => `status-url needs ${name}; write "${name}: …"`);
  const words = Object.values(wordNames).flatMap((name) => [...new Set(wordsOf(inputs, name))]);
  const twice = words.find((word, at) => words.indexOf(word) !== at);
  if (twice !== undefined) messages.push(`"${twice}" stands for two ends; leave it in one of the lists of words`);
  const templates = ['status-url', 'logs-url', ...answered, 'id', 'url'].map((name) => option(options, name) ?? '');
  return [...messages, ...checkPlaces(templates, true)];
}
