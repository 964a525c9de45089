/** What a run needs beyond its start; in the bundle it is a file of its own, so that the end of a job does not load it. */
export { main } from './main.ts';
export { closeLeftover } from './runner/leftover.ts';
export { takeOutLeftover } from './runner/leftover-rule.ts';
export { createPorts } from './runner/runner-ports.ts';
