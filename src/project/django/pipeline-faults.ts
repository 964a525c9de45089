import type { PipelineFault } from './outcome.ts';

const tags: Readonly<Record<string, string>> = { STYLESHEETS: 'stylesheet', JAVASCRIPT: 'javascript' };

/** What is wrong with a package of django-pipeline, and what to write. */
export function describePipeline({ kind, setting, package: name, pattern }: PipelineFault): string {
  const where = `PIPELINE["${setting}"]["${name}"]`;
  if (kind === 'text')
    return `source_filenames of ${where} is a string, so each of its letters is taken for a file. Write a list: "source_filenames": ["${pattern}"]`;
  if (kind === 'nothing')
    return `${where} names "${pattern}", which no finder has, so the package lacks it and no error says so. Fix the name, or add the file.`;
  return `The template uses {% ${tags[setting]} "${name}" %}, and PIPELINE["${setting}"] has no such package, so that nothing is put into the page. Fix the name, or add the package.`;
}
