import { parse, TomlError } from 'smol-toml';
import { DeployError } from '../../core/errors.ts';
import { type OptionalSet, packageName } from './optional-packages.ts';

/** Something that a file says, and where. */
export interface Stated {
  readonly text: string;
  /** From 1. */
  readonly line: number;
}

/** What a pyproject.toml says of an install. */
export interface Pyproject {
  /** There is a `[project]`, so that uv takes the folder for a project of its own. */
  readonly project: boolean;
  /** `[project]` has dependencies, or has them made by its build. */
  readonly dependencies: boolean;
  /** The dependencies stand in `[tool.poetry]`, where only Poetry finds them. */
  readonly poetry: boolean;
  readonly requiresPython: Stated | undefined;
  /** Poetry's own way to say it, in its own syntax. */
  readonly poetryPython: Stated | undefined;
  /** Groups of dependencies that are named for production. */
  readonly productionGroups: readonly string[];
  /** Extras (`[project.optional-dependencies]`, `[tool.poetry.extras]`) that are named for production. */
  readonly productionExtras: readonly string[];
  /** Every group and extra with the packages in it. */
  readonly optional: readonly OptionalSet[];
  /** `[tool.uv] required-version`, a specifier of PEP 440 or a bare version. */
  readonly uvVersion: string | undefined;
  /** Folders that packages lie in, where the build configuration names them: `src`. */
  readonly packageFolders: readonly string[];
}

/** Names of extras, groups, environments and categories that mean production. */
export const isProductionName = (name: string): boolean => /^(production|prod|deploy|deployment)$/i.test(name);

type Table = Readonly<Record<string, unknown>>;

const isTable = (value: unknown): value is Table =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const table = (value: unknown, ...names: string[]): Table => {
  const found = names.reduce<unknown>((inner, name) => (isTable(inner) ? inner[name] : undefined), value);
  return isTable(found) ? found : {};
};
const texts = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'string') : typeof value === 'string' ? [value] : [];

/** The value with the line that it stands on, which the parser does not tell. */
function stated(text: string, key: RegExp, value: unknown): Stated | undefined {
  if (typeof value !== 'string') return undefined;
  const line = text.split('\n').findIndex((one) => key.test(one));
  return { text: value, line: Math.max(line, 0) + 1 };
}

/** Every group and extra: PEP 621, PEP 735, and Poetry's own tables. */
function optionalSets(root: unknown): OptionalSet[] {
  const poetry = table(root, 'tool', 'poetry');
  const extras = { ...table(poetry, 'extras'), ...table(root, 'project', 'optional-dependencies') };
  const set = (kind: OptionalSet['kind'], name: string, packages: readonly string[]) => ({ kind, name, packages });
  return [
    ...Object.entries(extras).map(([name, list]) => set('extra', name, texts(list).map(packageName))),
    ...Object.entries(table(root, 'dependency-groups')).map(([name, list]) =>
      set('group', name, texts(list).map(packageName)),
    ),
    ...Object.entries(table(poetry, 'group')).map(([name, group]) =>
      set('group', name, Object.keys(table(group, 'dependencies')).map(packageName)),
    ),
  ];
}

/** Setuptools (`where`, `package-dir`), Poetry (`from`) and Hatch (`packages = ["src/shop"]`). */
function packageFolders(root: unknown): string[] {
  const setuptools = table(root, 'tool', 'setuptools');
  const poetry = table(root, 'tool', 'poetry').packages;
  const hatch = texts(table(root, 'tool', 'hatch', 'build', 'targets', 'wheel').packages);
  const found = [
    ...texts(table(setuptools, 'packages', 'find').where),
    ...texts(table(setuptools, 'package-dir')['']),
    ...(Array.isArray(poetry) ? poetry.flatMap((one) => texts(table(one).from)) : []),
    ...hatch.filter((path) => path.includes('/')).map((path) => path.slice(0, path.lastIndexOf('/'))),
  ];
  return [...new Set(found)].filter((path) => path !== '.' && path !== '' && !path.startsWith('..'));
}

/**
 * Reads a pyproject.toml.
 * @param file Its path, for the error.
 * @throws DeployError INSTALL_FAILED where it is no TOML.
 */
export function parsePyproject(text: string, file: string): Pyproject {
  const root = parseToml(text, file);
  const project = table(root, 'project');
  const poetry = table(root, 'tool', 'poetry');
  const python = table(poetry, 'dependencies').python;
  const dynamic = Array.isArray(project.dynamic) && project.dynamic.includes('dependencies');
  const listed = Array.isArray(project.dependencies) && project.dependencies.length > 0;
  const optional = optionalSets(root);
  const production = (kind: OptionalSet['kind']) =>
    optional.filter((set) => set.kind === kind && isProductionName(set.name)).map(({ name }) => name);
  const uvVersion = table(root, 'tool', 'uv')['required-version'];
  return {
    project: Object.keys(project).length > 0,
    dependencies: listed || dynamic,
    poetry: Object.keys(table(poetry, 'dependencies')).length > 0,
    requiresPython: stated(text, /^\s*requires-python\s*=/, project['requires-python']),
    poetryPython: stated(text, /^\s*python\s*=/, isTable(python) ? python.version : python),
    productionGroups: production('group'),
    productionExtras: production('extra'),
    optional,
    uvVersion: typeof uvVersion === 'string' ? uvVersion : undefined,
    packageFolders: packageFolders(root),
  };
}

function parseToml(text: string, file: string): unknown {
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const [reason = ''] = error.message.split('\n', 1);
    throw new DeployError('INSTALL_FAILED', `${file} cannot be read: ${reason} (line ${error.line}).`, {
      hint: 'Fix the file; nothing can be installed from it.',
      cause: error,
    });
  }
}
