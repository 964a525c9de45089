import { type Emulator, type EmulatorReply, type EmulatorRequest, startEmulator } from '../emulator.ts';

/** How a CDN answers, in the terms that all of them share. */
export interface CdnPlot {
  /** Answers that take the place of its own, the first ones first. */
  readonly refuse?: EmulatorReply[];
  /** Told of each path that is purged, at the moment when it is. */
  readonly onPurge?: (path: string) => void;
}

/** An emulator of a CDN's API, held against the vendor's own description. */
export interface CdnEmulator extends Emulator {
  /** Paths of all purges, request by request. */
  readonly purges: readonly (readonly string[])[];
  /** What of requests and answers is not as the description says. */
  readonly complaints: readonly string[];
}

export interface CdnAnswer {
  readonly reply: EmulatorReply;
  /** What was purged. */
  readonly purged?: readonly string[];
}

/** @param judge What is wrong with an exchange. */
export async function startCdnEmulator(
  plot: CdnPlot,
  answer: (request: EmulatorRequest) => CdnAnswer,
  judge: (request: EmulatorRequest, reply: EmulatorReply) => readonly string[],
): Promise<CdnEmulator> {
  const purges: (readonly string[])[] = [];
  const complaints: string[] = [];
  const refusals = [...(plot.refuse ?? [])];
  const emulator = await startEmulator((request) => {
    const refusal = refusals.shift();
    if (refusal) return refusal;
    const { reply, purged } = answer(request);
    complaints.push(...judge(request, reply));
    if (purged) purges.push(purged);
    for (const path of purged ?? []) plot.onPurge?.(path);
    return reply;
  });
  return Object.assign(emulator, { purges, complaints });
}
