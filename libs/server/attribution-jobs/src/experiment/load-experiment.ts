import type { Arm, Experiment, Proxy, Run, Warning } from '@tributary/attribution';
import { finalItems, scores } from '@tributary/evaluation';
import { groupBy } from '@tributary/kernel';
import type { LogPosition, RowOf, SqlReader } from '@tributary/kernel';
import { arms, heldEqual, plannedShares } from '@tributary/mixture';
import { listRuns, ownHistory, realisedShares, runSettings, trackedParams } from '@tributary/training';
import type { ListedRun } from '@tributary/training';
import { finalScores } from './final-scores.ts';
import type { FinalScores, ScoredExperiment } from './final-scores.ts';
import { orphanScores } from './orphan-scores.ts';
import { factsOf, seedOf } from './run-facts.ts';

type ShareRow = RowOf<typeof realisedShares>;
type SettingRow = RowOf<typeof runSettings>;
type ParamRow = RowOf<typeof trackedParams>;

const MAX_RUNS = 100_000;

/** Loads an experiment for estimators as of a position: arms as assigned, shares as realised, scores as corrected. */
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
  const started = await listRuns(sql, {
    experiment_id: name,
    run_id: null,
    prefix: '',
    after: '',
    first: MAX_RUNS,
    as_of,
  });
  const run_ids = started.map(({ run_id }) => run_id);
  if (run_ids.length === 0) return { name, arms: assignedArms, runs: [] };
  const [consumed, scored, items, settings, params] = await Promise.all([
    ownHistory(sql, run_ids, 'exposure', as_of).then((history) =>
      sql.all(realisedShares, { ...history, as_of }),
    ),
    sql.all(scores, { run_ids, capability: null, after: '', first: 1_000_000, as_of }),
    sql.all(finalItems, { run_ids, capability: null, as_of }),
    sql.all(runSettings, { run_ids, as_of }),
    sql.all(trackedParams, { owner_kind: 'run', owner_ids: run_ids, keys: [], as_of }),
  ]);
  const sharesOf = groupBy(consumed, ({ run_id }) => run_id);
  const settingOf = new Map(settings.map((row) => [row.run_id, row]));
  const paramsOf = groupBy(params, ({ owner_id }) => owner_id);
  const final = finalScores(scored, items);
  const orphans = await orphanScores(sql, scored, run_ids, as_of);
  return {
    name,
    arms: assignedArms,
    runs: started.map((run) =>
      runOf(run, {
        consumed: sharesOf.get(run.run_id) ?? [],
        final: final.byRun.get(run.run_id),
        setting: settingOf.get(run.run_id),
        params: paramsOf.get(run.run_id) ?? [],
      }),
    ),
    proxy: proxyOf(started),
    scoreWarnings: withOrphans(final.warnings, orphans),
  };
}

type ScoreWarnings = ScoredExperiment['warnings'];

function withOrphans(warnings: ScoreWarnings, orphans: ReadonlyMap<string, Warning>): ScoreWarnings {
  const all = new Map(Object.entries(warnings));
  for (const [capability, warning] of orphans) all.set(capability, [...(all.get(capability) ?? []), warning]);
  return Object.fromEntries(all);
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

type Recorded = {
  readonly consumed: readonly ShareRow[];
  readonly final: FinalScores | undefined;
  readonly setting: SettingRow | undefined;
  readonly params: readonly ParamRow[];
};

function runOf(row: ListedRun, { consumed, final, setting, params }: Recorded): Run {
  const total = consumed.reduce((sum, { amount }) => sum + amount, 0);
  const ordinals = [
    ...row.evidence,
    ...consumed.flatMap(({ evidence }) => evidence),
    ...(final?.evidence ?? []),
  ];
  const unit = unitOf(consumed);
  return {
    runId: row.run_id,
    arm: row.arm,
    mixtureId: row.mixture_id,
    seed: seedOf(setting),
    status: row.status === 'unknown' ? 'running' : row.status,
    shares: Object.fromEntries(consumed.map(({ slice, amount }) => [slice, total > 0 ? amount / total : 0])),
    total,
    reportedTotal: unit === 'token' ? reportedTotal(setting) : undefined,
    unit,
    method: [...new Set(consumed.flatMap(({ methods }) => methods.split(',')))].join(','),
    lastStep: row.last_step ?? undefined,
    reassigned: (setting?.designs ?? 1) > 1,
    facts: factsOf(setting, params, consumed.length > 0 && consumed.every((share) => share.names_shards)),
    scores: final?.scores ?? {},
    evidence: [...new Set(ordinals)].toSorted((left, right) => left - right).map(String),
  };
}

const unitOf = (consumed: readonly ShareRow[]) =>
  [...new Set(consumed.flatMap(({ unit }) => unit.split(',')))].toSorted().join(',') || 'token';

/** The tokens that the end of a run reports, where they are those of the whole run. */
function reportedTotal(setting: SettingRow | undefined): number | undefined {
  if (!setting || setting.attempts > 1 || setting.forked_run_id !== '') return undefined;
  return setting.parent_checkpoint_id === '' ? (setting.ended_tokens ?? undefined) : undefined;
}

/** The model, if all runs train the same one. */
function proxyOf(started: readonly ListedRun[]): Proxy | undefined {
  const [first] = started;
  if (!first || started.some(({ model }) => model !== first.model)) return undefined;
  return { model: first.model, parameters: first.parameters ?? undefined };
}
