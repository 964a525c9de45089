import type { EmulatorReply } from '../emulator.ts';
import type { GitHubState, TokenRights } from './state.ts';

/** A request to one route, with what its path holds. */
export interface Call {
  readonly state: GitHubState;
  /** Address of the repository in the API. */
  readonly base: string;
  /** Login of the token. */
  readonly login: string;
  readonly query: URLSearchParams;
  readonly body: Record<string, unknown>;
  /** What the groups of the route's pattern matched, decoded. */
  readonly parts: readonly string[];
}

export interface Route {
  readonly method: string;
  /** Of the path below the repository. */
  readonly path: RegExp;
  readonly needs: readonly [keyof TokenRights, 'read' | 'write'];
  answer(call: Call): EmulatorReply;
}

export const documentation_url = 'https://docs.github.com/rest';
export const notFound: EmulatorReply = {
  status: 404,
  body: { message: 'Not Found', documentation_url, status: '404' },
};
export const forbidden = (message = 'Resource not accessible by integration'): EmulatorReply => ({
  status: 403,
  body: { message, documentation_url, status: '403' },
});

export const invalid = (field: string, message: string): EmulatorReply => ({
  status: 422,
  body: {
    message: 'Validation Failed',
    errors: [{ resource: 'IssueComment', code: 'custom', field, message }],
    documentation_url,
  },
});

/** One page of a list, with the links to its neighbours that GitHub sends as a header. */
export function page<T>(
  { query, base }: Call,
  path: string,
  items: readonly T[],
  reply: (item: T) => object,
): EmulatorReply {
  const size = Math.min(100, Number(query.get('per_page') ?? 30));
  const number = Number(query.get('page') ?? 1);
  const last = Math.max(1, Math.ceil(items.length / size));
  const link = (to: number, rel: string) => {
    const target = new URLSearchParams(query);
    target.set('page', String(to));
    return `<${base}${path}?${target}>; rel="${rel}"`;
  };
  const links = number < last ? [link(number + 1, 'next'), link(last, 'last')] : [];
  if (number > 1) links.push(link(number - 1, 'prev'), link(1, 'first'));
  return {
    status: 200,
    headers: links.length > 0 ? { link: links.join(', ') } : {},
    body: items.slice((number - 1) * size, number * size).map(reply),
  };
}

export const found = <T>(item: T | undefined, answer: (item: T) => EmulatorReply): EmulatorReply =>
  item === undefined ? notFound : answer(item);

export const byId = <T extends { readonly id: number }>(list: readonly T[], id: string | undefined): T | undefined =>
  list.find((item) => String(item.id) === id);

export function remove<T>(list: T[], item: T): EmulatorReply {
  list.splice(list.indexOf(item), 1);
  return { status: 204 };
}
