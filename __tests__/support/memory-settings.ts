import type { BucketSettings, CorsRule, PublicAccessBlock } from '../../src/store/bucket-settings.ts';

export interface MemorySettingsOptions {
  readonly cors?: readonly CorsRule[];
  readonly policy?: string;
  readonly block?: PublicAccessBlock;
  readonly ignoresAcls?: boolean;
  /** The service has no API for settings. */
  readonly unsupported?: boolean;
  /** An error with which an operation fails, by its name. */
  readonly failOn?: (doing: keyof BucketSettings) => Error | undefined;
  /** What becomes of rules when they are written: services drop names, or sort. */
  readonly kept?: (rule: CorsRule) => CorsRule;
  /** Told before each read of the rules: another run may write now. */
  readonly beforeRead?: (settings: MemorySettings) => void;
}

export interface MemorySettings extends BucketSettings {
  cors: readonly CorsRule[];
  json: string | undefined;
  /** What was written, in order. */
  readonly writes: string[];
}

/** What is set of a bucket, in memory. */
export function memorySettings(options: MemorySettingsOptions = {}): MemorySettings {
  const { unsupported = false, kept = (rule) => rule, beforeRead = () => undefined } = options;
  const fail = (doing: keyof BucketSettings) => {
    const failure = options.failOn?.(doing);
    if (failure) throw failure;
  };
  const settings: MemorySettings = {
    cors: options.cors ?? [],
    json: options.policy,
    writes: [],
    async corsRules() {
      fail('corsRules');
      beforeRead(settings);
      return unsupported ? 'unsupported' : settings.cors;
    },
    async putCorsRules(rules) {
      fail('putCorsRules');
      settings.cors = rules.map(kept);
      settings.writes.push('cors');
      return undefined;
    },
    async policy() {
      fail('policy');
      return unsupported ? 'unsupported' : settings.json;
    },
    async putPolicy(json) {
      fail('putPolicy');
      settings.json = json === '' ? undefined : json;
      settings.writes.push('policy');
      return undefined;
    },
    async publicAccessBlock() {
      fail('publicAccessBlock');
      return options.block;
    },
    async ignoresAcls() {
      fail('ignoresAcls');
      return options.ignoresAcls;
    },
    partition: () => 'aws',
  };
  return settings;
}
