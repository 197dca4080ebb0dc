import type { DocumentFormat } from '@tributary/documents';
import type { NamedInstrument, NormaliserUsed, Summary, ValueSummary } from '@tributary/tagging';

/** A file that was read: where its documents are, and how many rows it has where a sample was drawn. */
export type TaggedFile = {
  readonly path: string;
  readonly format: DocumentFormat;
  /** Null for plain text. */
  readonly field: string | null;
  readonly rows?: number;
};

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
  readonly summary: Readonly<Record<string, ValueSummary>>;
  readonly complete: boolean;
};

export function tagAnswer(
  instruments: readonly NamedInstrument[],
  summary: Summary,
  more: Pick<TagAnswer, 'files' | 'sample'>,
): TagAnswer {
  const relative = instruments.flatMap(({ instrument }) => instrument.relative ?? [])[0];
  return {
    attributes: instruments.map(({ attribute, instrument: { name, version } }) => ({
      attribute,
      instrument: name,
      version,
    })),
    normaliser: relative?.normaliser() ?? null,
    ...more,
    counts: { measured: summary.measured, skipped: summary.skipped },
    skippedByCode: summary.skippedByCode,
    summary: summary.values,
    complete: summary.isComplete,
  };
}
