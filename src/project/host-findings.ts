import type { StartNeed } from '../hosts/contract/build-needs.ts';
import type { HostOptions } from '../hosts/contract/host.ts';
import { listSome } from '../lib/text.ts';
import type { Finding } from '../report/finding.ts';
import { type HostBuild, planHostFiles } from './artifact/host-files.ts';
import type { ProjectSettings } from './django/settings-shape.ts';

/** What is known of the project before it is packed. */
export interface HostLook {
  /** Names at the top of the artifact. */
  readonly names: ReadonlySet<string>;
  readonly settings: Pick<ProjectSettings, 'settings_module' | 'wsgi' | 'asgi'>;
  /** Folder of manage.py in the artifact, `.` where it is at its top. */
  readonly folder: string;
  readonly options: HostOptions;
  /** requirements.txt can be made where the host needs one. */
  readonly exports: boolean;
}

/** `config.wsgi.application` as servers write it. */
const moduleOf = (path: string): string => path.replace(/\.(\w+)$/, ':$1');

/** The command that serves the project, by the module of its settings; Django's own templates name it. */
export function serverCommand({ settings, folder }: Pick<HostLook, 'settings' | 'folder'>, port?: string): string {
  const { wsgi, asgi, settings_module: module } = settings;
  if (asgi) {
    const inFolder = folder === '.' ? '' : ` --app-dir ${folder}`;
    return `uvicorn${inFolder} --host 0.0.0.0${port ? ` --port ${port}` : ''} ${moduleOf(asgi)}`;
  }
  const inFolder = folder === '.' ? '' : ` --chdir ${folder}`;
  // gunicorn listens on the variable PORT by itself.
  const bind = port && port !== '$PORT' ? ` --bind :${port}` : '';
  return `gunicorn${inFolder}${bind} ${moduleOf(wsgi ?? `${module.split('.')[0]}.wsgi.application`)}`;
}

function fromStart(title: string, start: StartNeed, look: HostLook): Finding[] {
  const { files, without, line, port, unless } = start;
  if (files.some((name) => look.names.has(name)) || (unless && look.options[unless])) return [];
  const text = line.replace('{server}', () => serverCommand(look, port));
  const message = `There is no ${files[0]} at the top of the artifact for ${title}: ${without}. Write the file ${files[0]} with this line: ${text}`;
  return [{ level: 'warning', id: 'deploy.host-start', message }];
}

/** What the host's build will probably fail of, or run nothing because of: warnings, because the host can be set up otherwise. */
export function hostFindings({ title, needs }: HostBuild, look: HostLook): Finding[] {
  const found = needs.packages.filter((name) => look.names.has(name));
  const findings: Finding[] = needs.start ? fromStart(title, needs.start, look) : [];
  if (needs.onePackageFile && found.length > 1) {
    const [first, ...others] = found;
    const lines = listSome(
      others.map((name) => `/${name} export-ignore`),
      4,
    );
    const message = `${title} refuses a source with several of these files: ${listSome(found, 4)}. Delete all but one. To keep ${first} alone in the artifact, and the others in git, write into .gitattributes: ${lines}`;
    findings.push({ level: 'warning', id: 'deploy.package-files', message });
  }
  for (const { file, beside, instead } of needs.refuses ?? []) {
    if (!look.names.has(file) || !look.names.has(beside)) continue;
    const message = `${title} ends the build where ${file} is beside ${beside}. Write what it says into ${instead} (such as 3.13), and delete it. To keep it in git alone, write into .gitattributes: /${file} export-ignore`;
    findings.push({ level: 'warning', id: 'deploy.package-files', message });
  }
  if (planHostFiles(needs, look.names).requirements && !look.exports) {
    const message = `${title} installs packages from ${listSome(needs.packages, 4)} at the top of the artifact, and none of them is there. Commit one of them, or set install to auto, so that requirements.txt is made from the project's lock file`;
    findings.push({ level: 'warning', id: 'deploy.host-packages', message });
  }
  return findings;
}
