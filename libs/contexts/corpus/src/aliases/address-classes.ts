import { currentSignal, groupBy, pace } from '@tributary/kernel';
import { MAX_ADDRESSES, MAX_RULES } from './find-addresses.ts';
import type { AddressEdge, FoundAddresses } from './find-addresses.ts';
import { digestKey, digestsDiffer, provesEquality } from './shard-keys.ts';
import { Unions } from './unions.ts';

/** Two shards that are the same, and why. */
export type Join = {
  readonly shard: string;
  readonly other: string;
  readonly basis: 'digest' | 'declared';
  /** Positions of the facts that say so, in the order of the log. */
  readonly evidence: readonly number[];
};

/** An alias that does not hold, because digests differ; or more addresses than are followed. */
export type Doubt = {
  readonly kind: 'contradiction' | 'too_many';
  /** The shards with different digests; none where there are too many. */
  readonly shards: readonly string[];
  readonly text: string;
  /** The shards that may be the same, all of them; none where they were not followed. */
  readonly among: readonly string[];
  /** Positions of the declarations. */
  readonly evidence: readonly number[];
};

/** Shards that are the same, in the order of their ids, and what is in doubt about them. */
export type AddressClass = {
  readonly shards: readonly string[];
  /** Their addresses, with those that no fact names. */
  readonly addresses: readonly string[];
  readonly doubts: readonly Doubt[];
  joins(shard: string): readonly Join[];
};

/** Edges of classes that are made before others have their turn. */
const EDGES_IN_A_TURN = 1_000;

/** The class of each shard that is not alone or is in doubt. Rejects with the reason of `currentSignal` where that aborts. */
export async function classesOf({
  edges,
  digests,
  shards,
  tooMany,
}: FoundAddresses): Promise<Map<string, AddressClass>> {
  const [paced, signal] = [pace(EDGES_IN_A_TURN), currentSignal()];
  const classes = new Map<string, AddressClass>();
  const followed = edges.filter(({ address }) => !tooMany.has(address));
  const components = componentsOf(followed);
  for (const [, own] of components) {
    const turn = paced(own.length);
    if (turn) await turn;
    if (turn) signal?.throwIfAborted();
    for (const [shard, one] of classesIn(own, { digests, shards })) classes.set(shard, one);
  }
  for (const shard of shards) if (tooMany.has(shard)) classes.set(shard, alone(shard, [TOO_MANY]));
  return classes;
}

/** The classes of addresses that edges join: one, or several where they are declared to be one and are not. */
function classesIn(
  edges: readonly AddressEdge[],
  { digests, shards }: Pick<FoundAddresses, 'digests' | 'shards'>,
): Map<string, AddressClass> {
  const classes = new Map<string, AddressClass>();
  const addresses = [...new Set(edges.flatMap(({ address, other }) => [address, other]))].toSorted();
  const contradiction = contradictionIn(addresses, edges, { digests, shards });
  const doubts = contradiction ? [contradiction] : [];
  const holding = contradiction ? edges.filter(({ basis }) => basis === 'digest') : edges;
  for (const named of addresses) if (shards.has(named)) classes.set(named, alone(named, doubts));
  for (const [, joined] of componentsOf(holding)) {
    const one = classFrom(joined, { digests, shards, doubts });
    for (const shard of one.shards) classes.set(shard, one);
  }
  return classes;
}

const alone = (shard: string, doubts: readonly Doubt[]): AddressClass => ({
  shards: [shard],
  addresses: [shard],
  doubts,
  joins: () => [],
});

export const TOO_MANY_RULES: Doubt = {
  kind: 'too_many',
  shards: [],
  text: `more than ${MAX_RULES} rules hold, and only the first ${MAX_RULES} are followed; withdraw some of them`,
  among: [],
  evidence: [],
};

const TOO_MANY: Doubt = {
  kind: 'too_many',
  shards: [],
  text: `more than ${MAX_ADDRESSES} addresses are the same by aliases or digests, and none of them is followed`,
  among: [],
  evidence: [],
};

/** Edges by the set of addresses that they join. */
function componentsOf(edges: readonly AddressEdge[]): Map<string, AddressEdge[]> {
  const unions = new Unions();
  for (const { address, other } of edges) unions.join(address, other);
  return groupBy(edges, ({ address }) => unions.root(address));
}

