/** A request under way, as far as the watch needs it. */
export interface Watched {
  /** Ends it; the reason is the error that its caller gets. */
  abort(reason: Error): void;
}

/** Nothing moved on a connection for too long. */
class StalledError extends Error {
  override readonly name = 'StalledError';
  /** As undici calls it, so that it is tried again like its own time-outs. */
  readonly code = 'UND_ERR_BODY_TIMEOUT';
}

/** Most bytes that the system's buffers take for one connection before they are on the line. */
const bufferedAtMost = 8 * 1024 * 1024;
/** Bytes that even a slow line gets rid of while a silence lasts: with a minute some 70 kB a second. */
const sentInSilence = 4 * 1024 * 1024;

/**
 * Ends requests on which no byte has moved for a while, up or down. How long a request takes as a whole does not count: over a
 * slow line a large part takes minutes, and to begin it anew would never end. What was handed to the system may wait in its
 * buffers unseen, so the more of it is out, the longer a silence may last.
 * @param silence Milliseconds.
 */
export function createStallWatch(silence: number) {
  const requests = new Map<Watched, { moved: number; handed: number }>();
  let timer: NodeJS.Timeout | undefined;

  function look(): void {
    const now = performance.now();
    let out = 0;
    for (const { handed } of requests.values()) out += Math.min(handed, bufferedAtMost);
    const allowed = silence * (1 + out / sentInSilence);
    for (const [request, { moved }] of requests)
      if (now - moved >= allowed)
        request.abort(new StalledError(`no byte has moved for ${Math.round(now - moved)} ms`));
  }

  return {
    begin(request: Watched): void {
      requests.set(request, { moved: performance.now(), handed: 0 });
      timer ??= setInterval(look, silence / 4).unref();
    },
    /** So many bytes more of its body were handed to the system; 0 if some were received. */
    move(request: Watched, bytes: number): void {
      const one = requests.get(request);
      if (!one) return;
      one.moved = performance.now();
      one.handed += bytes;
    },
    end(request: Watched): void {
      requests.delete(request);
      if (requests.size > 0) return;
      clearInterval(timer);
      timer = undefined;
    },
  };
}
