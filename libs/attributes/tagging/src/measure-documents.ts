import type { Document, SkippedRow } from '@tributary/documents';
import type { Instrument, MeasuredDocument, Values } from './attribute.ts';
import { batched } from './batches.ts';
import type { FoundItem } from './overlap/found-items.ts';
import { Spool } from './spool.ts';

/** A row of a file. */
type InFile = { readonly path: string; readonly row: number };

/** `items` are the evaluation items that were found in the document. */
export type MeasuredRow = InFile & { readonly values: Values; readonly items?: readonly FoundItem[] };

/** A row that one attribute could not measure names it; one that is no document names none. */
export type UnmeasuredRow = InFile &
  SkippedRow & {
    readonly attribute?: string;
    /** Whether the row is counted elsewhere: another attribute measured it, or another one has said that it has no values. */
    readonly isCounted?: true;
  };

export type SourceRow = (Document | SkippedRow) & { readonly path: string };

export type NamedInstrument = { readonly attribute: string; readonly instrument: Instrument };

/** A row before its scores: the values of each instrument that could measure it, in the order of the instruments. */
type UnscoredRow = InFile & Pick<MeasuredRow, 'items'> & { readonly measured: readonly (Values | null)[] };

/**
 * Measures the documents of one or many files: one row for each that at least one instrument could measure, with the
 * values of all of them, and one for each that an instrument could not. Rows come as they are read, but where scores are
 * relative to these documents: then after all of them have been seen.
 */
export async function* measureDocuments(
  source: AsyncIterable<SourceRow>,
  instruments: readonly NamedInstrument[],
): AsyncGenerator<MeasuredRow | UnmeasuredRow> {
  const rows = measure(source, instruments);
  if (instruments.every(({ instrument }) => scoresOf(instrument)?.isFrozen ?? true)) {
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
  source: AsyncIterable<SourceRow>,
  instruments: readonly NamedInstrument[],
): AsyncGenerator<UnscoredRow | UnmeasuredRow> {
  for await (const rows of batched(source)) {
    const documents = rows.flatMap((row) => ('code' in row ? [] : [row]));
    const measured = await Promise.all(instruments.map(({ instrument }) => instrument.measure(documents)));
    let at = 0;
    for (const row of rows) {
      if ('code' in row) yield row;
      else {
        const outcomes = measured.map((outcomesOfOne) => outcomesOfOne[at]);
        at += 1;
        yield* rowsOf({ path: row.path, row: row.row }, outcomes, instruments);
      }
    }
  }
}

/** What became of one document: its values, and a row for each instrument that has none. */
function rowsOf(
  where: InFile,
  outcomes: readonly (MeasuredDocument | undefined)[],
  instruments: readonly NamedInstrument[],
): (UnscoredRow | UnmeasuredRow)[] {
  const values = outcomes.map(valuesOf);
  const isMeasured = values.some((one) => one !== null);
  const unmeasured = instruments.flatMap(({ attribute }, at): UnmeasuredRow[] => {
    const outcome = outcomes[at];
    if (!outcome || !('code' in outcome)) return [];
    const isCounted = isMeasured || at > 0;
    return [
      {
        ...where,
        ...outcome,
        ...(instruments.length > 1 && { attribute }),
        ...(isCounted && { isCounted }),
      },
    ];
  });
  const items = outcomes.flatMap((outcome) => (outcome && 'values' in outcome ? (outcome.items ?? []) : []));
  const measured = { ...where, measured: values, ...(items.length > 0 && { items }) };
  return isMeasured ? [...unmeasured, measured] : unmeasured;
}

const valuesOf = (outcome: MeasuredDocument | undefined): Values | null =>
  outcome && 'values' in outcome ? outcome.values : null;

const scoresOf = ({ relative, corpus }: Instrument) => relative ?? corpus;

function observed(row: UnscoredRow, instruments: readonly NamedInstrument[]): UnscoredRow {
  for (const [at, { instrument }] of instruments.entries()) {
    const values = row.measured[at];
    if (values) scoresOf(instrument)?.observe(values);
  }
  return row;
}

function scored({ measured, ...rest }: UnscoredRow, instruments: readonly NamedInstrument[]): MeasuredRow {
  const entries = instruments.flatMap(({ instrument }, at) => {
    const [values, scores] = [measured[at], scoresOf(instrument)];
    return Object.entries(values && scores ? scores.score(values) : (values ?? {}));
  });
  const { path, row, items } = rest;
  return { path, row, values: Object.fromEntries(entries), ...(items && { items }) };
}
