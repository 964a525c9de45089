/** Where a server is, from `user@host:port`. */
export interface SshAddress {
  readonly user: string;
  /** A name or an address; IPv6 without brackets. */
  readonly host: string;
  readonly port: number;
}

const pattern = /^([A-Za-z_][A-Za-z0-9_.-]*)@(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9][A-Za-z0-9.-]*)(?::(\d{1,5}))?$/;

/** Undefined where it is not `user@host` or `user@host:port`. Nothing in it can be read as an option of ssh. */
export function parseAddress(service: string): SshAddress | undefined {
  const [, user, host, port = '22'] = pattern.exec(service) ?? [];
  if (!user || !host || Number(port) < 1 || Number(port) > 65_535) return undefined;
  return { user, host: host.replace(/^\[|\]$/g, ''), port: Number(port) };
}
