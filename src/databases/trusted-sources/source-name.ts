/** The value of the input trusted-source: `digitalocean:9cc10173-…`. */
export interface SourceName {
  readonly vendor: string;
  readonly id: string;
}

/** What a vendor calls a database, or what is before it. */
interface IdForm {
  readonly meaning: string;
  readonly example: string;
  readonly pattern: RegExp;
}

const uuid = '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}';

/** The part behind the colon, by the vendor that is before it. */
export const idForms: Readonly<Record<string, IdForm>> = {
  digitalocean: {
    meaning: 'the id of the database cluster, which is in its address in the control panel',
    example: '9cc10173-e9ea-4176-9dbc-a4cee4c4ff30',
    pattern: new RegExp(`^${uuid}$`),
  },
  render: {
    meaning: 'the id of the Postgres, which is in its address in the dashboard',
    example: 'dpg-d1a2b3c4d5e6f7g8h9i0-a',
    pattern: /^dpg-[a-z0-9]+(-[a-z])?$/,
  },
  rds: {
    meaning: 'the id of the security group that the database is in, of RDS or Aurora',
    example: 'sg-0123456789abcdef0',
    pattern: /^sg-[0-9a-f]{8,17}$/,
  },
  azure: {
    meaning: 'the resource id of the flexible server, of PostgreSQL or MySQL',
    example:
      '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/acme/providers/Microsoft.DBforPostgreSQL/flexibleServers/site',
    pattern: new RegExp(
      `^/subscriptions/${uuid}/resourceGroups/[\\w.()-]{1,90}/providers/Microsoft\\.DBfor(PostgreSQL|MySQL)/flexibleServers/[a-z0-9-]{3,63}$`,
      'i',
    ),
  },
  'cloud-sql': {
    meaning: 'project and instance, or the connection name of the instance',
    example: 'acme-prod:site',
    pattern: /^([a-z0-9.-]+\.[a-z]+:)?[a-z][a-z0-9-]{4,28}[a-z0-9](:[a-z]+-[a-z]+\d+)?:[a-z][a-z0-9-]{0,97}$/,
  },
};

/** Reads the input; or what is wrong with it, as half a sentence. */
export function parseSource(text: string): SourceName | string {
  const at = text.indexOf(':');
  const [vendor, id] = [text.slice(0, Math.max(at, 0)), text.slice(at + 1)];
  const form = Object.hasOwn(idForms, vendor) ? idForms[vendor] : undefined;
  if (!form) return `"${text}" does not begin with one of ${Object.keys(idForms).join(', ')}, and a colon`;
  if (form.pattern.test(id)) return { vendor, id };
  return `"${id}" is not ${form.meaning}; write it like ${vendor}:${form.example}`;
}

/** Project and instance of `acme-prod:shop`, or of the connection name `acme-prod:europe-west1:shop`; a domain can be before the project. */
export function instanceOf(id: string): { readonly project: string; readonly instance: string } {
  const parts = id.split(':');
  const project = parts[0]?.includes('.') ? parts.slice(0, 2).join(':') : (parts[0] ?? '');
  return { project, instance: parts.at(-1) ?? '' };
}
