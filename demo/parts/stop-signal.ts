/** Aborts at Ctrl+C, and at what else asks a process to end, so that what was started can be stopped first. */
export function stopSignal(): AbortSignal {
  const stop = new AbortController();
  // npm passes on what the terminal has sent already: a second signal must not end the process while it cleans up.
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => stop.abort());
  return stop.signal;
}

/** Waits for it. */
export async function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  // A signal alone keeps no process up.
  const alive = setInterval(() => undefined, 60_000);
  await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
  clearInterval(alive);
}
