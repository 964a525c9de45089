import { describe, expect, test } from '@jest/globals';
import { DeployError, toDeployError } from '../../../src/core/errors.ts';

const ofSystem = (code: string, path?: string) => Object.assign(new Error(`${code}: ${path}`), { code, path });
const isOfRun = (path: string) => path.startsWith('/temp/run');

describe('a disk that takes no more is told apart', () => {
  test.each<[string, unknown, RegExp]>([
    ['no space', ofSystem('ENOSPC', '/x'), /^\/x could not be written: no space is left on the disk\.$/],
    ['no space, without a path', ofSystem('ENOSPC'), /^A file could not be written: no space/],
    ['a quota', ofSystem('EDQUOT', '/x'), /quota/],
    ['a read-only file system', ofSystem('EROFS', '/x'), /read-only/],
    ['a limit of the size', ofSystem('EFBIG', '/x'), /larger than this system allows/],
    ['a folder that is gone', ofSystem('ENOENT', '/temp/run/report.json'), /the folder is gone/],
    ['a folder that is locked', ofSystem('EACCES', '/temp/run/a'), /may not be written to/],
    ['a cause', new DeployError('ARTIFACT_INVALID', 'no', { cause: ofSystem('ENOSPC', '/x') }), /no space/],
    ['words of pip', new DeployError('INSTALL_FAILED', "[Errno 28] No space left on device: '/x'"), /Errno 28/],
    ['words of a hook', new DeployError('COMMAND_FAILED', 'tar: x: Disk quota exceeded'), /tar: x/],
  ])('by %s', (_what, thrown, message) => {
    expect(toDeployError(thrown, isOfRun)).toMatchObject({
      code: 'DISK_FULL',
      message: expect.stringMatching(message),
      hint: expect.stringContaining('df -h'),
    });
  });

  test.each<[unknown, string]>([
    [ofSystem('ENOENT', '/other'), 'INTERNAL'],
    [new DeployError('INSTALL_FAILED', 'No matching distribution'), 'INSTALL_FAILED'],
    [new DeployError('HOST_FAILED', 'No space left on device'), 'HOST_FAILED'],
    ['text', 'INTERNAL'],
  ])('from %s', (thrown, code) => {
    expect(toDeployError(thrown, isOfRun).code).toBe(code);
  });
});
