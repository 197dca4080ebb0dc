import { attributeValues } from '@tributary/corpus';
import type { LogPosition, RowOf, SqlReader } from '@tributary/kernel';
import { divided } from '@tributary/training';
import { partsOf } from '../exposure/groups.ts';
import type { Consumed } from '../exposure/groups.ts';
import { labelsOf } from '../exposure/shard-labels.ts';
import type { ShardLabel } from '../exposure/shard-labels.ts';

/** Values of an attribute of slices that one answer reads. */
const MAX_VALUES = 10_000;

/** Amounts, in the order that they were given in, with keys of labels in place of their shards. */
export type Labelled = {
  readonly rows: readonly Consumed[];
  readonly labels: ReadonlyMap<string, ShardLabel>;
  readonly lacking: readonly string[];
};

type Asked = { readonly attribute: string; readonly as_of: LogPosition };

/**
 * What is measured of an attribute in what was consumed: of the shard, or where nothing is measured of that, of its slice or
 * the nearest slice that has it inside.
 */
export async function labelledBy(
  reader: SqlReader,
  rows: readonly Consumed[],
  asked: Asked,
): Promise<Labelled> {
  const ofShards = await labelsOf(
    reader,
    rows.map(({ shard }) => shard),
    asked,
  );
  const { attribute, as_of } = asked;
  const params = { attribute, subject_kind: 'slice', ref: null, after: '', first: MAX_VALUES + 1, as_of };
  const values = await reader.all(attributeValues, params);
  const ofSlices = sliceLabels(values.slice(0, MAX_VALUES));
  const labels = new Map<string, ShardLabel>();
  const labelled = rows.map((row) => {
    const shard = ofShards.get(row.shard);
    const slice = shard?.buckets.length ? undefined : nearest(ofSlices, row.slice_name);
    if (slice) {
      const key = `slice:${slice.address}`;
      labels.set(key, slice);
      return { ...row, shard: key };
    }
    if (!shard) return { ...row, shard: '' };
    const key = `shard:${row.shard}`;
    labels.set(key, shard);
    return { ...row, shard: key };
  });
  const isCut = values.length > MAX_VALUES;
  return {
    rows: labelled,
    labels,
    lacking: isCut ? [`only the first ${MAX_VALUES} values of ${attribute} of slices are read`] : [],
  };
}

type Value = RowOf<typeof attributeValues>;

/** The newest measurement of each slice, by its name. */
function sliceLabels(values: readonly Value[]): Map<string, ShardLabel> {
  const newest = new Map<string, number>();
  for (const { ref, evidence } of values) newest.set(ref, Math.max(evidence, newest.get(ref) ?? 0));
  const labels = new Map<string, ShardLabel>();
  for (const { ref, bucket, value, method, evidence } of values) {
    if (evidence !== newest.get(ref)) continue;
    const own = { ...NO_LABEL, shard_id: ref, address: ref, buckets: [], method, evidence: [evidence] };
    const label = labels.get(ref) ?? own;
    label.buckets.push([bucket, value]);
    labels.set(ref, label);
  }
  return labels;
}

const NO_LABEL = {
  tokens: null,
  tokens_method: '',
  licence: null,
  source: null,
  uri: null,
  members: [],
  doubts: [],
};

function nearest(labels: ReadonlyMap<string, ShardLabel>, slice: string): ShardLabel | undefined {
  const segments = slice.split('/');
  for (let length = segments.length; length > 0; length -= 1) {
    const label = labels.get(segments.slice(0, length).join('/'));
    if (label) return label;
  }
  return undefined;
}

/** The part of amounts that the attribute has a value for: `rows` are those that were labelled. */
export function partNamed(rows: readonly Consumed[], labelled: Labelled, name: string): Consumed[] {
  return rows.flatMap((row, at) => {
    const parts = partsOf(labelled.labels.get(labelled.rows[at]?.shard ?? ''), 'attribute');
    const index = parts.findIndex((part) => part.name === name);
    if (index < 0) return [];
    const weights = parts.map(({ weight }) => weight);
    const whole = divided(row.whole, weights, row.unit)[index] ?? 0n;
    const whole_inherited = divided(row.whole_inherited, weights, row.unit)[index] ?? 0n;
    return [{ ...row, whole, whole_inherited }];
  });
}
