import type { HostDefinition } from './contract/host.ts';
import { hook } from './hook/hook.ts';
import { render } from './render/render.ts';
import { ssh } from './ssh/ssh.ts';

/** Every host by the name that the input `host` takes. `host: auto` asks them in this order. */
export const hosts = { render, ssh, hook } as const satisfies Readonly<Record<string, HostDefinition>>;

export type HostName = keyof typeof hosts;
