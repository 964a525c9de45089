import * as v from 'valibot';

const lineSchema = v.object({
  output: v.nullish(v.string()),
  type: v.nullish(v.string()),
  hidden: v.nullish(v.boolean()),
});
const logSchema = v.array(lineSchema);
type Line = v.InferOutput<typeof lineSchema>;

function parse(logs: string | null | undefined): Line[] {
  if (!logs) return [];
  try {
    const parsed = v.safeParse(logSchema, JSON.parse(logs));
    return parsed.success ? parsed.output : [];
  } catch {
    return [{ output: logs }];
  }
}

/** Lines of a deployment's log, without the commands that Coolify itself hides. */
export const linesOf = (logs: string | null | undefined): string[] =>
  parse(logs)
    .filter(({ hidden }) => !hidden)
    .flatMap(({ output }) => (output ?? '').trimEnd().split(/\r?\n/))
    .filter((line) => line !== '');

/** What the log says when a step begins, the last one first. */
const steps: readonly [RegExp, string][] = [
  [/rolling update started|starting application|new container started|healthcheck/i, 'the new container did not start'],
  [/pre-deployment command/i, 'the pre-deployment command failed'],
  [/building docker image|generating nixpacks|building image/i, 'the build failed'],
  [/importing|cloning|checking out/i, 'the source could not be fetched'],
];

/** "the build failed: exit status 1", by the step that the log came to and the last line of an error in it. */
export function explainFailure(logs: string | null | undefined): string {
  const text = linesOf(logs).join('\n');
  const what = steps.find(([begins]) => begins.test(text))?.[1] ?? 'the deployment failed';
  const errors = parse(logs).filter(({ type, output, hidden }) => type === 'stderr' && output && !hidden);
  const complaint = errors.at(-1)?.output?.trim().split(/\r?\n/).at(-1)?.slice(0, 300);
  return `${what}${complaint ? `: ${complaint}` : ''}`;
}
