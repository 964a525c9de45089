import type { Finding } from '../../report/finding.ts';

/** A file of a host's in the checkout that says which folder it serves. */
export interface HostFile {
  /** Relative to the folder that the paths in it are relative to. */
  readonly path: string;
  readonly text: string;
}

/** Where a host is told to find the files of an address. */
interface Mapping {
  readonly url: string;
  readonly folder: string;
  readonly line: number;
}

const plain = (text: string): string => text.trim().replace(/^(['"])(.*)\1$/, '$2');

/**
 * Handlers of App Engine: `url`, and `static_dir` in the lines of the same item. By lines, because no parser of YAML is in the
 * bundle, and an item that is written otherwise is not judged.
 */
function handlersIn(text: string): Mapping[] {
  const found: Mapping[] = [];
  let url: string | undefined;
  for (const [at, line] of text.split('\n').entries()) {
    if (/^\s*-/.test(line)) url = undefined;
    const [, name, value = ''] = /^\s*(?:-\s+)?(url|static_dir):\s*([^#]+)/.exec(line) ?? [];
    if (name === 'url') url = plain(value);
    if (name === 'static_dir' && url !== undefined) found.push({ url, folder: plain(value), line: at + 1 });
  }
  return found;
}

const proxyFiles = 'aws:elasticbeanstalk:environment:proxy:staticfiles';

/** The map of addresses to folders of Elastic Beanstalk's proxy. */
function proxyMapIn(text: string): Mapping[] {
  const found: Mapping[] = [];
  let depth: number | undefined;
  for (const [at, line] of text.split('\n').entries()) {
    if (line.trim() === '' || line.trim().startsWith('#')) continue;
    const indent = line.length - line.trimStart().length;
    if (line.includes(`${proxyFiles}:`)) depth = indent;
    else if (depth !== undefined && indent <= depth) depth = undefined;
    else if (depth !== undefined) {
      const [, url = '', folder = ''] = /^\s*["']?(\/[^"':]*)["']?:\s*([^#]+)/.exec(line) ?? [];
      if (url !== '') found.push({ url, folder: plain(folder), line: at + 1 });
    }
  }
  return found;
}

const inOrder = (path: string): string => `/${path.replace(/^\/+|\/+$/g, '')}/`;

/**
 * A host that serves the address of the static files out of another folder than the one that is collected to.
 * @param staticRoot STATIC_ROOT, relative to the folder that the host's paths are relative to.
 */
export function fromHostFiles(
  files: readonly HostFile[],
  staticUrl: string | null,
  staticRoot: string | undefined,
  prefix: string,
): Finding[] {
  if (staticRoot === undefined || !staticUrl || /^(https?:)?\/\//.test(staticUrl)) return [];
  return files.flatMap(({ path, text }) => {
    const mappings = path.startsWith('.ebextensions/') ? proxyMapIn(text) : handlersIn(text);
    const own = mappings.filter(({ url }) => inOrder(url) === inOrder(staticUrl));
    const wrong = own.filter(({ folder }) => inOrder(folder) !== inOrder(staticRoot));
    return wrong.map(({ folder, line }): Finding => {
      const message = `Static files are served out of "${folder}" here, and collectstatic fills "${staticRoot}" (STATIC_ROOT). Write ${staticRoot} here, or let STATIC_ROOT be ${folder}.`;
      return { level: 'warning', id: 'deploy.static-serving', message, at: { file: prefix + path, line } };
    });
  });
}
