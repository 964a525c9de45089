import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { HostMigrations, HostOptions } from '../../hosts/contract/host.ts';
import type { Finding } from '../../report/finding.ts';
import { placeIn } from '../checkout/place.ts';

const id = 'deploy.host-migrations';

/** Whether the host is told to migrate, as far as the checkout and the inputs say: with a file that does not, a warning. */
export async function hostMigrationFindings(
  { workspace, root }: { readonly workspace: string; readonly root: string },
  migrations: HostMigrations | undefined,
  options: HostOptions,
): Promise<Finding[]> {
  if (!migrations || (migrations.option !== undefined && options[migrations.option] !== undefined)) return [];
  const found: string[] = [];
  for (const { path, says } of migrations.files ?? []) {
    const text = await readFile(join(root, path), 'utf8').catch(() => undefined);
    if (text === undefined) continue;
    if (says.test(text)) return [];
    found.push(path);
  }
  const [first] = found;
  const { how } = migrations;
  if (first === undefined)
    return [{ level: 'notice', id, message: `migrate is host, so that the host has to be told to migrate. ${how}` }];
  const message = `migrate is host, and ${first} does not tell the host to migrate. ${how}`;
  return [{ level: 'warning', id, message, ...placeIn(workspace, join(root, first)) }];
}
