import { attributeValues } from '@tributary/corpus';
import type { LogPosition, RowOf, SqlReader } from '@tributary/kernel';
import { divided } from '@tributary/training';
import { partsOf } from '../exposure/groups.ts';
import type { Consumed } from '../exposure/groups.ts';
import type { LabelReader, ShardLabel } from '../exposure/shard-labels.ts';

/** Values of an attribute of slices that one answer reads. */
const MAX_VALUES = 10_000;

/** Amounts, in the order that they were given in, with keys of labels in place of their shards. */
export type Labelled = {
  readonly rows: readonly Consumed[];
  readonly labels: ReadonlyMap<string, ShardLabel>;
  readonly lacking: readonly string[];
};

type Asked = {
  readonly attribute: string;
  readonly readLabels: LabelReader;
  readonly as_of: LogPosition;
};

/**
 * What is measured of an attribute in what was consumed: of the shard, or where nothing is measured of that, of its slice or
 * the nearest slice that has it inside.
 */
export async function labelledBy(
  reader: SqlReader,
  rows: readonly Consumed[],
  { attribute, readLabels, as_of }: Asked,
): Promise<Labelled> {
  const shards = rows.map(({ shard }) => shard);
  const ofShards = await readLabels(shards, attribute);
  const params = { attribute, subject_kind: 'slice', ref: null, after: '', first: MAX_VALUES + 1, as_of };
  const values = await reader.all(attributeValues, params);
  const ofSlices = sliceLabels(values.slice(0, MAX_VALUES));
  const labels = new Map<string, ShardLabel>();
  const labelled = rows.map((row) => {
    const shard = withNames(ofShards.get(row.shard));
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

/** A number without a bucket names nothing. */
const withNames = (label: ShardLabel | undefined): ShardLabel | undefined =>
  label && { ...label, buckets: label.buckets.filter(([bucket]) => bucket !== '') };

type Value = RowOf<typeof attributeValues>;

/** The newest measurement of each slice, by its name. */
function sliceLabels(values: readonly Value[]): Map<string, ShardLabel> {
  const newest = new Map<string, number>();
  for (const { ref, evidence } of values) newest.set(ref, Math.max(evidence, newest.get(ref) ?? 0));
  const labels = new Map<string, ShardLabel>();
  for (const { ref, bucket, value, method, evidence } of values) {
    if (evidence !== newest.get(ref) || bucket === '') continue;
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

/** Parts of amounts, each with the label that says that it is one. */
export type Part = {
  readonly rows: readonly Consumed[];
  readonly because: readonly Because[];
};

/** `isMixed` where the label has other values too. */
type Because = { readonly key: string; readonly label: ShardLabel; readonly isMixed: boolean };

/** The part of amounts that the attribute has a value for: `rows` are those that were labelled. */
export function partNamed(rows: readonly Consumed[], labelled: Labelled, name: string): Part {
  const found = rows.flatMap((row, at): { row: Consumed; because: Because }[] => {
    const key = labelled.rows[at]?.shard ?? '';
    const label = labelled.labels.get(key);
    const parts = partsOf(label, 'attribute');
    const index = parts.findIndex((part) => part.name === name);
    if (!label || index < 0) return [];
    const weights = parts.map(({ weight }) => weight);
    const whole = divided(row.whole, weights, row.unit)[index] ?? 0n;
    const whole_inherited = divided(row.whole_inherited, weights, row.unit)[index] ?? 0n;
    const methods = `${row.methods},${label.method}`;
    const because = { key, label, isMixed: parts.length > 1 };
    return [{ row: { ...row, whole, whole_inherited, methods }, because }];
  });
  return { rows: found.map(({ row }) => row), because: found.map(({ because }) => because) };
}

/**
 * The part as it is labelled by something else, with the facts of both behind it. Where both divide a shard, that the one
 * is distributed in the part as in the whole shard is inferred.
 */
export function within({ because }: Part, { rows, labels }: Pick<Labelled, 'rows' | 'labels'>) {
  const joined = new Map<string, ShardLabel>();
  const inPart = rows.map((row, at) => {
    const own = labels.get(row.shard);
    const reason = because[at];
    if (!own || !reason) return { ...row, shard: '' };
    const shard = JSON.stringify([reason.key, row.shard]);
    joined.set(shard, { ...own, evidence: [...own.evidence, ...reason.label.evidence] });
    const isInferred = reason.isMixed && partsOf(own, 'attribute').length > 1;
    return { ...row, shard, methods: isInferred ? `${row.methods},inferred` : row.methods };
  });
  return { rows: inPart, labels: joined };
}
