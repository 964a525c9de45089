import { safeDecode } from '../../lib/masking/urls.ts';
import type { HostInputs } from '../contract/host.ts';

interface Address {
  /** The URL without user and password. */
  readonly url: string;
  readonly origin: string;
  /** `user:password` in base64, where the URL has them. */
  readonly basic: string | undefined;
}

/** A URL and the credentials in it, which a client does not send by itself. */
export function splitCredentials(text: string): Address {
  const url = new URL(text);
  const { username, password, origin } = url;
  if (username === '' && password === '') return { url: text, origin, basic: undefined };
  url.username = '';
  url.password = '';
  const basic = Buffer.from(`${safeDecode(username)}:${safeDecode(password)}`).toString('base64');
  return { url: url.href, origin, basic };
}

/**
 * Where a request goes, and the header that lets it in: the credentials of its own URL, else those of the deploy hook on the
 * same server, else the token.
 */
export function authorize(inputs: HostInputs, text: string): { readonly url: string; readonly authorization?: string } {
  const { url, origin, basic } = splitCredentials(text);
  const hook = inputs.deployHook && splitCredentials(inputs.deployHook.reveal());
  const found = basic ?? (hook?.origin === origin ? hook.basic : undefined);
  if (found !== undefined) return { url, authorization: `Basic ${found}` };
  return inputs.token ? { url, authorization: `Bearer ${inputs.token.reveal()}` } : { url };
}
