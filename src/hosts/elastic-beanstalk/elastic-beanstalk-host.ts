import type { Host, HostInputs } from '../contract/host.ts';
import { variableSettings } from './eb-api.ts';
import { createVersion, following, lazily, noEnvironment } from './eb-environment.ts';
import { ebPreview } from './eb-preview.ts';
import { rollBack } from './eb-rollback.ts';
import { idOf } from './eb-status.ts';

export function createElasticBeanstalk(inputs: HostInputs): Required<Omit<Host, 'urls'>> {
  const name = inputs.service ?? '';
  const using = lazily(inputs);
  const follow = following(using, name);
  return {
    ...follow,
    async check(io) {
      const environment = await using(io).environment(name, io);
      if (!environment) throw noEnvironment(name);
      return environment.Status === 'Ready'
        ? []
        : [`the environment ${name} is ${environment.Status}; it takes a new version only when it is Ready`];
    },
    async trigger(request, io) {
      const api = using(io);
      const startedAt = io.now();
      await createVersion(api, name, inputs, request, io);
      const requestId = await api.update(name, request.release, variableSettings(request.variables), io);
      return { id: idOf(request.release, requestId), startedAt, sha: request.sha };
    },
    rollback: (to) => ({ ...follow, trigger: (_request, io) => rollBack(using(io), name, to, io) }),
    preview: (pullRequest) => ebPreview(using, inputs, name, pullRequest),
  };
}
