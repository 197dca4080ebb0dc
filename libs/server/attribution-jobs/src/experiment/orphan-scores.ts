import type { Warning } from '@tributary/attribution';
import { runsScoredElsewhere } from '@tributary/evaluation';
import { groupBy } from '@tributary/kernel';
import type { LogPosition, SqlReader } from '@tributary/kernel';
import { runsWithStart } from '@tributary/training';
import type { ScoreRow } from './measurement-protocol.ts';

const NAMED = 5;

/**
 * Warns of scores that no run stands behind: their run has no recorded start, so it belongs to no experiment and no arm.
 * Named are those of the benchmarks on which the experiment is scored, by capability.
 */
export async function orphanScores(
  sql: SqlReader,
  scored: readonly ScoreRow[],
  run_ids: readonly string[],
  as_of: LogPosition,
): Promise<ReadonlyMap<string, Warning>> {
  const keyOf = (row: { readonly capability: string; readonly benchmark: string }) =>
    JSON.stringify([row.capability, row.benchmark]);
  const own = new Set(scored.map(keyOf));
  const capabilities = [...new Set(scored.map(({ capability }) => capability))];
  const others = await sql.all(runsScoredElsewhere, { run_ids: [...run_ids], capabilities, as_of });
  const alike = others.filter((row) => own.has(keyOf(row)));
  if (alike.length === 0) return new Map();
  const ids = [...new Set(alike.map(({ run_id }) => run_id))];
  const started = new Set(
    (await sql.all(runsWithStart, { run_ids: ids, as_of })).map(({ run_id }) => run_id),
  );
  const orphans = groupBy(
    alike.filter(({ run_id }) => !started.has(run_id)),
    ({ capability }) => capability,
  );
  return new Map([...orphans].map(([capability, rows]) => [capability, warningOf(capability, rows)]));
}

function warningOf(capability: string, rows: readonly { readonly run_id: string }[]): Warning {
  const ids = [...new Set(rows.map(({ run_id }) => run_id))].toSorted();
  const more = ids.length > NAMED ? ` and ${ids.length - NAMED} more` : '';
  const text = `Runs were scored on ${capability} whose start is not recorded, so they belong to no experiment and do not count: ${ids.slice(0, NAMED).join(', ')}${more}.`;
  return { code: 'scores_without_run', text };
}
