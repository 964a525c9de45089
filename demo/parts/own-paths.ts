/**
 * What an app has printed, with the paths of its project and its packages: those of the folder in which this machine keeps it say nothing
 * to its author.
 * @param folder Folder of the releases.
 */
export function withoutOwnPaths(text: string, folder: string): string {
  const own = RegExp.escape(folder);
  return text
    .replace(/(?<=["'( ]|^)[^"'( \n]*\/site-packages\//gm, '')
    .replace(new RegExp(`${own}/[^/\\s"']+/`, 'g'), '');
}
