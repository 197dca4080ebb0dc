import { appendAll, currentSignal, groupBy, pace } from '@tributary/kernel';
import type { LogPosition, RowOf, SqlReader } from '@tributary/kernel';
import { aliasPairs, aliasRules, knownShards, shardDigests, shardsWithKeys } from '../queries.ts';
import { mapped } from './alias-rule.ts';
import type { AliasRule } from './alias-rule.ts';
import { Unions } from './unions.ts';
import { digestKey, provesEquality } from './shard-keys.ts';
import { fileKey } from './similar-addresses.ts';

/** Two addresses that are the same data, by their digests or by what was declared. */
export type AddressEdge = {
  readonly address: string;
  readonly other: string;
  readonly basis: 'digest' | 'declared';
  /** Positions of the facts that say so. */
  readonly evidence: readonly number[];
};

type ShardDigest = RowOf<typeof shardDigests>;

/** Addresses that some can be reached from, with all edges between those of one class that is not too large. */
export type FoundAddresses = {
  readonly edges: readonly AddressEdge[];
  readonly digests: ReadonlyMap<string, ShardDigest>;
  /** Those that a fact names, or the question. */
  readonly shards: ReadonlySet<string>;
  /** Addresses of classes that are too large. */
  readonly tooMany: ReadonlySet<string>;
  /** Whether rules hold that were not followed. */
  readonly hasMoreRules: boolean;
};

/** Addresses that are the same, at most. */
export const MAX_ADDRESSES = 256;

/** Rules that hold, at most: the first ones are followed. */
export const MAX_RULES = 1_000;

/** Values of one parameter of a query. */
const AT_ONCE = 5_000;

/** Addresses times rules that are looked at before others have their turn. */
const MAPPED_IN_A_TURN = 5_000;

/** Rows of `alias-pairs.sql` and `shards-with-keys.sql`: where there are as many, others may be missing. */
const MOST_PAIRS = 100_000;
const MOST_KEYED = 200_000;

type Rule = AliasRule & { readonly evidence: number };

type Search = {
  readonly reader: SqlReader;
  readonly as_of: LogPosition;
  readonly digests: Map<string, ShardDigest>;
};

/**
 * Follows rules, pairs and digests from some addresses, breadth first, until nothing is new. A class is left as soon as it
 * is too large: which ones are does not depend on where the search begins. Rejects with the reason of `currentSignal` where
 * that aborts.
 */
export async function findAddresses(
  reader: SqlReader,
  asked: readonly string[],
  as_of: LogPosition,
): Promise<FoundAddresses> {
  const declared = await reader.all(aliasRules, { first: MAX_RULES + 1, as_of });
  const rules = declared.slice(0, MAX_RULES).map(({ rule_kind: kind, ...rule }): Rule => ({ kind, ...rule }));
  const search: Search = { reader, as_of, digests: new Map() };
  const way = new Way(asked);
  while (way.isOpen) {
    await way.followRules(rules);
    const here = way.next();
    way.add(await byPair(search, here));
    const { edges, crowded } = await byDigest(search, here);
    way.add(edges);
    way.addPartial(crowded);
  }
  const named = new Set(asked);
  const unnamed = [...way.seen].filter((address) => !named.has(address));
  const tooMany = new Set([...way.seen].filter((address) => way.isTooLarge(address)));
  const shards = new Set([...named, ...(await known(search, unnamed))]);
  const hasMoreRules = declared.length > MAX_RULES;
  return { edges: way.edges, digests: search.digests, shards, tooMany, hasMoreRules };
}

/** The addresses that were reached, and those that were not gone on from yet. */
class Way {
  readonly seen: Set<string>;
  readonly edges: AddressEdge[] = [];
  readonly #unions = new Unions();
  #open: string[];

  constructor(asked: readonly string[]) {
    this.seen = new Set(asked);
    this.#open = [...this.seen];
  }

  get isOpen(): boolean {
    return this.#open.length > 0;
  }

  isTooLarge(address: string): boolean {
    return this.#unions.size(address) > MAX_ADDRESSES || this.#unions.isPartial(address);
  }

  /** Addresses of which not all others are known. */
  addPartial(addresses: readonly string[]): void {
    for (const address of addresses) this.#unions.setPartial(address);
  }

  /**
   * Adds what rules make of the open addresses, and what they make of that. It takes no reading: others have their turn
   * meanwhile, and whoever asked may have gone.
   */
  async followRules(rules: readonly Rule[]): Promise<void> {
    if (rules.length === 0) return;
    const [paced, signal] = [pace(MAPPED_IN_A_TURN), currentSignal()];
    for (let at = 0; at < this.#open.length; at += 1) {
      const address = this.#open[at] ?? '';
      if (this.isTooLarge(address)) continue;
      for (const rule of rules) this.add(edgesBy(rule, address));
      const turn = paced(rules.length);
      if (turn) await turn;
      if (turn) signal?.throwIfAborted();
    }
  }

