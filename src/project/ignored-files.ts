import type { Git } from './checkout/git.ts';
import type { Outcome } from './django/outcome.ts';

/** Adds to what the project lacks why git does not hold it: it is there on the machine of whoever wrote the project. */
export async function withIgnored(outcome: Outcome, git: Git): Promise<Outcome> {
  return withIgnoredModules(await withIgnoredStatic(outcome, git), git);
}

async function withIgnoredModules(outcome: Outcome, git: Git): Promise<Outcome> {
  const places = outcome.failures.flatMap(({ own_module: own }) => own?.places ?? []);
  if (places.length === 0) return outcome;
  const ignored = await git.ignoredBy([...new Set(places)]);
  return {
    ...outcome,
    failures: outcome.failures.map((one) => {
      const why = one.own_module?.places.map((place) => ignored.get(place)).find((line) => line !== undefined);
      return one.own_module && why !== undefined ? { ...one, own_module: { ...one.own_module, ignored: why } } : one;
    }),
  };
}

/** Each static file that templates lack, with why git does not hold it. */
async function withIgnoredStatic(outcome: Outcome, git: Git): Promise<Outcome> {
  const { templates } = outcome;
  const places = (templates ?? []).flatMap(({ places: some = [], similar, app }) => (similar || app ? [] : some));
  if (!templates || places.length === 0) return outcome;
  const ignored = await git.ignoredBy([...new Set(places)]);
  return {
    ...outcome,
    templates: templates.map((one) => {
      const why = one.places?.map((place) => ignored.get(place)).find((line) => line !== undefined);
      return why === undefined ? one : { ...one, ignored: why };
    }),
  };
}
