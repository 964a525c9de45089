import { type Emulator, startEmulator } from '../emulator.ts';

export interface DokployEmulator extends Emulator {
  readonly titles: readonly string[];
}

/**
 * The part of Dokploy's API that deploys need, as its source has it (Dokploy/dokploy, packages/server/src/db/schema/deployment.ts
 * and apps/dokploy/server/api/routers): the answer to a deploy names nothing, and deployments are listed with the newest first.
 */
export async function startDokploy(key: string, end: 'done' | 'error' | 'cancelled'): Promise<DokployEmulator> {
  const titles: string[] = [];
  let asked = 0;
  const emulator = await startEmulator(({ method, path, headers, body }) => {
    if (headers['x-api-key'] !== key) return { status: 401, body: { message: 'Unauthorized', code: 'UNAUTHORIZED' } };
    const { pathname, searchParams } = new URL(path, 'http://dokploy');
    if (`${method} ${pathname}` === 'POST /api/application.deploy') {
      const { applicationId, title } = JSON.parse(body) as Record<string, unknown>;
      if (applicationId !== 'APPLICATION_ID' || typeof title !== 'string')
        return { status: 400, body: { message: 'Input validation failed', code: 'BAD_REQUEST' } };
      titles.unshift(title);
      return { status: 200, body: 'true' };
    }
    if (`${method} ${pathname}` !== 'GET /api/deployment.all') return { status: 404 };
    if (searchParams.get('applicationId') !== 'APPLICATION_ID') return { status: 404 };
    asked += 1;
    const deployment = (title: string, status: string) => ({
      deploymentId: `d-${title}`,
      title,
      description: '',
      status,
      logPath: '/etc/dokploy/logs/shop.log',
      errorMessage: status === 'error' ? 'Build failed: exit code 1' : null,
    });
    // The queue makes the record a moment later.
    const ours = asked < 2 ? [] : titles.map((title) => deployment(title, asked < 3 ? 'running' : end));
    return { status: 200, body: [...ours, deployment('an older one', 'done')] };
  });
  return Object.assign(emulator, { titles });
}
