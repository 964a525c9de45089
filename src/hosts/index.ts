import type { HostDefinition } from './contract/host.ts';
import { coolify } from './coolify/coolify.ts';
import { digitalocean } from './digitalocean/digitalocean.ts';
import { heroku } from './heroku/heroku.ts';
import { hook } from './hook/hook.ts';
import { koyeb } from './koyeb/koyeb.ts';
import { render } from './render/render.ts';
import { ssh } from './ssh/ssh.ts';

/** Every host by the name that the input `host` takes. `hook` takes any URL, so that `host: auto` asks it last. */
export const hosts = { coolify, digitalocean, heroku, koyeb, render, ssh, hook } as const satisfies Readonly<
  Record<string, HostDefinition>
>;

export type HostName = keyof typeof hosts;