  /** The open addresses of which the class is not too large; none is open afterwards. */
  next(): string[] {
    const here = this.#open.filter((address) => !this.isTooLarge(address));
    this.#open = [];
    return here;
  }

  add(edges: readonly AddressEdge[]): void {
    appendAll(this.edges, edges);
    for (const { address, other } of edges) {
      this.#unions.join(address, other);
      for (const end of [address, other]) {
        if (this.seen.has(end)) continue;
        this.seen.add(end);
        this.#open.push(end);
      }
    }
  }
}

const edgesBy = (rule: Rule, address: string): AddressEdge[] =>
  mapped(address, rule).map((other) => ({ address, other, basis: 'declared', evidence: [rule.evidence] }));

async function byPair({ reader, as_of }: Search, here: readonly string[]): Promise<AddressEdge[]> {
  const rows = await inParts(
    here,
    (addresses) => reader.all(aliasPairs, { addresses, most: MAX_ADDRESSES + 1, as_of }),
    MOST_PAIRS,
  );
  return rows.map(({ evidence, ...pair }) => ({ ...pair, basis: 'declared', evidence: [evidence] }));
}

type ByDigest = { readonly edges: readonly AddressEdge[]; readonly crowded: readonly string[] };

/** Shards with a digest of some, and those of which the digest was registered with more shards than are looked at. */
async function byDigest(search: Search, here: readonly string[]): Promise<ByDigest> {
  const { reader, as_of } = search;
  const own = await digestsOf(search, here);
  const byKey = new Map(own.filter(provesEquality).map((digest) => [digestKey(digest), digest]));
  const found = await inParts(
    [...byKey.keys()],
    (keys) => reader.all(shardsWithKeys, { keys, most: MAX_ADDRESSES + 1, as_of }),
    MOST_KEYED,
  );
  const listed = groupBy(found, ({ key }) => key);
  const isCrowded = (digest: ShardDigest): boolean =>
    provesEquality(digest) && (listed.get(digestKey(digest))?.length ?? 0) > MAX_ADDRESSES;
  const crowded = own.filter(isCrowded).map(({ shard_id }) => shard_id);
  const others = found.filter(({ key, shard_id }) => byKey.get(key)?.shard_id !== shard_id);
  await digestsOf(
    search,
    others.map(({ shard_id }) => shard_id),
  );
  const edges = others.flatMap(({ key, shard_id }): AddressEdge[] => {
    const [one, other] = [byKey.get(key), search.digests.get(shard_id)];
    /* One that was registered with this digest may have another one by now. */
    if (!one || !other || digestKey(other) !== key) return [];
    const evidence = [one.evidence, other.evidence];
    return [{ address: one.shard_id, other: shard_id, basis: 'digest', evidence }];
  });
  return { edges, crowded };
}

/** The digests of shards, which the search remembers. */
async function digestsOf(
  { reader, as_of, digests }: Search,
  shards: readonly string[],
): Promise<ShardDigest[]> {
  const missing = shards.filter((shard) => !digests.has(shard));
  const rows = await inParts(missing, (shard_ids) => reader.all(shardDigests, { shard_ids, as_of }));
  for (const row of rows) digests.set(row.shard_id, row);
  return shards.flatMap((shard) => digests.get(shard) ?? []);
}

async function known({ reader, as_of }: Search, addresses: readonly string[]): Promise<string[]> {
  const rows = await inParts(addresses, (shard_ids) =>
    reader.all(knownShards, { keys: [...new Set(shard_ids.map(fileKey))], shard_ids, as_of }),
  );
  return rows.map(({ shard_id }) => shard_id);
}

async function inParts<Row>(
  values: readonly string[],
  read: (part: string[]) => Promise<readonly Row[]>,
  most = Infinity,
): Promise<Row[]> {
  const rows: Row[] = [];
  for (let from = 0; from < values.length; from += AT_ONCE)
    appendAll(rows, await readWhole(values.slice(from, from + AT_ONCE), read, most));
  return rows;
}

/** The rows of some values, in halves where one query has too many of them. */
async function readWhole<Row>(
  part: string[],
  read: (part: string[]) => Promise<readonly Row[]>,
  most: number,
): Promise<readonly Row[]> {
  const rows = await read(part);
  if (rows.length < most || part.length === 1) return rows;
  const half = Math.ceil(part.length / 2);
  const [left, right] = [part.slice(0, half), part.slice(half)];
  return [...(await readWhole(left, read, most)), ...(await readWhole(right, read, most))];
}
