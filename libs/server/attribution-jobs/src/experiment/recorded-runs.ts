import type { Proxy, RecordedRun, Run, Warning } from '@tributary/attribution';
import { finalItems, scores } from '@tributary/evaluation';
import { Fault, groupBy } from '@tributary/kernel';
import type { LogPosition, RowOf, SqlReader } from '@tributary/kernel';
import { ownHistory, runSettings, skipsOfRuns, supersededSaves, trackedParams } from '@tributary/training';
import type { CountedHistory, ListedRun } from '@tributary/training';
import { finalScores } from './final-scores.ts';
import type { FinalScores, ScoredExperiment } from './final-scores.ts';
import type { ScoreRow } from './measurement-protocol.ts';
import { inOneUnit, mixtureOf, readConsumed } from './consumed-mixture.ts';
import type { ConsumedRow } from './consumed-mixture.ts';
import type { DeclaredDataset } from './declared-datasets.ts';
import { factsOf, seedOf, withoutData } from './run-facts.ts';
import { countedScores } from './superseded-scores.ts';
import type { SaveFinder } from './superseded-scores.ts';

type SettingRow = RowOf<typeof runSettings>;

/** What is recorded of runs, by run id. Scores are as recorded; which of them compare is decided within an experiment. */
export type RecordedRuns = {
  readonly started: ReadonlyMap<string, ListedRun>;
  readonly consumed: ReadonlyMap<string, readonly ConsumedRow[]>;
  /** Attempts of a run of which nothing says where they began. */
  readonly unplaced: ReadonlyMap<string, readonly number[]>;
  /** Positions of the facts that skipped steps of a run, whose amounts do not count. */
  readonly skips: ReadonlyMap<string, readonly number[]>;
  /** Runs with several units of which no one counts all that they consumed. */
  readonly mixedUnits: ReadonlySet<string>;
  readonly scored: ReadonlyMap<string, readonly ScoreRow[]>;
  readonly items: ReadonlyMap<string, readonly RowOf<typeof finalItems>[]>;
  /** Which scores and items are of a checkpoint whose steps do not count. */
  readonly supersededBy: SaveFinder;
  readonly settings: ReadonlyMap<string, SettingRow>;
  readonly params: ReadonlyMap<string, readonly RowOf<typeof trackedParams>[]>;
  /** The one dataset of runs without recorded exposure; only looked for where no experiment was assigned. */
  readonly datasets: ReadonlyMap<string, DeclaredDataset>;
};

const MAX_SCORES = 1_000_000;

type ReadOptions = {
  /** Only scores of this capability, and no items; all of both where absent. */
  readonly capability?: string | undefined;
};

/** Reads what is recorded of the runs as of a position. Throws Fault `too_many_rows` where they have more than a million scores. */
export async function readRuns(
  sql: SqlReader,
  started: readonly ListedRun[],
  as_of: LogPosition,
  { capability }: ReadOptions = {},
): Promise<RecordedRuns> {
  const run_ids = started.map(({ run_id }) => run_id);
  /* To queries of scores and parameters an empty list means all. */
  if (run_ids.length === 0) return NOTHING;
  const history = await ownHistory(sql, run_ids, as_of);
  const [consumed, skips, supersededBy, scored, items, settings, params] = await Promise.all([
    readConsumed(sql, history, as_of),
    sql.all(skipsOfRuns, { run_ids, as_of }),
    supersededSaves(sql, history, as_of),
    sql.all(scores, {
      run_ids,
      capability: capability ?? null,
      benchmark: null,
      after: '',
      first: MAX_SCORES + 1,
      as_of,
    }),
    capability === undefined ? sql.all(finalItems, { run_ids, capability: null, as_of }) : [],
    sql.all(runSettings, { run_ids, as_of }),
    sql.all(trackedParams, { owner_kind: 'run', owner_ids: run_ids, keys: [], as_of }),
  ]);
  if (scored.length > MAX_SCORES)
    throw new Fault(
      'too_many_rows',
      `these runs have more than ${MAX_SCORES} scores; ask about fewer runs or checkpoints`,
    );
  return {
    started: new Map(started.map((run) => [run.run_id, run])),
    consumed: groupBy(consumed.rows, ({ run_id }) => run_id),
    unplaced: unplacedIn(history),
    skips: new Map(skips.map(({ run_id, evidence }) => [run_id, evidence])),
    mixedUnits: consumed.mixed,
    scored: groupBy(scored, ({ run_id }) => run_id),
    items: groupBy(items, ({ run_id }) => run_id),
    supersededBy,
    settings: new Map(settings.map((row) => [row.run_id, row])),
    params: groupBy(params, ({ owner_id }) => owner_id),
    datasets: new Map(),
  };
}

const NOTHING: RecordedRuns = {
  started: new Map(),
  consumed: new Map(),
  unplaced: new Map(),
  skips: new Map(),
  mixedUnits: new Set(),
  scored: new Map(),
  items: new Map(),
  supersededBy: () => undefined,
  settings: new Map(),
  params: new Map(),
  datasets: new Map(),
};

