import { parse, TomlError } from 'smol-toml';
import { DeployError } from '../../core/errors.ts';

/** Something that a file says, and where. */
export interface Stated {
  readonly text: string;
  /** From 1. */
  readonly line: number;
}

/** What a pyproject.toml says of an install. */
export interface Pyproject {
  /** `[project]` has dependencies, or has them made by its build. */
  readonly dependencies: boolean;
  /** The dependencies stand in `[tool.poetry]`, where only Poetry finds them. */
  readonly poetry: boolean;
  readonly requiresPython: Stated | undefined;
  /** Poetry's own way to say it, in its own syntax. */
  readonly poetryPython: Stated | undefined;
  /** Groups of dependencies that are named for production. */
  readonly productionGroups: readonly string[];
}

const productionNames = /^(production|prod|deploy)$/i;

type Table = Readonly<Record<string, unknown>>;

const isTable = (value: unknown): value is Table => typeof value === 'object' && value !== null;
const table = (value: unknown, ...names: string[]): Table => {
  const found = names.reduce<unknown>((inner, name) => (isTable(inner) ? inner[name] : undefined), value);
  return isTable(found) ? found : {};
};

/** The value with the line that it stands on, which the parser does not tell. */
function stated(text: string, key: RegExp, value: unknown): Stated | undefined {
  if (typeof value !== 'string') return undefined;
  const line = text.split('\n').findIndex((one) => key.test(one));
  return { text: value, line: Math.max(line, 0) + 1 };
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
  const groups = Object.keys(table(root, 'dependency-groups'));
  return {
    dependencies: listed || dynamic,
    poetry: Object.keys(table(poetry, 'dependencies')).length > 0,
    requiresPython: stated(text, /^\s*requires-python\s*=/, project['requires-python']),
    poetryPython: stated(text, /^\s*python\s*=/, isTable(python) ? python.version : python),
    productionGroups: groups.filter((name) => productionNames.test(name)),
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
