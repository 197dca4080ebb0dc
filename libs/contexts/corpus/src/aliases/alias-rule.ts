/** A rule that maps addresses to each other, both ways. */
export type AliasRule = {
  readonly kind: 'prefix' | 'suffix' | 'segment';
  readonly address: string;
  readonly other: string;
};

/** The length of the id of a shard. */
const MAX_ADDRESS = 1_024;

/** What a rule makes of an address, and would make the address of again; nothing where it says nothing about it. */
export function mapped(address: string, { kind, ...rule }: AliasRule): string[] {
  const ways = [
    [rule.address, rule.other],
    [rule.other, rule.address],
  ] as const;
  return ways.flatMap(([from, to]) => {
    const found = MAPPED[kind](address, from, to);
    const isAddress = found !== undefined && found.length <= MAX_ADDRESS;
    return isAddress && MAPPED[kind](found, to, from) === address ? [found] : [];
  });
}

const MAPPED = {
  prefix: (address: string, from: string, to: string) =>
    address.startsWith(from) ? to + address.slice(from.length) : undefined,
  suffix: (address: string, from: string, to: string) =>
    address.endsWith(from) ? address.slice(0, address.length - from.length) + to : undefined,
  segment: replacedOnce,
};

/** The address with other folders; undefined where they are not in it, or more than once: then no place is meant. */
function replacedOnce(address: string, from: string, to: string): string | undefined {
  const [inner, wanted] = [`/${address}/`, `/${from}/`];
  const at = inner.indexOf(wanted);
  if (at < 0 || inner.indexOf(wanted, at + 1) >= 0) return undefined;
  return `${inner.slice(0, at)}/${to}/${inner.slice(at + wanted.length)}`.slice(1, -1);
}
