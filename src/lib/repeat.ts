/** Calls a function again and again; the result ends it. A parameter, so that tests own the time. */
export type Repeat = (milliseconds: number, tick: () => void) => () => void;

/** By the system's timer, which keeps no process alive. */
export const repeat: Repeat = (milliseconds, tick) => {
  const timer = setInterval(tick, milliseconds).unref();
  return () => clearInterval(timer);
};
