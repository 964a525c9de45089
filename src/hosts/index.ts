import { caprover } from './caprover/caprover.ts';
import type { HostDefinition } from './contract/host.ts';
import { fly } from './fly/fly.ts';
import { hook } from './hook/hook.ts';
import { northflank } from './northflank/northflank.ts';
import { pythonanywhere } from './pythonanywhere/pythonanywhere.ts';
import { railway } from './railway/railway.ts';
import { render } from './render/render.ts';
import { upsun } from './upsun/upsun.ts';

/** Every host by the name that the input `host` takes. `host: auto` asks them in this order. */
export const hosts = {
  render,
  caprover,
  fly,
  northflank,
  pythonanywhere,
  railway,
  upsun,
  hook,
} as const satisfies Readonly<Record<string, HostDefinition>>;

export type HostName = keyof typeof hosts;