/** Two addresses that are declared to be the same and have different digests of one algorithm. */
function contradictionIn(
  addresses: readonly string[],
  edges: readonly AddressEdge[],
  { digests, shards }: Pick<FoundAddresses, 'digests' | 'shards'>,
): Doubt | undefined {
  const known = addresses.flatMap((address) => digests.get(address) ?? []);
  for (const one of known)
    for (const other of known) {
      if (!digestsDiffer(one, other)) continue;
      const declared = edges.filter(({ basis }) => basis === 'declared');
      return {
        kind: 'contradiction',
        shards: [one.shard_id, other.shard_id],
        text: `${one.shard_id} and ${other.shard_id} are declared to be the same, and their ${one.algorithm} digests differ`,
        among: addresses.filter((address) => shards.has(address)),
        evidence: inOrder(declared.flatMap(({ evidence }) => evidence)),
      };
    }
  return undefined;
}

type Known = Pick<FoundAddresses, 'digests' | 'shards'> & { readonly doubts: readonly Doubt[] };

function classFrom(edges: readonly AddressEdge[], { digests, shards, doubts }: Known): AddressClass {
  const addresses = new Set(edges.flatMap(({ address, other }) => [address, other]));
  const own = [...addresses].filter((address) => shards.has(address)).toSorted();
  const next = neighboursBy(edges.filter(({ basis }) => basis === 'declared'));
  const equal = byDigest([...addresses].toSorted(), digests);
  const joins = (shard: string): Join[] => {
    const ways = waysFrom(shard, { next, equal }, digests);
    return own
      .filter((other) => other !== shard)
      .map((other) => equalDigests(shard, other, digests) ?? declaredJoin(shard, other, ways));
  };
  return { shards: own, addresses: [...addresses], doubts, joins };
}

type Neighbours = ReadonlyMap<string, readonly AddressEdge[]>;

/** The edges of each address, in the same order wherever a search began. */
function neighboursBy(edges: readonly AddressEdge[]): Neighbours {
  const keyed = edges.map((edge) => ({ edge, key: orderKey(edge) }));
  const ordered = keyed.toSorted((left, right) => (left.key < right.key ? -1 : Number(left.key > right.key)));
  const ends = ordered.flatMap(({ edge }) => [
    { end: edge.address, edge },
    { end: edge.other, edge },
  ]);
  return new Map(
    [...groupBy(ends, ({ end }) => end)].map(([end, own]) => [end, own.map(({ edge }) => edge)]),
  );
}

const orderKey = ({ address, other, evidence }: AddressEdge): string =>
  JSON.stringify([...[address, other].toSorted(), evidence]);

/** The addresses of each digest that proves that shards are the same. */
function byDigest(addresses: readonly string[], digests: Known['digests']): ReadonlyMap<string, string[]> {
  const known = addresses.flatMap((address) => {
    const digest = digests.get(address);
    return digest && provesEquality(digest) ? [{ address, key: digestKey(digest) }] : [];
  });
  const grouped = [...groupBy(known, ({ key }) => key).values()];
  return new Map(
    grouped.flatMap((own) => {
      const equal = own.map(({ address }) => address);
      return equal.map((address) => [address, equal] as const);
    }),
  );
}

function equalDigests(shard: string, other: string, digests: Known['digests']): Join | undefined {
  const [left, right] = [digests.get(shard), digests.get(other)];
  if (!left || !right || !provesEquality(left) || digestKey(left) !== digestKey(right)) return undefined;
  return { shard, other, basis: 'digest', evidence: inOrder([left.evidence, right.evidence]) };
}

const declaredJoin = (shard: string, other: string, ways: ReadonlyMap<string, readonly number[]>): Join => ({
  shard,
  other,
  basis: 'declared',
  evidence: inOrder(ways.get(other) ?? []),
});

type Graph = { readonly next: Neighbours; readonly equal: ReadonlyMap<string, readonly string[]> };

/**
 * Positions of the facts on a shortest way from a shard to each address. All addresses of one digest are one step from each
 * other: only the first of them that is reached goes on to the others.
 */
function waysFrom(
  shard: string,
  { next, equal }: Graph,
  digests: Known['digests'],
): Map<string, readonly number[]> {
  const ways = new Map<string, readonly number[]>([[shard, []]]);
  const gone = new Set<readonly string[]>();
  const queue = [shard];
  const go = (from: string, far: string, evidence: readonly number[]): void => {
    if (ways.has(far)) return;
    ways.set(far, [...(ways.get(from) ?? []), ...evidence]);
    queue.push(far);
  };
  for (const from of queue) {
    for (const { address, other, evidence } of next.get(from) ?? [])
      go(from, address === from ? other : address, evidence);
    const group = equal.get(from) ?? [];
    if (gone.has(group)) continue;
    gone.add(group);
    for (const far of group) go(from, far, equalDigests(from, far, digests)?.evidence ?? []);
  }
  return ways;
}

const inOrder = (positions: readonly number[]): number[] =>
  [...new Set(positions)].toSorted((left, right) => left - right);
