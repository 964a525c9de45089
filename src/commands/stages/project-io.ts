import type { BuildIO } from '../../project/build.ts';
import { undone } from '../../workflow/command-files.ts';
import { createOutput, withCommandsStopped } from '../../workflow/step-output.ts';
import type { Run } from '../run/run.ts';

/**
 * Runs the project's code in folded groups in which the runner obeys no command, and says what it has to say after them. What
 * that code wrote to the files by which a step commands the runner is undone.
 */
export async function withProjectIO<T>({ ports, recorder }: Run, work: (io: BuildIO) => Promise<T>): Promise<T> {
  const later: string[] = [];
  let output = createOutput(ports.write, ports.redactor);
  const io: BuildIO = {
    exec: ports.exec,
    signal: ports.signal,
    redactor: ports.redactor,
    show: (chunk) => output.show(chunk),
    info: ports.log.info,
    cache: ports.cache,
    warn: (message) => later.push(message),
    group: (title, inGroup) =>
      ports.log.group(title, () =>
        withCommandsStopped(ports.write, async () => {
          output = createOutput(ports.write, ports.redactor);
          try {
            return await inGroup();
          } finally {
            output.end();
          }
        }),
      ),
  };
  try {
    return await work(io);
  } finally {
    const others = ports.undoOthers();
    if (others.length > 0) later.push(undone(others));
    for (const message of later) recorder.warn(message);
  }
}
