import { isIPv6 } from 'node:net';

const GROUPS = 8;

/** The network of an address: the first half of an IPv6 address, since its last half is the client's own choice. */
export function networkOf(address: string): string {
  /* One with a point in it is an IPv4 address. */
  if (!isIPv6(address) || address.includes('.')) return address;
  const [before = '', after] = address.split('::');
  const groups = groupsOf(before);
  /* `::` stands for as many zeros as are missing. */
  const missing = after === undefined ? 0 : GROUPS - groups.length - groupsOf(after).length;
  const all = [...groups, ...Array.from({ length: missing }, () => '0'), ...groupsOf(after ?? '')];
  return all.slice(0, GROUPS / 2).join(':');
}

const groupsOf = (text: string): string[] => (text === '' ? [] : text.split(':'));