const unplacedIn = ({ unplaced }: CountedHistory): RecordedRuns['unplaced'] =>
  new Map(
    [...groupBy(unplaced, ({ run }) => run)].map(([run, of]) => [run, of.map(({ attempt }) => attempt)]),
  );

/** Every run without its scores, to find experiments among them. */
export function unscoredRuns(recorded: RecordedRuns): RecordedRun[] {
  return [...recorded.started.values()].map((row) => {
    const { arm: _, scores: _none, ...run } = runOf(row, recorded, undefined);
    return { ...run, hasStart: true, isScored: recorded.scored.has(row.run_id) };
  });
}

export type ScoredRuns = {
  readonly runs: readonly Run[];
  readonly proxy: Proxy | undefined;
  readonly scored: readonly ScoreRow[];
  /** By capability. */
  readonly warnings: ScoredExperiment['warnings'];
};

/** The runs of one experiment, by their ids, with their comparable scores. */
export function scoredMembers(recorded: RecordedRuns, run_ids: readonly string[]): ScoredRuns {
  const of = <Row>(rows: ReadonlyMap<string, readonly Row[]>) => run_ids.flatMap((id) => rows.get(id) ?? []);
  const started = run_ids.flatMap((id) => recorded.started.get(id) ?? []);
  const scored = of(recorded.scored);
  const counted = countedScores(scored, recorded.supersededBy);
  const items = of(recorded.items).filter((row) => !recorded.supersededBy({ ...row, step: row.last_step }));
  const final = finalScores(counted.rows, items);
  const evidenceOf = (run: string) => [
    ...(final.byRun.get(run)?.evidence ?? []),
    ...(counted.evidence.get(run) ?? []),
  ];
  return {
    runs: started.map((row) =>
      runOf(row, recorded, {
        scores: final.byRun.get(row.run_id)?.scores ?? {},
        evidence: evidenceOf(row.run_id),
      }),
    ),
    proxy: proxyOf(started),
    scored,
    warnings: withWarnings(final.warnings, counted.warnings),
  };
}

/** The warnings of each capability with one more. */
export function withWarnings(
  warnings: ScoredExperiment['warnings'],
  more: ReadonlyMap<string, Warning>,
): ScoredExperiment['warnings'] {
  const all = new Map(Object.entries(warnings));
  for (const [capability, warning] of more) all.set(capability, [...(all.get(capability) ?? []), warning]);
  return Object.fromEntries(all);
}

function runOf(row: ListedRun, recorded: RecordedRuns, final: FinalScores | undefined): Run {
  const consumed = recorded.consumed.get(row.run_id) ?? [];
  const setting = recorded.settings.get(row.run_id);
  const params = recorded.params.get(row.run_id) ?? [];
  const dataset = recorded.datasets.get(row.run_id);
  const mixture = dataset?.mixture ?? mixtureOf(consumed, recorded.mixedUnits.has(row.run_id));
  const skipped = recorded.skips.get(row.run_id) ?? [];
  const facts = factsOf(setting, params, namesShards(inOneUnit(consumed)));
  return {
    runId: row.run_id,
    arm: row.arm,
    mixtureId: row.mixture_id,
    seed: seedOf(setting),
    status: standingOf(row),
    ...mixture,
    reportedTotal: reportedTotal(setting, mixture.unit),
    lastStep: row.last_step ?? undefined,
    unplaced: recorded.unplaced.get(row.run_id),
    reassigned: (setting?.designs ?? 1) > 1,
    facts: dataset ? withoutData(facts) : facts,
    scores: final?.scores ?? {},
    evidence: inOrder([
      row,
      ...consumed,
      final,
      dataset,
      { evidence: [...skipped, ...params.map(({ position }) => position)] },
    ]),
  };
}

/** Whether a run ended, and how. One whose end is not recorded may go on. */
export const standingOf = ({ status }: Pick<ListedRun, 'status'>): Run['status'] =>
  status === 'unknown' || status === 'planned' ? 'running' : status;

/** The positions of facts, each once, in their order. */
const inOrder = (sources: readonly ({ readonly evidence: readonly number[] } | undefined)[]) =>
  [...new Set(sources.flatMap((source) => source?.evidence ?? []))]
    .toSorted((left, right) => left - right)
    .map(String);

const namesShards = (consumed: readonly ConsumedRow[]) =>
  consumed.length > 0 && consumed.every(({ names_shards }) => names_shards);

/** The tokens that the end of a run reports, where they are those of the whole run. */
function reportedTotal(setting: SettingRow | undefined, unit: string): number | undefined {
  if (unit !== 'token' || !setting || setting.attempts > 1 || setting.forked_run_id !== '') return undefined;
  return setting.parent_checkpoint_id === '' ? (setting.ended_tokens ?? undefined) : undefined;
}

/** The model, if all runs train the same one. */
function proxyOf(started: readonly ListedRun[]): Proxy | undefined {
  const [first] = started;
  if (!first || started.some(({ model }) => model !== first.model)) return undefined;
  return { model: first.model, parameters: first.parameters ?? undefined };
}
