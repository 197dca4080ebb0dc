import { appendAll, groupBy } from '@tributary/kernel';
import type { LogPosition, SqlReader } from '@tributary/kernel';
import { firstEdges } from '@tributary/lineage';
import type { Held, MadeApart, OtherPaths } from '@tributary/lineage';
import { knownAttempts, ownHistory, savedByRuns, stepCounter, wholeHistory } from '@tributary/training';
import type { RunMoment } from '@tributary/training';
import { consumptionIn } from './counted-consumption.ts';
import type { Unplaced } from './exposure/history-doubts.ts';

/** Paths that are read for one answer, one after the other: superseded attempts with checkpoints, and forks. */
const MAX_PATHS = 100;

/** Forks of runs with several attempts that are found at once. */
const MAX_FORKS = 10_000;

/** What a run made, and the path through steps that it holds: up to the step of a checkpoint, or all that a fork has. */
type Made = MadeApart & { readonly path: RunMoment };

/** `OtherPaths`, with the reason why it lacks some, and the attempts that may change what the others hold. */
type CountedOtherPaths = OtherPaths & {
  readonly truncation: () => string | undefined;
  readonly unplaced: () => Unplaced;
};

/**
 * What runs made beside the steps that count for them, and what that holds: a checkpoint what its own attempt had consumed by
 * its step, a fork what it inherits.
 */
export function otherPaths(reader: SqlReader, as_of: LogPosition): CountedOtherPaths {
  const known = new Map<string, readonly Made[]>();
  const read = new Set<string>();
  const unplaced: Unplaced[number][] = [];
  let truncation: string | undefined;
  const madeBy = async (runs: readonly string[]): Promise<Made[]> => {
    const missing = runs.filter((run) => !known.has(run));
    const { made, isCut } = await madeApart(reader, missing, as_of);
    if (isCut) truncation = `only ${MAX_FORKS} forks of runs with several attempts were looked at`;
    const byRun = groupBy(made, ({ run }) => run);
    for (const run of missing) known.set(run, byRun.get(run) ?? []);
    return runs.flatMap((run) => known.get(run) ?? []);
  };
  const heldBy = async (runs: readonly string[], sources: readonly string[]): Promise<Held[]> => {
    const paths = groupBy(await madeBy(runs), ({ run, path }) =>
      JSON.stringify([run, path.run, path.attempt]),
    );
    const held: Held[] = [];
    for (const [key, made] of paths) {
      if (!read.has(key) && read.size >= MAX_PATHS) {
        truncation = `only ${MAX_PATHS} superseded attempts and forks of runs with several attempts were read`;
        break;
      }
      read.add(key);
      const found = await heldOn(reader, made, { sources, as_of });
      appendAll(held, found.held);
      appendAll(unplaced, found.unplaced);
    }
    return held;
  };
  return { madeBy, heldBy, truncation: () => truncation, unplaced: () => unplaced };
}

const idOf = (run: string): string => run.slice('run:'.length);

/** Checkpoints that hold steps which do not count, and all forks, of those of the runs that have several attempts. */
async function madeApart(
  reader: SqlReader,
  runs: readonly string[],
  as_of: LogPosition,
): Promise<{ readonly made: readonly Made[]; readonly isCut: boolean }> {
  const attempts = groupBy(await knownAttempts(reader, runs.map(idOf), as_of), ({ run_id }) => run_id);
  const run_ids = [...attempts].flatMap(([run, own]) => (own.length > 1 ? [run] : []));
  if (run_ids.length === 0) return { made: [], isCut: false };
  const isCounted = stepCounter(await ownHistory(reader, run_ids, as_of));
  const saved = await reader.all(savedByRuns, { run_ids, checkpoint_ids: [], as_of });
  const nodes = run_ids.map((run) => `run:${run}`);
  const limits = { fan: MAX_FORKS, first: MAX_FORKS };
  const edges = await reader.all(firstEdges.down, { nodes, kinds: ['run'], ...limits, as_of });
  const checkpoints = saved.flatMap(({ run_id: run, checkpoint_id: id, attempt, step }): Made[] => {
    if (isCounted({ run, attempt, step })) return [];
    return [{ run: `run:${run}`, node: `checkpoint:${id}`, path: { run, attempt, step } }];
  });
  const forks = edges
    .filter(({ kind }) => kind === 'forked_from')
    .map(({ near: run, far: node }): Made => ({ run, node, path: { run: idOf(node) } }));
  return { made: [...checkpoints, ...forks], isCut: edges.length >= MAX_FORKS };
}

/** Which of the things on one path hold which sources: a recorded range counts from its first step on. */
async function heldOn(
  reader: SqlReader,
  made: readonly Made[],
  { sources, as_of }: { readonly sources: readonly string[]; readonly as_of: LogPosition },
): Promise<{ readonly held: readonly Held[]; readonly unplaced: Unplaced }> {
  const [first] = made;
  if (!first) return { held: [], unplaced: [] };
  const last = made.reduce((most, { path: { step = Infinity } }) => Math.max(most, step), 0);
  const moment = last === Infinity ? first.path : { ...first.path, step: last };
  const history = await wholeHistory(reader, moment, as_of);
  const consumed = await consumptionIn(reader, history, { sources, as_of });
  const held = made.flatMap(({ run, node, path: { step = Infinity } }) =>
    consumed
      .filter((one) => one.firstStep <= step && one.run !== node)
      .map(({ source }) => ({ run, source, holder: node })),
  );
  return { held, unplaced: history.unplaced };
}
