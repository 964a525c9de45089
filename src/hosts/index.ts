import { caprover } from './caprover/caprover.ts';
import type { HostDefinition } from './contract/host.ts';
import { coolify } from './coolify/coolify.ts';
import { digitalocean } from './digitalocean/digitalocean.ts';
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
  caprover,
  coolify,
  digitalocean,
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
