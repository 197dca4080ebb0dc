import type { IngestEndpoint } from '@tributary/capture';
import { pace, sortedInTurns } from '@tributary/kernel';
import type { LogPosition } from '@tributary/kernel';
import { comparing, matches, runRanges } from '@tributary/training';
import type { Condition, Order } from '@tributary/training';
import { invalid } from '../errors.ts';
import { isInView } from '../requests/labels.ts';
import type { View } from '../requests/labels.ts';
import { INVALID_TOKEN, runToken } from '../requests/page.ts';
import { settled } from './projects.ts';
import { candidatesIn, keysOf, runsIn, withUnnamed } from './run-candidates.ts';
import type { Candidate, IdRange, Keys } from './run-candidates.ts';
import { trackerState } from './runs.ts';
import type { Run, TrackerState } from './runs.ts';

/** Runs that are read at a time. */
const RUNS_IN_A_RANGE = 10_000;

/** Runs that are looked at before other requests have their turn. */
const RUNS_IN_A_TURN = 1_000;

export type RunSearch = {
  readonly project_ids: readonly string[];
  readonly view: View;
  readonly conditions: readonly Condition[];
  /** They tell any two runs apart. */
  readonly orders: readonly Order[];
  readonly first: number;
  /** The last run of the page before. */
  readonly after?: string;
};

export type FoundRuns = {
  readonly runs: readonly Run[];
  readonly next: { readonly next_page_token?: string };
  readonly as_of: LogPosition;
};

/**
 * A page of the runs of projects that meet conditions, in an order, with the token of the next page where there is one.
 * Ranges of runs are read one after the other, and only those are kept that may still be on the page, so that the memory
 * does not grow with the number of runs. The page begins behind a run and not after a number of them: one that is created
 * meanwhile does not move the others. Throws MlflowFault where that run is unknown.
 */
export async function searchRuns(
  endpoint: IngestEndpoint,
  search: RunSearch,
  most = RUNS_IN_A_RANGE,
): Promise<FoundRuns> {
  const state = await trackerState(endpoint, await settled(endpoint));
  const keys = keysOf(search.conditions, search.orders);
  const compare = comparing(search.orders);
  const before = await lastOfPageBefore(endpoint, search, keys, state);
  const isAsked = (candidate: Candidate): boolean =>
    matches(candidate, search.conditions) && (before === undefined || compare(before, candidate) < 0);
  /* One more than the page tells whether there is another. */
  const needed = search.first + 1;
  let kept: Candidate[] = [];
  const asked = { project_ids: withUnnamed(search.project_ids), most, as_of: state.as_of };
  for (const range of await endpoint.engine.reader.all(runRanges, asked)) {
    const runs = await runsIn(endpoint, range, search.project_ids, state);
    const viewed = runs.filter(({ retired }) => isInView(search.view, retired));
    const candidateOf = await candidatesIn(endpoint, range, keys, state);
    kept = kept.concat(await candidatesWhere(isAsked, viewed, candidateOf));
    if (kept.length >= 2 * needed) kept = (await sortedInTurns(kept, compare)).slice(0, needed);
  }
  const found = (await sortedInTurns(kept, compare)).slice(0, needed).map(({ run }) => run);
  const runs = found.slice(0, search.first);
  const last = found.length > runs.length ? runs.at(-1) : undefined;
  return { runs, next: last ? runToken(last.run_id) : {}, as_of: state.as_of };
}

async function lastOfPageBefore(
  endpoint: IngestEndpoint,
  { after }: RunSearch,
  keys: Keys,
  state: TrackerState,
): Promise<Candidate | undefined> {
  if (after === undefined) return undefined;
  const range: IdRange = { from_id: after, to_id: after };
  const [run] = await runsIn(endpoint, range, [], state);
  if (!run) throw invalid(INVALID_TOKEN);
  return (await candidatesIn(endpoint, range, keys, state))(run);
}

async function candidatesWhere(
  isAsked: (candidate: Candidate) => boolean,
  runs: readonly Run[],
  candidateOf: (run: Run) => Candidate,
): Promise<Candidate[]> {
  const asked: Candidate[] = [];
  const paced = pace(RUNS_IN_A_TURN);
  for (const run of runs) {
    const candidate = candidateOf(run);
    if (isAsked(candidate)) asked.push(candidate);
    const turn = paced();
    if (turn) await turn;
  }
  return asked;
}
