import type { Table } from '../files/table.ts';
import { affinity, fileTokens } from './file-tokens.ts';
import type { MixtureTable } from './mixture-table.ts';
import type { OutcomeTable } from './outcome-table.ts';

export type TablePair = { readonly mixtures: MixtureTable; readonly outcomes: readonly OutcomeTable[] };

/**
 * Assigns each outcome table to the mixture table with the best matching name and keys. `left` has the outcome tables
 * without a match.
 */
export function pairTables(
  mixtures: readonly MixtureTable[],
  outcomes: readonly OutcomeTable[],
): { pairs: TablePair[]; left: OutcomeTable[] } {
  const owners = new Map(outcomes.map((outcome) => [outcome, bestOwner(mixtures, outcome)]));
  const pairs = mixtures.map((mixture) => ({
    mixtures: mixture,
    outcomes: outcomes.filter((outcome) => owners.get(outcome) === mixture),
  }));
  return { pairs, left: outcomes.filter((outcome) => owners.get(outcome) === undefined) };
}

function bestOwner(mixtures: readonly MixtureTable[], outcome: OutcomeTable): MixtureTable | undefined {
  const keys = new Set(column(outcome.table, outcome.key));
  const ranked = mixtures.flatMap((mixture) => {
    const name = affinity(fileTokens(mixture.table.path), fileTokens(outcome.table.path));
    const own = column(mixture.table, mixture.key);
    const overlap = own.filter((key) => keys.has(key)).length / Math.max(own.length, 1);
    return name === undefined || overlap === 0 || !sameKey(mixture, outcome)
      ? []
      : [{ mixture, name, overlap }];
  });
  ranked.sort((left, right) => right.name - left.name || right.overlap - left.overlap);
  return ranked[0]?.mixture;
}

function sameKey(mixture: MixtureTable, outcome: OutcomeTable): boolean {
  const name = (table: Table, index: number) => (table.columns[index] ?? '').toLowerCase();
  return outcome.key === 0 || name(mixture.table, mixture.key) === name(outcome.table, outcome.key);
}

const column = (table: Table, index: number): string[] => table.rows.map(({ cells }) => cells[index] ?? '');
