import type { Arm, Experiment, Warning } from '@tributary/attribution';
import { groupBy } from '@tributary/kernel';
import type { LogPosition, RowOf, SqlReader } from '@tributary/kernel';
import { arms, heldEqual, plannedShares } from '@tributary/mixture';
import { runsOfExperiment } from '@tributary/training';
import { orphanScores } from './orphan-scores.ts';
import { readRuns, scoredMembers, withWarnings } from './recorded-runs.ts';
import type { ScoredRuns } from './recorded-runs.ts';

/**
 * Loads an experiment for estimators as of a position: arms as assigned, shares as realised, scores as corrected. Throws Fault
 * `too_many_rows` where it has more runs or scores than fit.
 */
export async function loadExperiment(sql: SqlReader, name: string, as_of: LogPosition): Promise<Experiment> {
  const assigned = await sql.all(arms, { experiment_id: name, as_of });
  const held = await sql.all(heldEqual, { experiment_id: name, as_of });
  const heldOf = new Map(held.map(({ arm, held_equal }) => [arm, held_equal]));
  const mixture_ids = [...new Set(assigned.map(({ mixture_id }) => mixture_id))];
  const planned = plansOf(await sql.all(plannedShares, { mixture_ids, as_of }));
  const assignedArms = assigned.map((row) => ({
    ...armOf(row, heldOf.get(row.arm) ?? []),
    planned: planned.get(row.mixture_id),
  }));
  const started = await runsOfExperiment(sql, { experiment_id: name, run_id: null, as_of });
  if (started.length === 0) return { name, arms: assignedArms, runs: [] };
  const recorded = await readRuns(sql, started, as_of);
  const scored = scoredMembers(recorded, [...recorded.started.keys()]);
  return {
    name,
    arms: assignedArms,
    runs: scored.runs,
    proxy: scored.proxy,
    scoreWarnings: await scoreWarnings(sql, scored, as_of),
  };
}

/** The warnings about the scores of an experiment, with those about scores that no run stands behind. */
export async function scoreWarnings(
  sql: SqlReader,
  { runs, scored, warnings }: ScoredRuns,
  as_of: LogPosition,
): Promise<ScoredRuns['warnings']> {
  const ids = runs.map(({ runId }) => runId);
  const orphans: ReadonlyMap<string, Warning> = await orphanScores(sql, scored, ids, as_of);
  return withWarnings(warnings, orphans);
}

/** The planned weights of each mixture; one with several phases plans no single share of the whole run. */
function plansOf(rows: readonly RowOf<typeof plannedShares>[]): ReadonlyMap<string, Arm['planned']> {
  return new Map(
    [...groupBy(rows, ({ mixture_id }) => mixture_id)]
      .filter(([, of]) => new Set(of.map(({ phase }) => phase)).size === 1)
      .map(([mixture, of]) => {
        const weights = new Map<string, number>();
        for (const { slice, weight } of of) weights.set(slice, (weights.get(slice) ?? 0) + weight);
        return [mixture, Object.fromEntries(weights)];
      }),
  );
}

const armOf = (row: RowOf<typeof arms>, held: readonly string[]): Arm => ({
  arm: row.arm,
  mixtureId: row.mixture_id,
  design: row.design,
  assignment: row.assignment,
  randomisationSeed: row.randomisation_seed === '' ? undefined : row.randomisation_seed,
  randomisationMethod: row.randomisation_method === '' ? undefined : row.randomisation_method,
  control: row.control,
  role: row.role,
  heldEqual: held,
  contradictory: row.contradictory,
});
