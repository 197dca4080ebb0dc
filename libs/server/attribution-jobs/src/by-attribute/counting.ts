import { groupBy, largest } from '@tributary/kernel';
import type { Warning } from '@tributary/attribution';
import type { DividedAmounts, ShardAmount } from './divide-amounts.ts';
import type { MeasuredShard, MeasuredSlices } from './measured-slices.ts';
import { definitionText, UNMEASURED } from './slice-names.ts';

/** What measured shards, and how many of them. */
type UsedInstrument = {
  readonly name: string;
  readonly version: string;
  /** The corpus that its values are relative to; empty where they are not. */
  readonly normaliser: string;
  readonly shards: number;
};

/** How slices that an attribute defines were counted. */
export type Counting = {
  readonly attribute: string;
  readonly atLeast: number | null;
  /** The weakest of the measurements; `inferred` also where tokens of a shard are divided between several values. */
  readonly method: CountingMethod;
  readonly instruments: readonly UsedInstrument[];
  /** Consumed shards with a measurement, and without. */
  readonly shards: number;
  readonly unmeasuredShards: number;
  /** Largest share of a run that was not measured. */
  readonly unmeasuredShare: number;
  /** What the answer lacks; null where everything consumed was measured. */
  readonly lacks: string | null;
  readonly warnings: readonly Warning[];
  /** Positions of the measurements, in the order of the log. */
  readonly evidence: readonly number[];
};

const FROM_WEAKEST = ['sampled', 'inferred', 'declared', 'reported', 'measured'] as const;
type CountingMethod = (typeof FROM_WEAKEST)[number];

/** How the shares of all runs count as determined; alike in all, so that no two runs look unlike for it. */
export function methodOf(measured: ReadonlyMap<string, MeasuredShard>, isProrated: boolean): CountingMethod {
  const methods = new Set([...measured.values()].map(({ method }) => method));
  if (isProrated) methods.add('inferred');
  return FROM_WEAKEST.find((method) => methods.has(method)) ?? 'measured';
}

type Counted = {
  readonly by: MeasuredSlices;
  readonly measured: ReadonlyMap<string, MeasuredShard>;
  readonly amounts: readonly ShardAmount[];
} & DividedAmounts;

export function countingOf({ by, measured, amounts, isProrated, cells }: Counted): Counting {
  const rows = [...measured.values()];
  const named = [...new Set(amounts.map(({ shard }) => shard))].filter((shard) => shard !== '').toSorted();
  const without = named.filter((shard) => !measured.has(shard));
  const unmeasuredShare = largest([0, ...[...cells.values()].map(shareUnmeasured)]);
  const lacks = unmeasuredShare === 0 ? null : lacksText(by, without, unmeasuredShare);
  const counting = {
    attribute: by.attribute,
    atLeast: by.atLeast ?? null,
    method: methodOf(measured, isProrated),
    instruments: instrumentsOf(rows),
    shards: measured.size,
    unmeasuredShards: without.length,
    unmeasuredShare,
    lacks,
    evidence: [...new Set(rows.map(({ evidence }) => evidence))].toSorted((left, right) => left - right),
  };
  return { ...counting, warnings: warningsOf(counting, by, { rows, isProrated }) };
}

function shareUnmeasured(cells: readonly { readonly value: string; readonly amount: number }[]): number {
  const sumOf = (of: typeof cells) => of.reduce((sum, { amount }) => sum + amount, 0);
  const total = sumOf(cells);
  return total === 0 ? 0 : sumOf(cells.filter(({ value }) => value === UNMEASURED)) / total;
}

const NAMED = 5;

function lacksText({ attribute }: MeasuredSlices, without: readonly string[], share: number): string {
  const more = without.length > NAMED ? ` and ${without.length - NAMED} more` : '';
  const shards = without.length === 0 ? '' : `, in shards ${without.slice(0, NAMED).join(', ')}${more}`;
  return `${attribute} is not measured of everything that the runs consumed: up to ${(100 * share).toFixed(1)} % of a run is in the slice ${UNMEASURED}${shards}`;
}

function instrumentsOf(rows: readonly MeasuredShard[]): UsedInstrument[] {
  const groups = groupBy(rows, ({ instrument, version, normaliser }) =>
    JSON.stringify([instrument, version, normaliser]),
  );
  return [...groups]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([, of]) => {
      const { instrument: name, version, normaliser } = of[0]!;
      return { name, version, normaliser, shards: of.length };
    });
}

type Basis = { readonly rows: readonly MeasuredShard[]; readonly isProrated: boolean };

function warningsOf(
  { instruments, lacks, shards, method }: Omit<Counting, 'warnings'>,
  by: MeasuredSlices,
  { rows, isProrated }: Basis,
): Warning[] {
  const sampled = rows.filter((row) => row.method === 'sampled').length;
  const tools = instruments.map(({ name, version }) =>
    [name, version].filter((part) => part !== '').join(' '),
  );
  const units = [...new Set(rows.map(({ unit }) => unit || 'weights'))].toSorted().join(' and ');
  const prorated = isProrated
    ? ` The tokens of a shard with several values are divided by its ${units}, so the shares are inferred.`
    : '';
  const of =
    by.atLeast === undefined ? '' : ' A shard is on one side as a whole, by its mean over documents.';
  const text = `Slices are those of ${definitionText(by)}, ${method} in ${shards} shards by ${[...new Set(tools)].join(', ')}.${of}${prorated}`;
  const error =
    'The effect is of the measured share: where the instrument errs, the share is off (errors in variables), ' +
    'which bends an effect, most often towards zero. Nothing is corrected for it, and the interval does not hold it.';
  return [
    { code: 'slices_by_attribute', text },
    { code: 'measured_share', text: error },
    ...(sampled > 0
      ? [
          {
            code: 'attribute_sampled',
            text: `Of ${sampled} shards a sample of the documents was measured; the interval does not hold its error.`,
          },
        ]
      : []),
    ...(instruments.length > 1
      ? [
          {
            code: 'instruments_differ',
            text: `The shards were measured by different instruments, whose values may not compare: ${tools.join(', ')}.`,
          },
        ]
      : []),
    ...(lacks === null ? [] : [{ code: 'attribute_unmeasured', text: `${lacks}.` }]),
  ];
}
