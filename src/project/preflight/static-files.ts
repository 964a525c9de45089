import { formatCount } from '../../lib/text.ts';
import type { Finding } from '../../report/finding.ts';
import { adviseBrokenLink, describeFailure, isOfStaticFiles, remedyOf } from '../django/django-failures.ts';
import { adviseReference } from '../django/missing-references.ts';
import type { Outcome } from '../django/outcome.ts';
import type { ProjectSettings } from '../django/settings-shape.ts';
import { giveVariables } from '../django/variable-advice.ts';
import { type PreflightOptions, pathOf, place, placeOf } from './finding-places.ts';

/** What is wrong with the static files themselves. */
export function fromStaticFiles(outcome: Outcome, options: PreflightOptions): Finding[] {
  return [
    ...(outcome.escaping ?? []).map(({ file, target, broken }): Finding => {
      const message = broken
        ? `${pathOf(options, file)} is a link to ${pathOf(options, target)}, which is not there, so collectstatic fails. ${adviseBrokenLink}`
        : `${pathOf(options, file)} is a link that leads out of its folder, to ${target}. collectstatic would publish what it points to; replace the link by a file.`;
      return { level: 'error', id: 'deploy.link', message, ...place(options, file) };
    }),
    ...fromCollect(outcome, options),
    ...fromNoStaticFiles(outcome, options),
    ...fromEarlyNames(outcome, options),
    ...fromTemplates(outcome, options),
    ...fromPathsByHand(outcome, options),
    ...fromCrowds(outcome, options),
    ...(outcome.duplicates ?? []).map(({ name, used, ignored }): Finding => {
      const message = `Two files have the name ${name}: ${pathOf(options, used)} is used, ${pathOf(options, ignored)} is not. Rename one, or put it into a folder with the name of its app.`;
      return { level: 'warning', id: 'deploy.duplicate', message, ...place(options, ignored) };
    }),
  ];
}

function fromCollect({ failures, missing, project }: Outcome, options: PreflightOptions): Finding[] {
  const failure = failures.find(isOfStaticFiles);
  if (!failure) return [];
  const references = (missing ?? []).map((one): Finding => {
    const { name, file, line, url, target } = one;
    const named = target === null ? 'leads out of the static files' : `names ${target}, which is not there`;
    const own = place(options, file, line);
    const message = `${name}, line ${line}: "${url}" ${named}, so collectstatic fails. ${adviseReference(one, own.at !== undefined)}`;
    return { level: 'error', id: 'deploy.missing-file', message, ...own };
  });
  if (references.length > 0) return references;
  const last = failure.frames.at(-1);
  const message = `${describeFailure(failure)}. ${remedyOf(failure, project)}`;
  return [{ level: 'error', id: 'deploy.collect', message, ...place(options, last?.file, last?.line) }];
}

function fromTemplates({ templates, project }: Outcome, options: PreflightOptions): Finding[] {
  const storage = project?.static_storage;
  const breaks = storage?.hashed === true && storage.strict;
  const effect = breaks ? 'the live page answers 500' : 'the page links a file that answers 404';
  const found = (templates ?? []).filter(({ name }) => name.trim() !== '' || storage?.empty_name === false);
  return found.map(({ file, line, name, used = true, similar, app, ignored }) => {
    const empty = name.trim() === '';
    const notUsed = used ? '' : ' Nothing in the project names this template.';
    const meant = similar ? ` Did you mean "${similar}"?` : '';
    const fix = app
      ? `The installed package ${app} has it: add "${app}" to INSTALLED_APPS.`
      : ignored
        ? `git ignores a file of this name (${ignored}): take that line out or make an exception (!…), and commit the file; or make it in build-command.`
        : 'Fix the name, or add the file.';
    return {
      level: (empty || breaks) && used ? 'error' : 'warning',
      id: 'deploy.template',
      message: empty
        ? `The template asks for a static file without a name, and the live page answers 500.${notUsed} Name a file, or write {% get_static_prefix %}.`
        : `The template asks for the static file "${name}", which no finder has: ${effect}.${notUsed}${meant} ${fix}`,
      ...place(options, file, line),
    };
  });
}

/** Whether files at this STATIC_URL are below /static/ of the site, too. */
function isUsualPath(staticUrl: string, { url = 'http://site.invalid' }: PreflightOptions): boolean {
  if (!URL.canParse(staticUrl, url)) return true;
  const { origin, pathname } = new URL(staticUrl, url);
  return origin === new URL(url).origin && pathname === '/static/';
}

