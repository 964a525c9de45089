import { packagesOf } from './module-packages.ts';

/** A group or an extra of pyproject.toml, or a file of requirements that was not installed. */
export interface OptionalSet {
  readonly kind: 'extra' | 'group' | 'file';
  readonly name: string;
  /** Normalised names (PEP 503). */
  readonly packages: readonly string[];
}

/** A package's one name (PEP 503), however it is written. */
export const normalizedName = (name: string): string => name.toLowerCase().replace(/[-_.]+/g, '-');

/** Of a requirement (PEP 508) the name of the package, normalised. */
export const packageName = (requirement: string): string =>
  normalizedName(/^[\w.-]+/.exec(requirement.trim())?.[0] ?? '');

/** Whether a package is likely to bring a module: by its own name, with `django-` or `python-` before it. */
function brings(packageName: string, module: string): boolean {
  const top = module.split('.')[0] ?? module;
  if (packagesOf[top]) return packagesOf[top].includes(packageName);
  const bare = top.toLowerCase().replace(/_+/g, '-');
  return ['', 'django-', 'python-', 'py'].some((prefix) => packageName === prefix + bare);
}

/** The command line that installs the project with one of its optional sets, by the tool of its lock file. */
function installWith({ kind, name }: OptionalSet, lockFile: string | undefined): string {
  const extra = kind === 'extra';
  switch (lockFile) {
    case 'uv.lock':
      return `uv sync --locked --${kind} ${name}`;
    case 'poetry.lock':
      return `poetry install --only main${extra ? ` --extras ${name}` : `,${name}`}`;
    case 'pdm.lock':
      return `pdm sync --prod --group ${name}`;
    default:
      return extra ? `uv pip install ".[${name}]"` : `uv pip install . --group ${name}`;
  }
}

/**
 * What to say where a module is missing that something of the project names, and nothing has installed.
 * @param lockFile Path of the file that was installed from.
 */
export function whereItIs(module: string, sets: readonly OptionalSet[], lockFile?: string): string | undefined {
  const set = sets.find(({ packages }) => packages.some((one) => brings(one, module)));
  const found = set?.packages.find((one) => brings(one, module));
  if (!set || !found) return undefined;
  if (set.kind === 'file')
    return `The package ${found} stands in ${set.name}, which is not installed. Add it to what production installs, or set install: pip install -r ${set.name}`;
  return `The package ${found} stands in the ${set.kind} "${set.name}" of pyproject.toml, which is not installed. Move it to the dependencies, call the ${set.kind} "production", or name it in install, for example install: ${installWith(set, lockFile?.split('/').at(-1))}`;
}
