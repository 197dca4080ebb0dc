import { divided } from '@tributary/training';
import type { RunWindow } from '@tributary/training';
import type { ExposureGrouping } from '../generated/schema.ts';
import type { Steps } from '../drift/windows.ts';
import { partsOf } from './groups.ts';
import type { ShardLabel } from './shard-labels.ts';
import type { CheckedQuestion } from './group-question.ts';

/** Exact amounts of one group. Where something is null, it is not grouped by it or it is not recorded. */
export type GroupSum = {
  readonly names: ReadonlyMap<ExposureGrouping, string | null>;
  readonly window: Steps | undefined;
  readonly unit: string;
  whole: bigint;
  readonly methods: Set<string>;
};

type Amount = RunWindow['amounts'][number];

/** What windows of runs have in common with a question: their amounts by group, in the order of the answer. */
export function groupSums(
  windows: readonly (RunWindow & { readonly steps: Steps })[],
  labels: ReadonlyMap<string, ShardLabel>,
  question: CheckedQuestion,
): GroupSum[] {
  const sums = new Map<string, GroupSum>();
  const asked = askedOf(question);
  for (const { steps, amounts } of windows)
    for (const amount of amounts) {
      const label = labels.get(amount.shard);
      if (!isAsked(amount, label, asked)) continue;
      addParts(sums, { amount, label, steps }, { ...question, asked });
    }
  return [...sums.values()].toSorted(inOrder);
}

/** The names that a question asks for; undefined for all. Its lists may be as long as a request, and so may those of amounts. */
type Names = ReadonlySet<string> | undefined;
type Asked = Readonly<Record<'domains' | 'slices' | 'shards' | 'sources' | 'licences' | 'values', Names>>;

function askedOf(question: CheckedQuestion): Asked {
  const names = (list: readonly string[] | null | undefined): Names => (list ? new Set(list) : undefined);
  const { domains, slices, shards, sources, licences, values } = question;
  return {
    domains: names(domains),
    slices: names(slices),
    shards: names(shards),
    sources: names(sources),
    licences: names(licences),
    values: names(values),
  };
}

const includes = (names: Names, name: string | null | undefined): boolean =>
  !names || (typeof name === 'string' && names.has(name));

/** Whether a slice or one that it lies in is among the names. */
function isWithin(names: Names, slice: string): boolean {
  if (!names || names.has(slice)) return true;
  for (let end = slice.lastIndexOf('/'); end >= 0; end = slice.lastIndexOf('/', end - 1)) {
    if (names.has(slice.slice(0, end))) return true;
    if (end === 0) return false;
  }
  return false;
}

const isAsked = (
  { slice, shard }: Amount,
  label: ShardLabel | undefined,
  { domains, slices, shards, sources, licences }: Asked,
): boolean =>
  includes(domains, domainOf(slice)) &&
  isWithin(slices, slice) &&
  (!shards || (label?.members ?? [shard]).some((member) => shards.has(member))) &&
  includes(sources, label?.source) &&
  includes(licences, label?.licence);

const domainOf = (slice: string): string => slice.split('/')[0] ?? slice;

type Counted = {
  readonly amount: Amount;
  readonly label: ShardLabel | undefined;
  readonly steps: Steps;
};

/** Adds an amount to its group, or divided over the groups of the values of an attribute. */
function addParts(
  sums: Map<string, GroupSum>,
  counted: Counted,
  { by, attribute, asked }: CheckedQuestion & { readonly asked: Asked },
): void {
  const { amount, label, steps } = counted;
  const parts = attribute === '' ? [{ name: null, weight: 1 }] : partsOf(label, 'attribute');
  const wholes = divided(
    amount.whole,
    parts.map(({ weight }) => weight),
    amount.unit,
  );
  for (const [at, { name }] of parts.entries()) {
    const whole = wholes[at] ?? 0n;
    if (whole === 0n || !includes(asked.values, name)) continue;
    const named = by.map((one): [ExposureGrouping, string | null] => [one, nameOf(one, counted, name)]);
    const window = by.includes('window') ? steps : undefined;
    const key = JSON.stringify([named, amount.unit, window?.firstStep]);
    const sum = sums.get(key) ?? {
      names: new Map(named),
      window,
      unit: amount.unit,
      whole: 0n,
      methods: new Set<string>(),
    };
    sums.set(key, sum);
    sum.whole += whole;
    for (const method of amount.methods.split(',')) sum.methods.add(method);
  }
}

function nameOf(by: ExposureGrouping, { amount, label }: Counted, value: string | null): string | null {
  if (by === 'attribute') return value;
  if (by === 'domain') return domainOf(amount.slice);
  if (by === 'source' || by === 'licence') return label?.[by] ?? null;
  if (by === 'window') return null;
  const names = { run: amount.run, slice: amount.slice, shard: label?.address ?? amount.shard };
  return names[by] || null;
}

const UNITS = ['token', 'byte', 'share'];

/** By unit, window and run; then the largest first; then by name. */
function inOrder(one: GroupSum, other: GroupSum): number {
  return (
    UNITS.indexOf(one.unit) - UNITS.indexOf(other.unit) ||
    (one.window?.firstStep ?? 0) - (other.window?.firstStep ?? 0) ||
    byText(one.names.get('run') ?? '', other.names.get('run') ?? '') ||
    descending(one.whole, other.whole) ||
    byText(JSON.stringify([...one.names]), JSON.stringify([...other.names]))
  );
}

const byText = (one: string, other: string): number => (one < other ? -1 : Number(one > other));

const descending = (one: bigint, other: bigint): number => (one > other ? -1 : Number(one < other));
