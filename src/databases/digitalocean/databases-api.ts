import * as v from 'valibot';
import type { HostOptions } from '../../hosts/contract/host.ts';
import { HostAnswerError, type HostIO } from '../../hosts/contract/host.ts';
import { jsonApi, whereThere } from '../../hosts/contract/json-api.ts';
import { apiUrl } from '../../hosts/contract/options.ts';
import type { Secret } from '../../lib/secret.ts';

/** A cluster at DigitalOcean, and who asks for it. */
export interface Cluster {
  /** Its UUID. */
  readonly id: string;
  readonly token: Secret;
  /** `api-url` counts. */
  readonly options: HostOptions;
}

/** https://docs.digitalocean.com/reference/api/digitalocean/#tag/Databases and #tag/Tags; the schemas hold what is read. */
const clusterSchema = v.object({ database: v.object({ name: v.nullish(v.string()), engine: v.nullish(v.string()) }) });
const databaseSchema = v.object({ db: v.object({ name: v.string() }) });
const tagSchema = v.object({ tag: v.object({ name: v.string() }) });
const tagsSchema = v.object({ tags: v.nullish(v.array(v.object({ name: v.nullish(v.string()) }))) });

const tagsPerPage = 200;
/** Tags that are looked through; an account has some dozens. */
const mostPages = 50;

/** The requests for the databases of a cluster, and for the tags of the account. */
export function databasesApi({ id, token, options }: Cluster, io: HostIO) {
  const root = apiUrl(options, 'https://api.digitalocean.com/v2');
  const { need, send } = jsonApi(root, { authorization: `Bearer ${token.reveal()}` });
  const cluster = `/databases/${encodeURIComponent(id)}`;
  const isThere = async <S extends v.GenericSchema>(what: string, path: string, schema: S) =>
    (await whereThere(need(io, { what, path }, schema))) !== undefined;
  const without = (what: string, path: string) => whereThere(send(io, { what, method: 'DELETE', path }));

  return {
    /** The kind of the cluster: `pg`, `mysql`. */
    engine: async (): Promise<string> =>
      (await need(io, { what: "DigitalOcean's database cluster", path: cluster }, clusterSchema)).database.engine ?? '',

    hasDatabase: (name: string) => isThere("DigitalOcean's database", `${cluster}/dbs/${name}`, databaseSchema),

    createDatabase: (name: string) =>
      send(io, { what: "DigitalOcean's new database", method: 'POST', path: `${cluster}/dbs`, body: { name } }),

    removeDatabase: (name: string) => without("DigitalOcean's deletion of the database", `${cluster}/dbs/${name}`),

    hasTag: (tag: string) => isThere("DigitalOcean's tag", `/tags/${encodeURIComponent(tag)}`, tagSchema),

    createTag: (tag: string) =>
      send(io, { what: "DigitalOcean's new tag", method: 'POST', path: '/tags', body: { name: tag } }),

    removeTag: (tag: string) => without("DigitalOcean's deletion of the tag", `/tags/${encodeURIComponent(tag)}`),

    /** Names of all tags with that beginning. */
    async tags(start: string): Promise<string[]> {
      const found: string[] = [];
      for (let page = 1; page <= mostPages; page++) {
        const path = `/tags?page=${page}&per_page=${tagsPerPage}`;
        const { tags } = await need(io, { what: "DigitalOcean's list of tags", path }, tagsSchema);
        const names = (tags ?? []).map(({ name }) => name ?? '');
        found.push(...names.filter((name) => name.startsWith(start)));
        if (names.length < tagsPerPage) return found;
      }
      throw new HostAnswerError(`DigitalOcean's list of tags: more than ${mostPages * tagsPerPage} of them`, 200);
    },
  };
}
