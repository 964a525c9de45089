import { join } from 'node:path';
import { activate, scripts } from '../checkout/build-environment.ts';
import { capture, type SilentIO } from '../checkout/shell.ts';
import type { Python } from './python.ts';
import { type InstallPlan, lockedTools, type UsedTools } from './run-install.ts';
import type { Toolchain } from './tools.ts';

/** The text of a requirements.txt, and what it was made from. */
interface ExportedRequirements {
  readonly text: string;
  readonly from: string;
}

export type ExportRequirements = () => Promise<ExportedRequirements | undefined>;

interface Command {
  readonly program: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

const flags = (flag: string, values: readonly string[]) => values.flatMap((value) => [flag, value]);

/**
 * The command that writes what a lock file holds for production to its standard output. Without hashes: pip would want one for
 * every package then, also for those from git and those that a host adds itself.
 */
export function exportCommand({ installer, production }: InstallPlan, { uv, tool }: UsedTools): Command | undefined {
  const { groups, extras } = production;
  switch (installer.kind) {
    case 'uv': {
      const plain = ['--no-hashes', '--no-header', '--no-annotate', '--no-emit-project', '--no-default-groups'];
      const more = [...flags('--group', groups), ...flags('--extra', extras)];
      return uv ? { program: uv, args: ['export', '--quiet', '--frozen', ...plain, ...more] } : undefined;
    }
    case 'poetry': {
      const args = [
        'export',
        '--without-hashes',
        '--format',
        'requirements.txt',
        '--only',
        ['main', ...groups].join(','),
      ];
      return tool
        ? { program: tool, args: [...args, ...flags('--extras', extras)], env: lockedTools.poetry.env }
        : undefined;
    }
    case 'pdm': {
      const args = ['export', '--prod', '--without-hashes', '--format', 'requirements', ...flags('--group', extras)];
      return tool ? { program: tool, args, env: lockedTools.pdm.env } : undefined;
    }
    case 'pipenv': {
      const categories = groups.length > 0 ? ['--categories', ['packages', ...groups].join(' ')] : [];
      return tool ? { program: tool, args: ['requirements', ...categories], env: lockedTools.pipenv.env } : undefined;
    }
    default:
      return undefined;
  }
}

/** Requirements without credentials in the addresses of indexes; variables in them stay, which pip fills in itself. */
export const withoutPasswords = (text: string): string =>
  text.replace(/(https?:\/\/)([^\s/@]+)@/g, (whole, scheme: string, user: string) =>
    user.includes('$' + '{') ? whole : scheme,
  );

/**
 * Prints the distributions of a Python as requirements. For `pip freeze`, packages of conda are files of the machine that built them
 * (conda/conda#10178). What was installed from a folder that is there is the project's own.
 */
const listDistributions = `
import importlib.metadata, json, os, urllib.parse
lines = set()
for one in importlib.metadata.distributions():
    source = json.loads(one.read_text("direct_url.json") or "{}")
    address = source.get("url", "")
    vcs = source.get("vcs_info")
    if vcs:
        lines.add(f"{one.name} @ {vcs['vcs']}+{address}@{vcs['commit_id']}")
    elif not address.startswith("file:") or not os.path.exists(urllib.parse.unquote(urllib.parse.urlsplit(address).path)):
        lines.add(f"{one.name}=={one.version}")
print("\\n".join(sorted(lines)))
`;

/** Makes requirements.txt of the packages of an environment that has no pip. */
export function exportInstalled(
  io: SilentIO,
  root: string,
  { program, env }: Python,
  file: string,
): ExportRequirements {
  return async () => {
    const output = await capture(io, { program, args: ['-c', listDistributions], cwd: root, env });
    const text = output && withoutPasswords(output.toString());
    return text?.trim() ? { text, from: `the packages that were installed from ${file}` } : undefined;
  };
}

/** Makes requirements.txt of what was installed, when it is asked for. */
export function requirementsExport(toolchain: Toolchain, plan: InstallPlan, used: UsedTools): ExportRequirements {
  const { io, root, venv } = toolchain;
  const { installer } = plan;
  const captured = async ({ program, args, env }: Command, folder: string): Promise<string | undefined> => {
    const all = { ...activate(toolchain.env, venv), ...env };
    const output = await capture(io, { program, args, cwd: join(root, folder), env: all });
    const text = output && withoutPasswords(output.toString());
    return text?.trim() ? text : undefined;
  };
  return async () => {
    // A file in a folder of the project can be taken in; one outside of it does not come along.
    if (installer.kind === 'requirements' && !installer.file.startsWith('../'))
      return { text: `-r ${installer.file}\n`, from: installer.file };
    const command = exportCommand(plan, used);
    const exported = command && (await captured(command, installer.folder));
    if (exported) return { text: exported, from: `${installer.kind} ${command.args[0]} of ${installer.file}` };
    const python = join(scripts(venv), 'python');
    const freeze = used.uv
      ? { program: used.uv, args: ['pip', 'freeze', '--quiet', '--python', python] }
      : { program: python, args: ['-m', 'pip', 'freeze', '--disable-pip-version-check'] };
    const frozen = await captured(freeze, '.');
    return frozen ? { text: frozen, from: `the packages that were installed from ${installer.file}` } : undefined;
  };
}
