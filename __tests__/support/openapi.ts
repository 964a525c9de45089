import addFormats from 'ajv-formats';
import { type Document, OpenAPIBackend } from 'openapi-backend';

export interface Exchange {
  readonly method: string;
  /** Path and query below the API's base. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Undefined where only the request is to be judged. */
  readonly status: number | undefined;
  readonly reply: unknown;
}

/** Says what is wrong with an exchange by the vendor's own description; an empty list where it is right. */
export type Judge = (exchange: Exchange) => string[];

export async function openApiJudge(definition: Document): Promise<Judge> {
  const api = new OpenAPIBackend({
    definition,
    ajvOpts: { strict: false, logger: false },
    customizeAjv: (ajv) => {
      // ajv-formats is CommonJS: its function is the default of the default.
      (addFormats as unknown as { default: (target: typeof ajv) => void }).default(ajv);
      return ajv;
    },
  });
  await api.init();
  return ({ method, path, headers, body, status, reply }) => {
    const [target = '', query = ''] = path.split('?');
    const request = { method, path: target, query, headers, body: body === '' ? undefined : body };
    const operation = api.matchOperation(request);
    if (!operation) return [`${method} ${target} is no operation of the API`];
    const asked = api.validateRequest(request, operation);
    const answered =
      reply === undefined || status === undefined ? undefined : api.validateResponse(reply, operation, status);
    const wrong = [...(asked.errors ?? []), ...(answered?.errors ?? [])].map(
      (error) => `${method} ${target} (${status}): ${error.instancePath} ${error.message}`,
    );
    const known = status === undefined || String(status) in (operation.responses ?? {});
    return known ? wrong : [...wrong, `${method} ${target}: the API never answers ${status}`];
  };
}
