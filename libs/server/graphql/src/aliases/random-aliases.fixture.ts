import { canonicalDigest } from '@tributary/json';
import { pick } from '../truncated/facts-of-every-type.fixture.ts';
import type { Random } from '../truncated/facts-of-every-type.fixture.ts';
import { fact } from '../graphql-server.fixture.ts';
import type { SentEvent } from '../graphql-server.fixture.ts';

type Kind = 'pair' | 'prefix' | 'suffix' | 'segment';
type Alias = { readonly kind: Kind; readonly address: string; readonly other: string };

/** A fact, and what of it is needed to fold it. */
export type AliasFact = {
  readonly event: SentEvent;
  readonly stream: string;
  readonly shard?: { readonly id: string; readonly digest: string };
  readonly alias?: Alias & { readonly holds: boolean };
};

const HOSTS = ['s3://corpus/', 'https://mirror.example/', 'gs://copy/'];
const FOLDERS = ['web', 'raw/web', '{TOKENIZER}/web'];
const FILES = ['part-0', 'part-1'];
const ENDS = ['.npy', '.csv.gz'];

/** Addresses that aliases join and addresses that only look like them. */
export const ADDRESSES = HOSTS.flatMap((host) =>
  FOLDERS.flatMap((folder) => FILES.flatMap((file) => ENDS.map((end) => `${host}${folder}/${file}${end}`))),
);

const POOLS: Readonly<Record<Kind, readonly string[]>> = {
  pair: ADDRESSES,
  prefix: HOSTS,
  suffix: ENDS,
  segment: ['raw', '{TOKENIZER}', 'copied'],
};
const KINDS: readonly Kind[] = ['pair', 'pair', 'prefix', 'suffix', 'segment'];

function anyAlias(random: Random): Alias {
  const kind = pick(KINDS, random);
  const [address, other] = [pick(POOLS[kind], random), pick(POOLS[kind], random)];
  return address === other ? anyAlias(random) : { kind, address, other };
}

/**
 * Registrations with few digests, other facts that name a shard, aliases, withdrawals of aliases and corrections of all of
 * them, in random order.
 */
export function randomAliases(random: Random, length: number): AliasFact[] {
  const made: AliasFact[] = [];
  while (made.length < length) {
    const one = anyFact(random, made);
    const earlier = made.filter(
      ({ event, stream }) => event.type === one.event.type && stream === one.stream,
    );
    const corrects =
      random() < 0.15 && earlier.length > 0
        ? { corrects: pick(earlier, random).event.id, correctionreason: 'wrong', actor: 'ada' }
        : {};
    made.push({ ...one, event: { ...one.event, ...corrects } });
  }
  return made;
}

function anyFact(random: Random, made: readonly AliasFact[]): AliasFact {
  const draw = random();
  if (draw < 0.25) return registration(pick(ADDRESSES, random), pick(['a', 'b', '', '', '', ''], random));
  if (draw < 0.5) return pick(NAMING, random)(pick(ADDRESSES, random), made.length);
  const declared = made.flatMap(({ alias }) => (alias?.holds ? [alias] : []));
  const isWithdrawal = draw > 0.85 && declared.length > 0;
  const { kind, address, other } = isWithdrawal ? pick(declared, random) : anyAlias(random);
  /* In either order: an alias has no direction. Only those of one order are in one stream. */
  const turned = random() < 0.3 ? { address: other, other: address } : { address, other };
  const type = `corpus.alias.${isWithdrawal ? 'withdrawn' : 'declared'}`;
  return {
    event: fact(type, { kind, ...turned, reason: 'r', actor: 'ada' }),
    stream: turned.address,
    alias: { kind, ...turned, holds: !isWithdrawal },
  };
}

function registration(shardId: string, digit: string): AliasFact {
  const value = digit.repeat(64);
  const digest = digit === '' ? {} : { digest: { algorithm: 'sha256', value } };
  const data = { shardId, uri: shardId, slice: 'web', split: 'train', ...digest };
  return {
    event: fact('corpus.shard.registered', data),
    stream: `shard ${shardId}`,
    shard: { id: shardId, digest: value },
  };
}

/** One fact of each kind that names a shard, and what tells it apart from others. */
const NAMING: readonly ((shardId: string, number: number) => AliasFact)[] = [
  (shardId, number) => {
    const amounts = [{ slice: 'web', shardId, amount: 10 }];
    const data = { ...stepsOf(number), unit: 'token', amounts };
    return { event: fact('training.exposure.recorded', data), stream: 'run r' };
  },
  (shardId, number) => {
    const order = { ranges: { of: 'document', steps: [[{ shardId, from: 0, count: 1 }]] } };
    const data = { ...stepsOf(number), lastStep: number * 10 + 1, order };
    return { event: fact('training.order.recorded', data), stream: 'run r' };
  },
  (ref, number) => {
    const data = { snapshotId: `n${number}`, sources: [{ kind: 'shard', ref, multiplicity: 1 }] };
    return { event: fact('corpus.snapshot.registered', data), stream: `snapshot n${number}` };
  },
  (shardId, firstIndex) => {
    const data = { snapshotId: 'n', firstIndex, members: [{ shardId, repeats: 1 }] };
    return { event: fact('corpus.members.listed', data), stream: 'snapshot n' };
  },
  (shardId, number) => stepOf(number, { inputs: [`shard:${shardId}`] }),
  (shardId, number) => stepOf(number, { outputs: [`shard:${shardId}`] }),
  (ref) => {
    const measured = {
      attribute: 'quality',
      subjectKind: 'shard',
      instrument: { name: 'i' },
      method: 'measured',
    };
    const data = { ...measured, values: [{ ref, value: 1 }] };
    return { event: fact('corpus.attribute.measured', data), stream: 'attribute quality' };
  },
  (shardId) => ({
    event: fact('corpus.shard.retracted', { shardId, reason: 'r', actor: 'ada' }),
    stream: `shard ${shardId}`,
  }),
  (shardId, number) => {
    const scored = { estimator: { name: 'trak' }, target: { benchmark: `b${number}` }, level: 'instance' };
    const data = { checkpointId: 'c', ...scored, refs: [`shard:${shardId}`], scores: [1] };
    return { event: fact('influence.scores.recorded', data), stream: 'checkpoint c' };
  },
  (shardId, number) => {
    const result = { number };
    const answered = { questionId: 'q', estimator: { id: 'trak', version: '1' }, inputPosition: '0' };
    const data = { ...answered, result, resultDigest: canonicalDigest(result), uses: [`shard:${shardId}`] };
    return { event: fact('attribution.question.answered', data), stream: 'question q' };
  },
];

