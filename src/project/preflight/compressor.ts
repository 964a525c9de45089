import type { Finding } from '../../report/finding.ts';
import type { Outcome } from '../django/outcome.ts';
import { type PreflightOptions, place } from './finding-places.ts';

/**
 * django-compressor without COMPRESS_OFFLINE: it makes its files when a page is asked for, on the disk of the app. Whoever serves the
 * static files has to look there then, which a bucket never does, and WhiteNoise only once, as the app starts.
 */
export function fromCompressor({ unmade, project }: Outcome, options: PreflightOptions): Finding[] {
  const online = (unmade ?? []).find(({ tool }) => tool === 'compressor_online');
  const isNoise = /^(whitenoise|servestatic)$/.test(project?.serving?.server ?? '');
  if (!online || project?.static_storage?.local === false || !(options.bucket || isNoise)) return [];
  const who = options.bucket
    ? 'the bucket never gets them'
    : 'WhiteNoise serves only what was there as the app started';
  const message = `{% compress %} writes its files to ${online.name}/ on the disk of the app when a page is asked for, and ${who}: the page lacks its style sheets and scripts. Write COMPRESS_OFFLINE = True into the settings, with COMPRESS_OFFLINE_CONTEXT where a block holds variables, and post-build-command: python manage.py compress --force`;
  return [
    {
      level: options.bucket ? 'error' : 'warning',
      id: 'deploy.not-made',
      message,
      ...place(options, online.file, online.line),
    },
  ];
}
