import type { HostDefinition } from './contract/host.ts';
import { ecs } from './ecs/ecs.ts';
import { elasticBeanstalk } from './elastic-beanstalk/elastic-beanstalk.ts';
import { hook } from './hook/hook.ts';
import { render } from './render/render.ts';

/** Every host by the name that the input `host` takes. `host: auto` asks them in this order. */
export const hosts = {
  ecs,
  'elastic-beanstalk': elasticBeanstalk,
  render,
  hook,
} as const satisfies Readonly<Record<string, HostDefinition>>;

export type HostName = keyof typeof hosts;
