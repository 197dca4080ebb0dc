import type { Ambiguity, CountedWarning, ImportPlan, Rejection, SkippedEntry } from '@tributary/importers';
import type { ImportTally } from './import-tally.ts';
import type { RecognisedKind } from './recognised.ts';

/** How many files the server stored now, had stored before, or was not sent. */
export type RawFiles = { readonly kept: number; readonly known: number; readonly withheld: number };

/** schemas/answers/import.json */
export type ImportAnswer = {
  readonly kind: string;
  readonly sources: readonly RecognisedKind[];
  readonly unrecognised: readonly string[];
  /** Why, for each of them. Absent where a map says which files are read. */
  readonly unrecognisedReasons?: readonly SkippedEntry[];
  readonly ambiguous: readonly Ambiguity[];
  readonly skipped: readonly SkippedEntry[];
  readonly raw?: RawFiles;
  readonly appended: number;
  readonly duplicates: number;
  readonly byType: Readonly<Record<string, number>>;
  readonly unresolved: number;
  readonly unresolvedReferences: readonly Rejection[];
  readonly warnings: readonly CountedWarning[];
  readonly rejected: readonly Rejection[];
  readonly dryRun: boolean;
  /** Absent in a dry run. */
  readonly importId?: string;
  readonly plan?: ImportPlan;
};

type Found = Pick<ImportAnswer, 'sources' | 'unrecognised' | 'unrecognisedReasons' | 'ambiguous' | 'skipped'>;

const NOTHING_FOUND: Found = { sources: [], unrecognised: [], ambiguous: [], skipped: [] };

/** `kind` is for imports without recognised sources. */
export function importAnswer(
  tally: ImportTally,
  {
    found = NOTHING_FOUND,
    ...more
  }: Pick<ImportAnswer, 'dryRun' | 'raw' | 'plan' | 'importId'> & { kind?: string; found?: Found },
): ImportAnswer {
  const kinds = found.sources.map(({ kind }) => kind);
  return {
    kind: kinds.length === 1 ? (kinds[0] ?? '') : 'several',
    ...found,
    ...more,
    ...tally.appended,
    unresolved: tally.unresolved.length,
    unresolvedReferences: tally.unresolved,
    warnings: tally.warnings,
    rejected: tally.rejected,
  };
}
