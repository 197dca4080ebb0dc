import type { Warning } from '@tributary/attribution';
import { groupBy } from '@tributary/kernel';
import type { MeasuredState, Save } from '@tributary/training';
import type { ScoreRow } from './measurement-protocol.ts';

/** The checkpoint behind a score or behind items, where its steps do not count. */
export type SaveFinder = (state: MeasuredState) => Save | undefined;

/** Scores of the steps that count, and what the others would have changed. */
export type CountedScores = {
  readonly rows: readonly ScoreRow[];
  /** By capability. */
  readonly warnings: ReadonlyMap<string, Warning>;
  /** Scores that are left out and the checkpoints that say so, by run. */
  readonly evidence: ReadonlyMap<string, readonly number[]>;
};

/** A score that does not count, though no later one of its run and capability does. */
type LeftOutScore = { readonly row: ScoreRow; readonly save: Save };

/**
 * Leaves out scores of checkpoints that later attempts supersede: what the run consumed is another path. Warns of those
 * that no later score of the run stands in for.
 */
export function countedScores(rows: readonly ScoreRow[], supersededBy: SaveFinder): CountedScores {
  const left = rows.flatMap((row): LeftOutScore[] => {
    const save = supersededBy(row);
    return save ? [{ row, save }] : [];
  });
  if (left.length === 0) return { rows, warnings: new Map(), evidence: new Map() };
  const out = new Set(left.map(({ row }) => row));
  const counted = rows.filter((row) => !out.has(row));
  const last = new Map<string, number>();
  for (const row of counted) last.set(keyOf(row), Math.max(last.get(keyOf(row)) ?? -Infinity, stepOf(row)));
  const missed = left.filter(({ row }) => stepOf(row) >= (last.get(keyOf(row)) ?? -Infinity));
  const warnings = [...groupBy(missed, ({ row }) => row.capability)];
  const evidence = [...groupBy(missed, ({ row }) => row.run_id)];
  return {
    rows: counted,
    warnings: new Map(warnings.map(([capability, of]) => [capability, warningOf(capability, of)])),
    evidence: new Map(
      evidence.map(([run, of]) => [run, of.flatMap(({ row, save }) => [row.evidence, save.evidence])]),
    ),
  };
}

const keyOf = ({ run_id, capability }: ScoreRow): string => JSON.stringify([run_id, capability]);

/** A score without a step counts as one of the end. */
const stepOf = ({ step }: ScoreRow): number => step ?? Infinity;

const NAMED = 5;

function warningOf(capability: string, scores: readonly LeftOutScore[]): Warning {
  const nameOf = ({ save }: LeftOutScore) =>
    `${save.run_id} at step ${save.step.toLocaleString('en-US')} of attempt ${save.attempt}`;
  const names = [...new Set(scores.map(nameOf))].toSorted();
  const more = names.length > NAMED ? ` and ${names.length - NAMED} more` : '';
  const text = `Scores of ${capability} are left out, because later attempts supersede the steps of their checkpoints: ${names.slice(0, NAMED).join(', ')}${more}.`;
  return { code: 'superseded_scores', text };
}
