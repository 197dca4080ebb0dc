import type { FactCatalogue } from '@tributary/contracts';
import { valueIn } from '@tributary/kernel';
import type { Attribute, Instrument, NormaliserUsed, Totals } from './attribute.ts';
import type { Summary } from './summary.ts';

type Measured = FactCatalogue['corpus.attribute.measured'];

export type MeasuredInFile = {
  /** The shard that the file is. */
  readonly shard: string;
  readonly summary: Summary;
  readonly isSample: boolean;
  /** What the instrument counted of the file. */
  readonly totals?: Totals;
};

/**
 * What was measured of a file by one attribute, as facts: the mean of each number over its documents, how many documents
 * there were, how many in each group, and what the instrument counted. Only values that are relative name the normaliser.
 */
export function attributeFacts(
  { name, values }: Attribute,
  instrument: Instrument,
  { shard, summary, isSample, totals: counted = {} }: MeasuredInFile,
): readonly Measured[] {
  const method = isSample ? 'sampled' : 'measured';
  const made = (attribute: string, entries: Measured['values'], more: Partial<Measured> = {}): Measured => ({
    attribute,
    subjectKind: 'shard',
    instrument: { name: instrument.name, version: instrument.version },
    method,
    values: entries,
    ...more,
  });
  const prefix = instrument.variant === undefined ? name : `${name}.${instrument.variant}`;
  const summaries = summary.values;
  const means = Object.keys(values).flatMap((value) => {
    const found = valueIn(summaries, value);
    if (!found) return [];
    const attribute = value === name ? prefix : `${prefix}.${value}`;
    const relative = instrument.relative?.names.includes(value)
      ? instrument.relative.normaliser()
      : undefined;
    const { name: by, version } = instrument;
    return [
      made(attribute, [{ ref: shard, value: found.mean }], {
        instrument: { name: by, version, ...(relative && { normaliserId: relative.id }) },
      }),
    ];
  });
  const counts = [...summary.groups].flatMap(([grouping, groups]) => {
    const [first, ...rest] = [...groups].map(([bucket, value]) => ({ ref: shard, bucket, value }));
    return grouping.startsWith(`${name}.`) && first
      ? [made(`${prefix}${grouping.slice(name.length)}`, [first, ...rest], { unit: 'documents' })]
      : [];
  });
  const totals = Object.entries(counted).map(([total, value]) =>
    made(`${prefix}.${total}`, [{ ref: shard, value }]),
  );
  const documents = [{ ref: shard, value: summary.measured }] as const;
  return means.length === 0
    ? []
    : [...means, ...counts, ...totals, made(`${prefix}.documents`, [...documents], { unit: 'documents' })];
}

/** The fact that freezes the normaliser which scores are relative to. */
export function normaliserFact(
  attribute: string,
  corpus: string,
  {
    id,
    n_kept,
    feature_order,
    corpus_mean,
    corpus_sd_population,
    logic_mean,
    logic_sd_population,
  }: NormaliserUsed,
): FactCatalogue['corpus.normaliser.frozen'] {
  const statistics = feature_order.map((feature, at) => [
    feature,
    { mean: corpus_mean[at] ?? 0, sd: corpus_sd_population[at] ?? 0 },
  ]);
  return {
    normaliserId: id,
    attribute,
    corpus,
    ...(n_kept !== undefined && { items: n_kept }),
    statistics: {
      ...Object.fromEntries(statistics),
      logic: { mean: logic_mean, sd: logic_sd_population },
    },
  };
}
