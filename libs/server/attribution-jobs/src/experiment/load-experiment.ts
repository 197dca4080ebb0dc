import type { Arm, Experiment, Proxy, Run } from '@tributary/attribution';
import { finalItems, scores } from '@tributary/evaluation';
import { groupBy } from '@tributary/kernel';
import type { LogPosition, RowOf, SqlReader } from '@tributary/kernel';
import { arms } from '@tributary/mixture';
import { ownHistory, realisedShares, runs } from '@tributary/training';
import { finalScores } from './final-scores.ts';
import type { FinalScores } from './final-scores.ts';

type RunRow = RowOf<typeof runs>;
type ShareRow = RowOf<typeof realisedShares>;

const MAX_RUNS = 100_000;

/** Loads an experiment for estimators as of a position: arms as assigned, shares as realised, scores as corrected. */
export async function loadExperiment(sql: SqlReader, name: string, as_of: LogPosition): Promise<Experiment> {
  const assigned = await sql.all(arms, { experiment_id: name, as_of });
  const started = await sql.all(runs, {
    experiment_id: name,
    run_id: null,
    prefix: '',
    after: '',
    first: MAX_RUNS,
    as_of,
  });
  const run_ids = started.map(({ run_id }) => run_id);
  if (run_ids.length === 0) return { name, arms: assigned.map(armOf), runs: [] };
  const [consumed, scored, items] = await Promise.all([
    ownHistory(sql, run_ids, 'exposure', as_of).then((history) =>
      sql.all(realisedShares, { ...history, as_of }),
    ),
    sql.all(scores, { run_ids, capability: null, after: '', first: 1_000_000, as_of }),
    sql.all(finalItems, { run_ids, capability: null, as_of }),
  ]);
  const sharesOf = groupBy(consumed, ({ run_id }) => run_id);
  const final = finalScores(scored, items);
  return {
    name,
    arms: assigned.map(armOf),
    runs: started.map((run) => runOf(run, sharesOf.get(run.run_id) ?? [], final.byRun.get(run.run_id))),
    proxy: proxyOf(started),
    scoreWarnings: final.warnings,
  };
}

const armOf = (row: RowOf<typeof arms>): Arm => ({
  arm: row.arm,
  mixtureId: row.mixture_id,
  design: row.design,
  assignment: row.assignment,
  randomisationSeed: row.randomisation_seed === '' ? undefined : row.randomisation_seed,
  control: row.control,
  role: row.role,
});

function runOf(row: RunRow, consumed: readonly ShareRow[], final: FinalScores | undefined): Run {
  const total = consumed.reduce((sum, { amount }) => sum + amount, 0);
  const ordinals = [
    ...row.evidence,
    ...consumed.flatMap(({ evidence }) => evidence),
    ...(final?.evidence ?? []),
  ];
  return {
    runId: row.run_id,
    arm: row.arm,
    mixtureId: row.mixture_id,
    seed: row.seed ?? undefined,
    status: row.status === 'unknown' ? 'running' : row.status,
    shares: Object.fromEntries(consumed.map(({ slice, amount }) => [slice, total > 0 ? amount / total : 0])),
    total,
    unit: consumed[0]?.unit ?? 'token',
    method: [...new Set(consumed.flatMap(({ methods }) => methods.split(',')))].join(','),
    configDigest: row.config_digest,
    scores: final?.scores ?? {},
    evidence: [...new Set(ordinals)].toSorted((left, right) => left - right).map(String),
  };
}

/** The model, if all runs train the same one. */
function proxyOf(started: readonly RunRow[]): Proxy | undefined {
  const [first] = started;
  if (!first || started.some(({ model }) => model !== first.model)) return undefined;
  return { model: first.model, parameters: first.parameters ?? undefined };
}
