import { BlockList, isIP } from 'node:net';

/** One address, in the form that vendors write it in. */
export interface IpAddress {
  readonly text: string;
  readonly family: 4 | 6;
}

const familyOf = (text: string): 4 | 6 | undefined => ({ 4: 4, 6: 6 })[isIP(text)] as 4 | 6 | undefined;
const typeOf = (family: 4 | 6): 'ipv4' | 'ipv6' => (family === 4 ? 'ipv4' : 'ipv6');

/** Reads an address; IPv6 in its shortest form, IPv4 inside of IPv6 as IPv4. Undefined where it is anything else. */
export function parseAddress(text: string): IpAddress | undefined {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(text)?.[1] ?? text;
  const family = familyOf(mapped);
  if (family === undefined || mapped.includes('%')) return undefined;
  return { text: family === 4 ? mapped : new URL(`http://[${mapped}]/`).hostname.slice(1, -1), family };
}

/** The network that holds this address alone: `203.0.113.7/32`. */
export const networkOf = ({ text, family }: IpAddress): string => `${text}/${family === 4 ? 32 : 128}`;

/** Networks from which nothing comes over the internet: https://www.iana.org/assignments/iana-ipv4-special-registry, and -ipv6-. */
const notPublic = new BlockList();
for (const [network, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const)
  notPublic.addSubnet(network, bits, 'ipv4');
for (const [network, bits] of [
  ['::', 127],
  ['64:ff9b:1::', 48],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const)
  notPublic.addSubnet(network, bits, 'ipv6');

export const isPublic = ({ text, family }: IpAddress): boolean => !notPublic.check(text, typeOf(family));

/** Whether a network holds an address: `198.51.100.7`, `198.51.100.0/24`, or the first and the last one, `198.51.100.0-198.51.100.9`. */
export function holds(network: string, { text, family }: IpAddress): boolean {
  const [first = '', last] = network.split('-');
  const [start = '', bits] = first.split('/');
  const type = familyOf(start);
  if (type !== family || (last !== undefined && familyOf(last) !== family)) return false;
  const list = new BlockList();
  try {
    if (last !== undefined) list.addRange(start, last, typeOf(family));
    else list.addSubnet(start, bits === undefined ? (family === 4 ? 32 : 128) : Number(bits), typeOf(family));
  } catch {
    // A range that ends before it begins, or more bits than there are.
    return false;
  }
  return list.check(text, typeOf(family));
}
