import type { CountedWarning, Imported, ImportPlan, Rejection } from '@tributary/importers';
import type { Appended } from './append.ts';

/** schemas/answers/import.json */
export type ImportAnswer = {
  readonly kind: string;
  readonly appended: number;
  readonly duplicates: number;
  readonly byType: Readonly<Record<string, number>>;
  readonly unresolved: number;
  readonly unresolvedReferences: readonly Rejection[];
  readonly warnings: readonly CountedWarning[];
  readonly rejected: readonly Rejection[];
  readonly dryRun: boolean;
  readonly plan?: ImportPlan;
};

const NOTHING: Appended = { appended: 0, duplicates: 0, byType: {}, rejected: [] };

/** Without `appended` nothing was written. */
export function importAnswer(
  kind: string,
  read: Pick<Imported, 'warnings' | 'rejected' | 'unresolved'> & { readonly plan?: ImportPlan },
  appended?: Appended,
): ImportAnswer {
  const { rejected, ...counts } = appended ?? NOTHING;
  return {
    kind,
    ...counts,
    unresolved: read.unresolved.length,
    unresolvedReferences: read.unresolved,
    warnings: read.warnings,
    rejected: [...read.rejected, ...rejected],
    dryRun: appended === undefined,
    ...(read.plan && { plan: read.plan }),
  };
}
