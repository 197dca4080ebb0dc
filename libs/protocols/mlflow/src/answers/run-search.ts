import type { IngestEndpoint } from '@tributary/capture';
import { pace, sortedInTurns } from '@tributary/kernel';
import type { LogPosition } from '@tributary/kernel';
import { compareOrderValues, comparing, matches, orderValues, runRanges } from '@tributary/training';
import type { Condition, Order } from '@tributary/training';
import { isInView } from '../requests/labels.ts';
import type { View } from '../requests/labels.ts';
import { runToken } from '../requests/runs-page.ts';
import type { RunsPage } from '../requests/runs-page.ts';
import { settled } from './projects.ts';
import { candidatesIn, runsIn, withUnnamed } from './run-candidates.ts';
import type { Candidate, Keys } from './run-candidates.ts';
import { trackerState } from './runs.ts';
import type { Run } from './runs.ts';

/** Runs that are read at a time. */
const RUNS_IN_A_RANGE = 10_000;

/** Comparisons before other requests have their turn. */
const COMPARED_IN_A_TURN = 1_000;

export type RunSearch = RunsPage & {
  readonly project_ids: readonly string[];
  readonly view: View;
  readonly conditions: readonly Condition[];
  /** They tell any two runs apart. */
  readonly orders: readonly Order[];
  /** What the conditions and the orders name. */
  readonly keys: Keys;
};

export type FoundRuns = {
  readonly runs: readonly Run[];
  readonly next: { readonly next_page_token?: string };
  readonly as_of: LogPosition;
};

/**
 * A page of the runs of projects that meet conditions, in an order, with the token of the next page where there is one.
 * Ranges of runs are read one after the other, and only those are kept that may still be on the page, so that the memory
 * does not grow with the number of runs. The page begins behind the values that the last run of the page before had when it
 * was shown: what is created or changes meanwhile moves no other run. Metrics are the newest, all else is of one position.
 */
export async function searchRuns(
  endpoint: IngestEndpoint,
  search: RunSearch,
  most = RUNS_IN_A_RANGE,
): Promise<FoundRuns> {
  const state = await trackerState(endpoint, await settled(endpoint));
  const compare = comparing(search.orders);
  /* One more than the page tells whether there is another. */
  const needed = search.first + 1;
  let kept: Candidate[] = [];
  const asked = { project_ids: withUnnamed(search.project_ids), most, as_of: state.as_of };
  for (const range of await endpoint.engine.reader.all(runRanges, asked)) {
    const runs = await runsIn(endpoint, range, search.project_ids, state);
    const candidateOf = await candidatesIn(endpoint, range, search.keys, state);
    kept = kept.concat(await candidatesOf(search, runs, candidateOf));
    if (kept.length >= 2 * needed) kept = (await sortedInTurns(kept, compare)).slice(0, needed);
  }
  const found = (await sortedInTurns(kept, compare)).slice(0, needed);
  const page = found.slice(0, search.first);
  const last = found.length > page.length ? page.at(-1) : undefined;
  const next = last ? runToken(orderValues(last, search.orders)) : {};
  return { runs: page.map(({ run }) => run), next, as_of: state.as_of };
}

/** Those of the runs that meet the conditions, and stand behind the page before. */
async function candidatesOf(
  { view, conditions, orders, after }: RunSearch,
  runs: readonly Run[],
  candidateOf: (run: Run) => Candidate,
): Promise<Candidate[]> {
  const isBehind = (candidate: Candidate): boolean =>
    after === undefined || compareOrderValues(orders, after, orderValues(candidate, orders)) < 0;
  const asked: Candidate[] = [];
  const paced = pace(COMPARED_IN_A_TURN);
  for (const run of runs) {
    const candidate = isInView(view, run.retired) ? candidateOf(run) : undefined;
    if (candidate && matches(candidate, conditions) && isBehind(candidate)) asked.push(candidate);
    const turn = paced(1 + conditions.length);
    if (turn) await turn;
  }
  return asked;
}
