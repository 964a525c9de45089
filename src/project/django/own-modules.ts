import { packageOf } from '../install/module-packages.ts';
import type { StepFailure } from './outcome.ts';

type OwnModule = NonNullable<StepFailure['own_module']>;

/** What people keep out of git on purpose, because it is of one machine or has secrets in it. */
const keptOut = /local|secret|private|credential|settings|config|env/i;

function commit({ ignored, name }: OwnModule): string {
  const isKeptOut = keptOut.test(name.split('.').at(-1) ?? name);
  if (!ignored) return isKeptOut ? 'Commit it if it has no secrets' : 'Commit it';
  if (isKeptOut)
    return `git ignores it (${ignored}), most likely on purpose: import it only where it is there (try … except ImportError) and read secrets from variables`;
  return `git ignores it (${ignored}): take that line out or make an exception (!…), and commit the file`;
}

const didYouMean = ({ similar }: OwnModule): string => (similar ? ` Did you mean ${similar}?` : '');

const onHost = 'What only the host has can be made in build-command, for example: cp config.example.py config.py';

/** What to do about an import that concerns the project's own modules; undefined where nothing tells that it does. */
export function adviseOwnModule({ own_module: own }: StepFailure): string | undefined {
  if (!own) return undefined;
  switch (own.kind) {
    case 'module': {
      const other = /settings/i.test(own.name) ? ', or name other settings by settings-module' : '';
      return `${own.path} is not in the checkout. ${commit(own)}, or fix the name${other}.${didYouMean(own)} ${onHost}`;
    }
    case 'name':
      return `${own.path} does not have the name "${own.name}". Fix it, or commit the version of the file that has it.${didYouMean(own)}`;
    case 'circular':
      return `Two modules of the project import each other, so that "${own.name}" is not there yet. Import it in the function that uses it, or move it into a third module.`;
    case 'file':
      return `${own.path ?? own.name} is a file, and the name asks for a folder. Fix the name: a file and a folder cannot both be the module ${own.name}.`;
    case 'top':
      return own.ignored ? `${own.path} is not in the checkout. ${commit(own)}. ${onHost}` : undefined;
  }
}

/** What to do about a module that may be an installed package's. */
export function adviseMissing(module: string, own: OwnModule | null | undefined): string {
  const name = packageOf(module);
  const missing = `The module "${module}" is missing.`;
  const otherSettings =
    'or name other settings by settings-module. A package that only developers install is not there';
  const meant = own ? didYouMean(own) : '';
  // A package that is known is likelier than another name, but not than a folder of this name elsewhere in the project.
  const inFolder = own?.similar?.includes('.') ? meant : '';
  if (name) return `${missing}${inFolder} Add its package, ${name}, to the dependencies, ${otherSettings}.`;
  const ofProject = own ? ' If it is an app or a module of the project, commit it.' : '';
  return `${missing}${meant} Add its package to the dependencies, ${otherSettings}; a file that is not committed can be made in build-command.${ofProject}`;
}
