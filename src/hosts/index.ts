import { appEngine } from './app-engine/app-engine.ts';
import { azureAppService } from './azure-app-service/azure-app-service.ts';
import { cloudRun } from './cloud-run/cloud-run.ts';
import type { HostDefinition } from './contract/host.ts';
import { coolify } from './coolify/coolify.ts';
import { digitalocean } from './digitalocean/digitalocean.ts';
import { ecs } from './ecs/ecs.ts';
import { elasticBeanstalk } from './elastic-beanstalk/elastic-beanstalk.ts';
import { heroku } from './heroku/heroku.ts';
import { hook } from './hook/hook.ts';
import { koyeb } from './koyeb/koyeb.ts';
import { render } from './render/render.ts';

/** Every host by the name that the input `host` takes. `host: auto` asks them in this order. */
export const hosts = {
  'app-engine': appEngine,
  'azure-app-service': azureAppService,
  'cloud-run': cloudRun,
  coolify,
  digitalocean,
  ecs,
  'elastic-beanstalk': elasticBeanstalk,
  heroku,
  koyeb,
  render,
  hook,
} as const satisfies Readonly<Record<string, HostDefinition>>;

export type HostName = keyof typeof hosts;