const stepsOf = (number: number) => ({
  runId: 'r',
  attempt: 1,
  firstStep: number * 10 + 1,
  lastStep: number * 10 + 10,
  method: 'measured',
});

function stepOf(number: number, refs: object): AliasFact {
  const data = { pipelineId: 'p', stepId: `s${number}`, name: 'dedup', kind: 'deduplicate', ...refs };
  return { event: fact('corpus.step.completed', data), stream: 'pipeline p' };
}

type Fold = {
  /** The name of the set of each address. */
  readonly same: ReadonlyMap<string, string>;
  readonly contradicted: ReadonlySet<string>;
};

/** Which addresses are the same after some facts, found by trying all of them. */
export function foldAliases(facts: readonly AliasFact[]): Fold {
  const digests = new Map<string, string>();
  const holding = new Map<string, Alias>();
  for (const { shard, alias } of facts.filter((one, at) => isCounted(one, at, facts))) {
    if (shard && shard.digest !== '') digests.set(shard.id, shard.digest);
    if (!alias) continue;
    const key = [alias.kind, ...[alias.address, alias.other].toSorted()].join(' ');
    if (alias.holds) holding.set(key, alias);
    else holding.delete(key);
  }
  const aliases = [...holding.values()];
  const digestOf = (address: string): string => digests.get(address) ?? '';
  const isEqual = (one: string, two: string): boolean =>
    digestOf(one) !== '' && digestOf(one) === digestOf(two);
  const isDeclared = (one: string, two: string): boolean =>
    aliases.some((alias) => images(one, alias).includes(two));
  const universe = closure(aliases);
  const whole = setsOf(universe, (one, two) => isEqual(one, two) || isDeclared(one, two));
  const proven = setsOf(universe, isEqual);
  const isContradictory = (name: string): boolean =>
    new Set([...whole].map(([address, own]) => (own === name ? digestOf(address) : ''))).size > 2;
  const contradictory = new Set([...new Set(whole.values())].filter(isContradictory));
  const named = [...whole].map(([address, name]): [string, string] => [
    address,
    contradictory.has(name) ? `digest ${proven.get(address)}` : name,
  ]);
  const contradicted = [...whole].flatMap(([address, name]) => (contradictory.has(name) ? address : []));
  return { same: new Map(named), contradicted: new Set(contradicted) };
}

/** Whether no later fact of the list is a version of the same record. */
export function isCounted({ event }: AliasFact, at: number, facts: readonly AliasFact[]): boolean {
  const root = rootOf(event.id, facts);
  return !facts.slice(at + 1).some((later) => rootOf(later.event.id, facts) === root);
}

function rootOf(id: string, facts: readonly AliasFact[]): string {
  const corrected = facts.find(({ event }) => event.id === id)?.event['corrects'];
  return typeof corrected === 'string' ? rootOf(corrected, facts) : id;
}

function images(address: string, { kind, ...alias }: Alias): string[] {
  return [
    [alias.address, alias.other],
    [alias.other, alias.address],
  ].flatMap(([from = '', to = '']) => {
    if (kind === 'pair') return address === from ? [to] : [];
    if (kind === 'prefix') return address.startsWith(from) ? [address.replace(from, () => to)] : [];
    if (kind === 'suffix') return address.endsWith(from) ? [address.slice(0, -from.length) + to] : [];
    const parts = address.split('/');
    const isOnce = parts.filter((part) => part === from).length === 1 && !parts.includes(to);
    return isOnce ? [parts.map((part) => (part === from ? to : part)).join('/')] : [];
  });
}

function closure(aliases: readonly Alias[]): string[] {
  const found = new Set(ADDRESSES);
  for (const address of found)
    for (const image of aliases.flatMap((alias) => images(address, alias))) found.add(image);
  return [...found];
}

function setsOf(
  universe: readonly string[],
  isSame: (one: string, two: string) => boolean,
): Map<string, string> {
  const sets = new Map<string, string>();
  const reach = (own: string[], one: string, start: string): void => {
    for (const two of universe.filter((other) => !sets.has(other) && isSame(one, other))) {
      sets.set(two, start);
      own.push(two);
    }
  };
  for (const start of universe) {
    if (sets.has(start)) continue;
    const own = [start];
    sets.set(start, start);
    for (const one of own) reach(own, one, start);
  }
  return sets;
}
