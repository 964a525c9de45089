import type { Git } from './checkout/git.ts';
import type { Outcome } from './django/outcome.ts';

/** Adds to each static file that templates lack why git does not hold it: it is there on the machine of whoever wrote the page. */
export async function withIgnored(outcome: Outcome, git: Git): Promise<Outcome> {
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
