import { Findings } from '../facts/findings.ts';
import type { Rejection } from '../facts/findings.ts';
import type { SourceFile } from '../files/folder.ts';
import { tableIn } from '../files/table.ts';
import { mixtureRows } from './mixture-row.ts';
import type { SliceWeight } from './mixture-row.ts';
import { mixtureTable, sliceOrigins } from './mixture-table.ts';

export type KeyedMixture = { readonly key: string; readonly weights: readonly SliceWeight[] };

export type MixtureFile = {
  /** The slices of the file with their columns. */
  readonly slices: readonly { readonly slice: string; readonly origin: string }[];
  readonly mixtures: readonly KeyedMixture[];
  readonly rejected: readonly Rejection[];
};

/** The mixtures in one table with the same slices as an import of it; undefined if the file has none. */
export async function readMixtures(file: SourceFile): Promise<MixtureFile | undefined> {
  const findings = new Findings();
  const table = await tableIn(file, findings);
  const mixtures = table && mixtureTable(table, findings);
  if (!mixtures) {
    return findings.rejected.length > 0
      ? { slices: [], mixtures: [], rejected: findings.rejected }
      : undefined;
  }
  const rows = mixtureRows(mixtures, findings);
  return {
    slices: sliceOrigins(mixtures),
    mixtures: rows.map(({ key, weights }) => ({ key, weights })),
    rejected: findings.rejected,
  };
}
