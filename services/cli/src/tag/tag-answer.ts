import type { DocumentFormat } from '@tributary/documents';
import { meanInterval } from '@tributary/tagging';
import type { FoundItem, Mix, NormaliserUsed, Summary, Totals, ValueSummary } from '@tributary/tagging';
import type { Opened, RecordedFacts, Tagged } from './tag-facts.ts';
import type { TagOptions } from './tag-request.ts';

/** A file that was read: where its documents are, and how many rows it has where a sample was drawn. */
export type TaggedFile = {
  readonly path: string;
  readonly format: DocumentFormat;
  /** Null for plain text. */
  readonly field: string | null;
  readonly rows?: number;
};

/** With a 95 % interval for the mean of the file, where a sample of one file was drawn. */
type SampledSummary = ValueSummary & { readonly interval?: readonly [number, number] };

/** schemas/answers/tag.json, without the lists of documents and of skipped rows, which are printed as they come. */
export type TagAnswer = {
  readonly attributes: readonly {
    readonly attribute: string;
    readonly instrument: string;
    readonly version: string;
  }[];
  /** The one normaliser of the answer; null where no score is relative. */
  readonly normaliser: NormaliserUsed | null;
  readonly files: readonly TaggedFile[];
  readonly sample: { readonly rows: number; readonly seed: string } | null;
  readonly counts: { readonly measured: number; readonly skipped: number };
  readonly skippedByCode: Readonly<Record<string, number>>;
  readonly summary: Readonly<Record<string, SampledSummary>>;
  /** Documents by group, such as strata or languages. */
  readonly groups: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** The mix of all documents by attribute, where an attribute sorts them. Absent for a sample of several files. */
  readonly shares?: Readonly<Record<string, Mix>>;
  /** What was counted of all documents by attribute, where an attribute counts more than their values. */
  readonly totals?: Readonly<Record<string, Totals>>;
  /** The evaluation items that were found in all documents together. */
  readonly items?: readonly FoundItem[];
  /** What was appended; null with --documents. */
  readonly facts: RecordedFacts | null;
  readonly complete: boolean;
};

type Measured = {
  readonly options: Pick<TagOptions, 'sample' | 'seed'>;
  readonly tagged: readonly Tagged[];
  readonly facts: RecordedFacts | null;
};

export function tagAnswer(
  opened: readonly Opened[],
  summary: Summary,
  { options: { sample, seed }, tagged, facts }: Measured,
): TagAnswer {
  const files = tagged.map(({ file }) => file);
  const documents = sample === undefined ? summary.measured : sumOf(files.map(({ rows = 0 }) => rows));
  /* Rows of a small file count as much as those of a large one, so a sample of several files has no mix of all of them. */
  const hasMix = sample === undefined || files.length === 1;
  const shares = opened.flatMap(({ attribute, instrument }) => {
    const mix = hasMix ? instrument.mix?.(documents) : undefined;
    return mix === undefined ? [] : [[attribute.name, mix] as const];
  });
  const totals = opened.flatMap(({ attribute, instrument }) => {
    const counted = instrument.totals?.();
    return counted === undefined ? [] : [[attribute.name, counted] as const];
  });
  const items = opened.flatMap(({ instrument }) => {
    const found = instrument.items?.();
    return found === undefined ? [] : [found];
  })[0];
  const relative = opened.flatMap(({ instrument }) => instrument.relative ?? [])[0];
  return {
    attributes: opened.map(({ attribute, instrument: { name, version } }) => ({
      attribute: attribute.name,
      instrument: name,
      version,
    })),
    normaliser: relative?.normaliser() ?? null,
    files,
    sample: sample === undefined ? null : { rows: sample, seed },
    counts: { measured: summary.measured, skipped: summary.skipped },
    skippedByCode: summary.skippedByCode,
    summary: Object.fromEntries(
      Object.entries(summary.values).map(([name, value]) => [name, withInterval(value, tagged, sample)]),
    ),
    groups: Object.fromEntries(
      [...summary.groups].map(([name, groups]) => [name, Object.fromEntries(groups)]),
    ),
    ...(shares.length > 0 && { shares: Object.fromEntries(shares) }),
    ...(totals.length > 0 && { totals: Object.fromEntries(totals) }),
    ...(items && { items }),
    facts,
    complete: summary.isComplete,
  };
}

const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

/** A sample of one file says how far its mean may be from that of the file. */
function withInterval(
  value: ValueSummary,
  tagged: readonly Tagged[],
  sample: number | undefined,
): SampledSummary {
  const rows = tagged.length === 1 ? tagged[0]?.file.rows : undefined;
  const interval =
    rows === undefined || sample === undefined
      ? undefined
      : meanInterval(value, { rows, drawn: Math.min(sample, rows) });
  return interval ? { ...value, interval } : value;
}
