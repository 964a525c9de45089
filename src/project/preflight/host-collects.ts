import type { Finding } from '../../report/finding.ts';
import type { ProjectSettings } from '../django/settings-shape.ts';
import { type HostStatics, type PreflightOptions, placeOf } from './finding-places.ts';

/** Buildpacks and Oryx collect by themselves, unless this says otherwise. */
const disabling = 'DISABLE_COLLECTSTATIC';

const id = 'deploy.host-collectstatic';
const command = '"python manage.py collectstatic --noinput"';

const placeOfStorage = (settings: ProjectSettings, options: PreflightOptions) =>
  placeOf(options, settings, settings.assigned.STORAGES ? 'STORAGES' : 'STATICFILES_STORAGE');

/** The host builds the app itself, and the app serves what that build collects. */
const servesFromBuild = (settings: ProjectSettings, { bucket }: PreflightOptions, host: HostStatics): boolean =>
  !bucket && !host.takesArtifact && settings.whitenoise && settings.static_storage?.local === true;

/** The inputs keep a host from collecting that would do it unasked. */
export function fromDisabled(settings: ProjectSettings, options: PreflightOptions): Finding[] {
  const { releases, host, hostEnv = [] } = options;
  if (!releases || !host || !servesFromBuild(settings, options, host) || !hostEnv.includes(disabling)) return [];
  const message = `host-env sets ${disabling}, and the artifact of this run does not go to ${host.title}, so nobody collects the static files that the app serves. Take the line out.`;
  return [{ level: 'warning', id, message, ...placeOfStorage(settings, options) }];
}

/** Where the app runs, collectstatic has to have run, too, and nobody is known to do it there. With the artifact of this action it comes along. */
export function fromHostCollects(settings: ProjectSettings, options: PreflightOptions): Finding[] {
  const { releases, bucket, host, hostEnv = [] } = options;
  const collects = host?.collectsStatic === true && !hostEnv.includes(disabling);
  if (!releases || host?.takesArtifact || collects) return [];
  const storage = settings.static_storage;
  const isStrict = storage?.local === true && storage.hashed && storage.strict;
  const at = placeOfStorage(settings, options);
  if (bucket) {
    if (!isStrict || settings.whitenoise) return [];
    const name = storage.backend.split('.').at(-1) ?? storage.backend;
    const where = host
      ? `Let the build at ${host.title}, or that of the image, run ${command}, too.`
      : `Let the host's build run ${command}, too, unless it gets the artifact of this action.`;
    const message = `${name} reads staticfiles.json where the app runs, and every page answers 500 without it. ${where}`;
    return [{ level: 'notice', id, message, ...at }];
  }
  // What keeps it from collecting is told already.
  if (!host || !servesFromBuild(settings, options, host) || hostEnv.includes(disabling)) return [];
  const effect = isStrict ? 'every page answers 500' : 'every page lacks its files';
  const message = `The artifact of this run does not go to ${host.title}, and ${effect} unless the build there, or that of the image, collects the static files. Let it run ${command}.`;
  return [{ level: 'notice', id, message, ...at }];
}
