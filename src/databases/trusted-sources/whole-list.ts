import { type IpAddress, networkOf } from './ip-address.ts';
import { hasMark, isOurs, withMark, withoutMark } from './mark.ts';

/** How a vendor writes an entry of a list that is only ever sent as a whole. */
export interface EntryForm<E> {
  networkOf(entry: E): string | undefined;
  labelOf(entry: E): string;
  withLabel(entry: E, label: string): E;
  make(address: IpAddress, label: string): E;
}

const isOf = (network: string | undefined, address: IpAddress): boolean =>
  network === address.text || network === networkOf(address);

/**
 * A list with an address let in under a mark; undefined where it is already. Runs behind one address share an entry, because
 * no vendor says whether it takes an address twice. All other entries are the same values in the same order.
 */
export function withAddress<E>(
  entries: readonly E[],
  address: IpAddress,
  mark: string,
  form: EntryForm<E>,
): readonly E[] | undefined {
  const at = entries.findIndex((entry) => isOf(form.networkOf(entry), address) && isOurs(form.labelOf(entry)));
  const entry = entries[at];
  if (entry === undefined) return [...entries, form.make(address, mark)];
  if (hasMark(form.labelOf(entry), mark)) return undefined;
  return entries.with(at, form.withLabel(entry, withMark(form.labelOf(entry), mark)));
}

/** A list without a mark, and without the entries that have no other; undefined where it is not there. */
export function withoutEntry<E>(entries: readonly E[], mark: string, form: EntryForm<E>): readonly E[] | undefined {
  if (!entries.some((entry) => hasMark(form.labelOf(entry), mark))) return undefined;
  return entries.flatMap((entry) => {
    const label = form.labelOf(entry);
    if (!hasMark(label, mark)) return [entry];
    const rest = withoutMark(label, mark);
    return rest === '' ? [] : [form.withLabel(entry, rest)];
  });
}
