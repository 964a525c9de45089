import { type CdnName, cdns } from './index.ts';

/** One line of the input `cdn`. */
export interface CdnTarget {
  readonly name: CdnName;
  readonly id: string;
  /** Where visitors find the root of the bucket, without a slash at its end; else the settings say where files are. */
  readonly address: string | undefined;
}

const isName = (name: string): name is CdnName => Object.hasOwn(cdns, name);

/** Reads `name:id`, and an address behind it; a text is what is wrong with the line, as half a sentence. */
export function parseTarget(line: string): CdnTarget | string {
  const [, name = '', id = '', address] = /^([a-z]+):(\S*)(?:\s+(\S+))?$/.exec(line) ?? [];
  if (!isName(name)) {
    const forms = Object.entries(cdns).map(([known, definition]) => `${known}:${definition.id.example}`);
    return `is not one of ${forms.join(', ')}`;
  }
  if (id === '') return `has no id; write ${cdns[name].id.meaning}: ${name}:${cdns[name].id.example}`;
  const problem = cdns[name].check(id);
  if (problem !== undefined) return problem;
  if (address !== undefined && !/^https?:\/\/[^/?#]+[^?#]*$/.test(address))
    return `has "${address}" behind the id, which is no address; write it like https://cdn.example.com`;
  return { name, id, address: address?.replace(/\/+$/, '') };
}
