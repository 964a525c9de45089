/** Retry-After as milliseconds from `now`: seconds or an HTTP date (RFC 9110, 10.2.3). */
export function retryAfter(headers: Readonly<Record<string, string | undefined>>, now: number): number | undefined {
  const value = headers['retry-after'];
  if (value === undefined) return undefined;
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  const at = Date.parse(value);
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
}
