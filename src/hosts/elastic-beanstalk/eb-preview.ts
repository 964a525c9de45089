import type { HostInputs, Preview } from '../contract/host.ts';
import { previewMark, previewName } from '../contract/preview-safety.ts';
import { isMarked, left, notCopied, warnOfMissing } from '../contract/preview-variables.ts';
import { variableSettings } from './eb-api.ts';
import { createVersion, following, noEnvironment, type Using } from './eb-environment.ts';
import { idOf } from './eb-status.ts';

/** Longest name of an environment. */
const longest = 40;

/** An environment of its own, with the settings of the environment that it is a preview of. */
export function ebPreview(using: Using, inputs: HostInputs, service: string, pullRequest: number): Preview {
  const name = previewName(service, pullRequest, longest);

  return {
    ...following(using, name),
    async check(io) {
      if (!(await using(io).environment(service, io))) throw noEnvironment(service);
      if (await using(io).environment(name, io)) return [];
      return warnOfMissing(notCopied(await using(io).variables(service, io)));
    },
    async trigger(request, io) {
      const api = using(io);
      const [base, found] = [await api.environment(service, io), await api.environment(name, io)];
      if (!base) throw noEnvironment(service);
      const startedAt = io.now();
      await createVersion(api, name, inputs, request, io);
      if (found) {
        const requestId = await api.update(name, request.release, variableSettings(request.variables), io);
        return { id: idOf(request.release, requestId), startedAt, sha: request.sha };
      }
      const template = `deploy-django-${name}-${request.release}`;
      const without = notCopied(await api.variables(service, io)).filter((one) => !(one in request.variables));
      const settings = variableSettings({ ...request.variables, [previewMark]: service });
      await api.saveSettings(template, base.EnvironmentId, io);
      try {
        const requestId = await api.create(name, template, request.release, settings, without, io);
        return { id: idOf(request.release, requestId), startedAt, sha: request.sha };
      } finally {
        await api.removeSettings(template, io);
      }
    },
    async destroy(_request, io) {
      const found = await using(io).environment(name, io);
      if (!found || found.Status === 'Terminating')
        return { outcome: 'gone', message: `Elastic Beanstalk has no environment ${name} any more` };
      if (!isMarked(await using(io).variables(name, io), service)) return left(`the environment ${name}`);
      await using(io).terminate(name, io);
      return { outcome: 'removed', message: `Elastic Beanstalk terminates the environment ${name}` };
    },
  };
}
