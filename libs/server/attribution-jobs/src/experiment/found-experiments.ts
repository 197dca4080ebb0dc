import { asExperiment, findExperiments } from '@tributary/attribution';
import type { Discovery, Experiment, FoundExperiment, LeftOut, RecordedRun } from '@tributary/attribution';
import { scoredRuns } from '@tributary/evaluation';
import type { LogPosition, SqlReader } from '@tributary/kernel';
import { MOST_RUNS, runsOutside, runsWithStart } from '@tributary/training';
import type { ListedRun } from '@tributary/training';
import { declaredDatasets } from './declared-datasets.ts';
import { scoreWarnings } from './load-experiment.ts';
import { readRuns, scoredMembers, standingOf, unscoredRuns } from './recorded-runs.ts';
import type { RecordedRuns } from './recorded-runs.ts';

/** Experiments found among the runs that none was assigned to, as of a position. */
export type FoundExperiments = {
  readonly found: readonly FoundExperiment[];
  /** Sets of runs that differ in more than their mixtures. */
  readonly observed: readonly FoundExperiment[];
  /** Runs that belong to no experiment, by reason. */
  readonly leftOut: readonly LeftOut[];
  readonly recorded: RecordedRuns;
};

/**
 * Looks for experiments among the runs outside of the assigned ones. Only runs of a model that some completed and scored
 * run has are read: no other one can agree with a run that counts. Of more than `first` started runs those with the first ids
 * are compared, and every found experiment says how many others are not.
 */
export async function lookForExperiments(
  sql: SqlReader,
  assigned: readonly string[],
  as_of: LogPosition,
  first = MOST_RUNS,
): Promise<FoundExperiments> {
  const { runs: outside, beyond } = await runsOutside(sql, new Set(assigned), { first, as_of });
  const scored = new Set((await sql.all(scoredRuns, { as_of })).map(({ run_id }) => run_id));
  const counts = ({ run_id, status }: ListedRun) => status === 'completed' && scored.has(run_id);
  const models = new Set(outside.filter(counts).map(modelOf));
  const read = await readRuns(
    sql,
    outside.filter((run) => models.has(modelOf(run))),
    as_of,
  );
  const recorded = { ...read, datasets: await declaredDatasets(sql, read, as_of) };
  const unread = outside.filter((run) => !models.has(modelOf(run)));
  const runs = [
    ...unscoredRuns(recorded),
    ...unread.map((run) => unreadRun(run, scored)),
    ...(await runsWithoutStart(sql, [...scored], as_of)),
  ];
  return { ...withNotRead(findExperiments(runs), beyond, first), recorded };
}

/** Says of each found experiment, and of the search, that runs were not compared. */
function withNotRead(discovery: Discovery, beyond: number, first: number): Discovery {
  if (beyond === 0) return discovery;
  const runs = beyond === 1 ? '1 run' : `${beyond} runs`;
  const text = `${runs} not compared, so that nobody knows whether they agree: experiments are found among the first ${first} started runs, in the order of their ids.`;
  const notRead: LeftOut = { reason: 'not_read', runs: beyond, text };
  const withReason = ({ why, ...one }: FoundExperiment) => ({
    ...one,
    why: { ...why, leftOut: [...why.leftOut, notRead] },
  });
  return {
    found: discovery.found.map(withReason),
    observed: discovery.observed.map(withReason),
    leftOut: [notRead, ...discovery.leftOut],
  };
}

const modelOf = ({ model, parameters }: ListedRun) => JSON.stringify([model, parameters]);

const NOTHING_KNOWN: Omit<RecordedRun, 'runId'> = {
  mixtureId: '',
  status: 'running',
  shares: {},
  total: 0,
  unit: 'token',
  method: '',
  hasStart: false,
  isScored: true,
  evidence: [],
};

/** A run that is only counted: it did not complete, or it has no score. */
const unreadRun = (run: ListedRun, scored: ReadonlySet<string>): RecordedRun => ({
  ...NOTHING_KNOWN,
  runId: run.run_id,
  status: standingOf(run),
  hasStart: true,
  isScored: scored.has(run.run_id),
});

/** Runs that one query is asked about: scores of more runs may be recorded than one answer may list. */
const ASKED_AT_ONCE = 50_000;

/** Runs of which scores are recorded and no start: nothing is known of them, and they are counted. */
async function runsWithoutStart(
  sql: SqlReader,
  scored: string[],
  as_of: LogPosition,
): Promise<RecordedRun[]> {
  const started = new Set<string>();
  for (let from = 0; from < scored.length; from += ASKED_AT_ONCE) {
    const run_ids = scored.slice(from, from + ASKED_AT_ONCE);
    for (const { run_id } of await sql.all(runsWithStart, { run_ids, as_of })) started.add(run_id);
  }
  return scored.filter((id) => !started.has(id)).map((runId) => ({ ...NOTHING_KNOWN, runId }));
}

/** A found experiment for estimators: shares as realised, scores as comparable within it. */
export async function loadFound(
  sql: SqlReader,
  found: FoundExperiment,
  recorded: RecordedRuns,
  as_of: LogPosition,
): Promise<Experiment> {
  const scored = scoredMembers(recorded, [...found.armOf.keys()]);
  const warnings = await scoreWarnings(sql, scored, as_of);
  return asExperiment(found, scored.runs, { proxy: scored.proxy, scoreWarnings: warnings });
}

/** A found experiment without the warnings about its scores, which take a query for each experiment. */
export const listedExperiment = (found: FoundExperiment, recorded: RecordedRuns): Experiment =>
  asExperiment(found, scoredMembers(recorded, [...found.armOf.keys()]).runs);
