import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';

type Environment = Record<string, string | undefined>;

const inputPrefix = 'INPUT_';

/** Takes the inputs out of an environment. What is left of them is the function that reads one by its name. */
export function takeInputs(environment: Environment): (name: string) => string {
  const inputs = new Map<string, string>();
  for (const [name, value] of Object.entries(environment)) {
    if (!name.toUpperCase().startsWith(inputPrefix)) continue;
    inputs.set(name.slice(inputPrefix.length).toUpperCase(), value ?? '');
    delete environment[name];
  }
  return (name) => inputs.get(name.toUpperCase()) ?? '';
}

export interface Block {
  readonly address: number;
  readonly length: number;
}

/**
 * Where in its memory a process got its environment, by its /proc/PID/stat (proc_pid_stat(5), env_start and env_end).
 * The name in it may hold spaces and brackets itself. Undefined where the kernel does not say.
 */
export function environmentBlock(stat: string): Block | undefined {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [start, end] = [Number(fields[47]), Number(fields[48])];
  return start > 0 && end > start ? { address: start, length: end - start } : undefined;
}

/**
 * Empties the block of memory in which this process got its environment. /proc/PID/environ shows that block to every
 * process of the same user for as long as the process lives, whatever is deleted from `process.env`.
 * @returns Why it is not possible here.
 */
export function wipeEnvironmentBlock(environment: Environment): string | undefined {
  if (process.platform !== 'linux') return `there is no /proc on ${process.platform}`;
  try {
    const block = environmentBlock(readFileSync('/proc/self/stat', 'latin1'));
    if (!block) return 'the kernel does not say where it is';
    // A variable that is set, to the same value too, moves to the heap; one that never was is read from the block.
    for (const [name, value] of Object.entries(environment)) environment[name] = value;
    const memory = openSync('/proc/self/mem', 'r+');
    try {
      writeSync(memory, Buffer.alloc(block.length), 0, block.length, block.address);
    } finally {
      closeSync(memory);
    }
    return undefined;
  } catch (error) {
    return String(error);
  }
}
