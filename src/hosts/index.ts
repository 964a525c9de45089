import { appEngine } from './app-engine/app-engine.ts';
import { azureAppService } from './azure-app-service/azure-app-service.ts';
import { caprover } from './caprover/caprover.ts';
import { cloudRun } from './cloud-run/cloud-run.ts';
import type { HostDefinition } from './contract/host.ts';
import { coolify } from './coolify/coolify.ts';
import { digitalocean } from './digitalocean/digitalocean.ts';
import { ecs } from './ecs/ecs.ts';
import { elasticBeanstalk } from './elastic-beanstalk/elastic-beanstalk.ts';
import { fly } from './fly/fly.ts';
import { heroku } from './heroku/heroku.ts';
import { hook } from './hook/hook.ts';
import { koyeb } from './koyeb/koyeb.ts';
import { northflank } from './northflank/northflank.ts';
import { pythonanywhere } from './pythonanywhere/pythonanywhere.ts';
import { railway } from './railway/railway.ts';
import { render } from './render/render.ts';
import { ssh } from './ssh/ssh.ts';
import { upsun } from './upsun/upsun.ts';

/** Every host by the name that the input `host` takes. `hook` takes any URL, so that `host: auto` asks it last. */
export const hosts = {
  'app-engine': appEngine,
  'azure-app-service': azureAppService,
  caprover,
  'cloud-run': cloudRun,
  coolify,
  digitalocean,
  ecs,
  'elastic-beanstalk': elasticBeanstalk,
  fly,
  heroku,
  koyeb,
  northflank,
  pythonanywhere,
  railway,
  render,
  ssh,
  upsun,
  hook,
} as const satisfies Readonly<Record<string, HostDefinition>>;

export type HostName = keyof typeof hosts;
