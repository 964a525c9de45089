import { describe, expect, test } from '@jest/globals';
import { bucket, lookAtOutcome, whiteNoise as noise, storages } from '../../../support/preflight.ts';
import { projectSettings } from '../../../support/project.ts';

const online = { tool: 'compressor_online', name: 'CACHE', path: null, file: '/work/repo/shop/a.html', line: 3 };

const look = (settings: Parameters<typeof projectSettings>[0], options = {}, unmade = [online]) =>
  lookAtOutcome({ project: projectSettings({ static_storage: storages.plain, ...settings }), unmade }, options).filter(
    ({ id }) => id === 'deploy.not-made',
  );

describe('files that django-compressor makes when a page is asked for', () => {
  test('never get into a bucket, which is an error that names the setting and the command', () => {
    expect(look({}, { bucket })).toMatchObject([{ level: 'error', at: { file: 'shop/a.html', line: 3 } }]);
    expect(look({}, { bucket })[0]?.message).toMatch(
      /CACHE\/ .*bucket never.*COMPRESS_OFFLINE = True.*post-build-command: python manage\.py compress --force$/,
    );
  });

  test('are not seen by WhiteNoise, which is a warning', () => {
    expect(look({ serving: noise })).toMatchObject([{ level: 'warning' }]);
  });

  test('are served by a server before the app, and sent by a storage that is itself a bucket', () => {
    expect(look({})).toEqual([]);
    expect(look({ static_storage: storages.remote }, { bucket })).toEqual([]);
    expect(look({}, { bucket }, [])).toEqual([]);
  });
});
