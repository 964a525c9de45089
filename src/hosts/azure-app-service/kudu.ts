import * as v from 'valibot';
import { ask, askJson } from '../contract/api.ts';
import { HostAnswerError, type HostIO } from '../contract/host.ts';

const text = v.nullish(v.string());
const deploymentSchema = v.object({
  id: v.string(),
  status: v.number(),
  status_text: text,
  message: text,
  complete: v.nullish(v.boolean()),
  active: v.nullish(v.boolean()),
  received_time: text,
});
export type Deployment = v.InferOutput<typeof deploymentSchema>;

const logSchema = v.object({ id: text, message: text, details_url: text });

/** Where a site's deploys are made, and what opens it. */
export interface Scm {
  /** `https://shop.scm.azurewebsites.net` */
  readonly root: string;
  readonly authorization: string;
}

/** Kudu, the service of every site that takes deploys: https://github.com/projectkudu/kudu/wiki/REST-API */
export function kudu({ root, authorization }: Scm) {
  const headers = { authorization, accept: 'application/json' };
  return {
    /** Sends the zip; the id of the deploy where the answer tells it. */
    async publish(file: string, sha: string, io: HostIO): Promise<string | undefined> {
      // The message is what Microsoft's own action sends, so that the portal shows the commit.
      const message = JSON.stringify({ type: 'deployment', sha });
      const query = new URLSearchParams({ type: 'zip', async: 'true', trackDeploymentProgress: 'true', message });
      const answer = await ask(io, "App Service's publish", {
        method: 'POST',
        url: `${root}/api/publish?${query}`,
        headers: { ...headers, 'content-type': 'application/zip' },
        body: [{ file }],
        timeout: 30 * 60_000,
      });
      return answer.headers['scm-deployment-id'] || undefined;
    },

    async deployment(id: string, io: HostIO): Promise<Deployment> {
      const request = { method: 'GET' as const, url: `${root}/api/deployments/${encodeURIComponent(id)}`, headers };
      const found = await askJson(io, `App Service's deployment ${id}`, request, deploymentSchema);
      if (!found) throw new HostAnswerError(`App Service's deployment ${id}: an empty answer`, 200);
      return found;
    },

    async deployments(io: HostIO): Promise<Deployment[]> {
      const request = { method: 'GET' as const, url: `${root}/api/deployments`, headers };
      return (await askJson(io, "App Service's deployments", request, v.array(deploymentSchema))) ?? [];
    },

    /** The log of a deploy, with the details of each step that has some. */
    async *log(id: string, io: HostIO): AsyncIterable<string> {
      const url = `${root}/api/deployments/${encodeURIComponent(id)}/log`;
      const what = "App Service's log";
      const steps = (await askJson(io, what, { method: 'GET', url, headers }, v.array(logSchema))) ?? [];
      for (const step of steps) {
        yield step.message ?? '';
        if (!step.details_url || !step.id) continue;
        const details = { method: 'GET' as const, url: `${url}/${encodeURIComponent(step.id)}`, headers };
        for (const { message } of (await askJson(io, what, details, v.array(logSchema))) ?? [])
          yield `  ${message ?? ''}`;
      }
    },
  };
}

export const commitOf = ({ message }: Deployment): string | undefined => /\b[0-9a-f]{40}\b/.exec(message ?? '')?.[0];
