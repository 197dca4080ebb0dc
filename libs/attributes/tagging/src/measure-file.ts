import type { DocumentFile, SkippedRow } from '@tributary/documents';
import type { Instrument, MeasuredDocument, Values } from './attribute.ts';
import { batched } from './batches.ts';
import { Spool } from './spool.ts';

export type MeasuredRow = { readonly row: number; readonly values: Values };

/** A row that one attribute could not measure names it; one that is no document names none. */
export type UnmeasuredRow = SkippedRow & { readonly attribute?: string };

export type NamedInstrument = { readonly attribute: string; readonly instrument: Instrument };

/** A row before its scores: the values of each instrument that could measure it, in the order of the instruments. */
type UnscoredRow = { readonly row: number; readonly measured: readonly (Values | null)[] };

type Source = {
  readonly file: DocumentFile;
  readonly field: string;
  readonly isWanted?: ((row: number) => boolean) | undefined;
};

/**
 * Measures the documents of a file: one row for each that at least one instrument could measure, with the values of all
 * of them, and one for each that an instrument could not. Rows come as they are read, but where scores are relative to
 * this corpus: then after all of it has been seen.
 */
export async function* measureFile(
  { file, field, isWanted }: Source,
  instruments: readonly NamedInstrument[],
): AsyncGenerator<MeasuredRow | UnmeasuredRow> {
  const rows = measure(file.documents(field, isWanted), instruments);
  if (instruments.every(({ instrument: { relative } }) => relative?.isFrozen ?? true)) {
    for await (const row of rows) yield 'code' in row ? row : scored(row, instruments);
    return;
  }
  const spool = await Spool.open<UnscoredRow>();
  try {
    for await (const row of rows) {
      if ('code' in row) yield row;
      else await spool.add(observed(row, instruments));
    }
    for await (const row of spool.items()) yield scored(row, instruments);
  } finally {
    await spool.close();
  }
}

async function* measure(
  documentsAndSkipped: ReturnType<DocumentFile['documents']>,
  instruments: readonly NamedInstrument[],
): AsyncGenerator<UnscoredRow | UnmeasuredRow> {
  for await (const { documents, skipped } of batched(documentsAndSkipped)) {
    const measured = await Promise.all(instruments.map(({ instrument }) => instrument.measure(documents)));
    const rows = documents.flatMap(({ row }, at) => {
      const outcomes = measured.map((outcomesOfOne) => outcomesOfOne[at]);
      return rowsOf(row, outcomes, instruments);
    });
    yield* [...skipped, ...rows].toSorted((left, right) => left.row - right.row);
  }
}

/** What became of one document: its values, and a row for each instrument that has none. */
function rowsOf(
  row: number,
  outcomes: readonly (MeasuredDocument | undefined)[],
  instruments: readonly NamedInstrument[],
): (UnscoredRow | UnmeasuredRow)[] {
  const unmeasured = instruments.flatMap(({ attribute }, at) => {
    const outcome = outcomes[at];
    return outcome && 'code' in outcome
      ? [{ row, ...outcome, ...(instruments.length > 1 && { attribute }) }]
      : [];
  });
  const values = outcomes.map(valuesOf);
  return values.some((one) => one !== null) ? [...unmeasured, { row, measured: values }] : unmeasured;
}

const valuesOf = (outcome: MeasuredDocument | undefined): Values | null =>
  outcome && 'values' in outcome ? outcome.values : null;

function observed(row: UnscoredRow, instruments: readonly NamedInstrument[]): UnscoredRow {
  for (const [at, { instrument }] of instruments.entries()) {
    const values = row.measured[at];
    if (values) instrument.relative?.observe(values);
  }
  return row;
}

function scored({ row, measured }: UnscoredRow, instruments: readonly NamedInstrument[]): MeasuredRow {
  const entries = instruments.flatMap(({ instrument: { relative } }, at) => {
    const values = measured[at] ?? {};
    return Object.entries(measured[at] && relative ? relative.score(values) : values);
  });
  return { row, values: Object.fromEntries(entries) };
}