/** A path in a template leads nowhere as soon as STATIC_URL leads elsewhere. */
function fromPathsByHand({ by_hand: byHand, project }: Outcome, options: PreflightOptions): Finding[] {
  const { static_url: staticUrl } = project ?? {};
  if (!staticUrl || isUsualPath(staticUrl, options)) return [];
  return (byHand ?? []).map(({ file, line, name }) => {
    const message = `The template names /static/${name}, and static files are at ${staticUrl}, so the page lacks it. Write {% load static %} at the top, and {% static "${name}" %} in its place.`;
    return { level: 'warning', id: 'deploy.static-path', message, ...place(options, file, line) };
  });
}

const addStaticFiles = 'add "django.contrib.staticfiles" to INSTALLED_APPS';

/** A project that has no static files, such as an API: nothing is missing unless a bucket is to get some. */
function fromNoStaticFiles({ without_static_files: without }: Outcome, options: PreflightOptions): Finding[] {
  if (!without) return [];
  const begin = 'The project has no static files, because their app is not installed';
  return options.bucket
    ? [
        {
          level: 'error',
          id: 'deploy.no-static-files',
          message: `${begin}, and they were to go to the bucket "${options.bucket.name}". Leave the input bucket out, or ${addStaticFiles}.`,
        },
      ]
    : [{ level: 'notice', id: 'deploy.no-static-files', message: `${begin}. If it has some, ${addStaticFiles}.` }];
}

/** Code that asks for an address while it is imported ends the app's start where the manifest has none. */
function fromEarlyNames({ early }: Outcome, options: PreflightOptions): Finding[] {
  return (early ?? []).map(({ file, line, name, similar }) => {
    const meant = similar ? ` Did you mean "${similar}"?` : '';
    const message = `This code asks for the static file "${name}" while it is imported, and no finder has it: the live app does not start.${meant} Fix the name, or add the file.`;
    return { level: 'error', id: 'deploy.static-name', message, ...place(options, file, line) };
  });
}

/** What is odd about the static files as a whole, and breaks nothing. */
function fromCrowds({ crowded }: Outcome, options: PreflightOptions): Finding[] {
  return (crowded ?? []).map(({ folder, files }) => {
    const message = `The folder ${pathOf(options, folder)} offers ${formatCount(files)} static files, and all of them are collected and uploaded. Name the folders that pages need in STATICFILES_DIRS, for example node_modules/bootstrap/dist in place of node_modules.`;
    return { level: 'warning', id: 'deploy.many-files', message };
  });
}

/** The app serves its own static files, so that nothing asks the bucket for those that are put there. */
export function fromUnusedBucket(settings: ProjectSettings, options: PreflightOptions): Finding[] {
  const url = settings.static_url ?? '';
  const { bucket } = options;
  if (!bucket || !settings.whitenoise || !settings.static_storage?.local || /^(https?:)?\/\//.test(url)) return [];
  const message = `WhiteNoise serves static files under ${url}, so that no page asks the bucket "${bucket.name}" for them. Write the bucket's or the CDN's address into STATIC_URL, or leave the input bucket out.`;
  return [{ level: 'notice', id: 'deploy.unused-bucket', message, ...placeOf(options, settings, 'STATIC_URL') }];
}

/** No STATIC_ROOT, and no folder that the storage brings. */
export function fromStaticRoot(settings: ProjectSettings, options: PreflightOptions): Finding[] {
  const storage = settings.static_storage;
  if (settings.static_root || !storage?.local || storage.location) return [];
  const at = placeOf(options, settings, 'STATIC_ROOT');
  const advice = settings.assigned.STATIC_ROOT
    ? (giveVariables(settings, 'STATIC_ROOT') ?? 'It is set under a condition that does not hold in this build.')
    : 'Set it, for example STATIC_ROOT = BASE_DIR / "staticfiles".';
  if (!storage.hashed && options.bucket) {
    const message = `STATIC_ROOT is not set, so the files were collected to a temporary folder. ${advice}`;
    return [{ level: 'warning', id: 'deploy.static-root', message, ...at }];
  }
  const why = storage.hashed
    ? 'the app reads its manifest of hashed names there'
    : 'the app has to serve the files from there';
  return [
    { level: 'error', id: 'deploy.static-root', message: `STATIC_ROOT is not set, and ${why}. ${advice}`, ...at },
  ];
}
