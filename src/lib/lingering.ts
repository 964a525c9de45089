/** A signal that follows another one so many milliseconds later, for what has to be done after a run was cancelled. */
export function lingering(signal: AbortSignal, milliseconds: number): AbortSignal {
  const controller = new AbortController();
  const follow = () => void setTimeout(() => controller.abort(signal.reason), milliseconds).unref();
  if (signal.aborted) follow();
  else signal.addEventListener('abort', follow, { once: true });
  return controller.signal;
}
