import { madeEvent } from '@tributary/capture';
import { randomFrom } from '@tributary/fixtures';
import type { ServedProtocol } from '@tributary/test-endpoint';
import { filterOf, ordersOf } from '@tributary/training';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refusal, serveTracker, trackerClient } from '../mlflow.fixture.ts';
import { runToken } from '../requests/page.ts';
import { searchRuns } from './run-search.ts';
import type { RunSearch } from './run-search.ts';

let served: ServedProtocol;
let project = '';
const { ask, call, createExperiment, createRun } = trackerClient(() => served.url);

const RUNS = 30;
const DRAWS = 12;
const random = randomFrom(20_261_203);
const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)] as Item;

/** Runs of two experiments, whose ids lie between each other, with many equal values and many missing ones. */
beforeAll(async () => {
  served = await serveTracker();
  project = await createExperiment('searched');
  const other = await createExperiment('another');
  for (let made = 0; made < RUNS; made += 1) {
    const start_time = pick([1_764_000_000_000, 1_764_000_000_001, 1_764_000_000_002]);
    const run_id = await createRun(pick([project, project, other]), {
      run_name: pick(['a', 'b', 'c']),
      start_time,
    });
    const metrics = pick([[], [1], [2], ['NaN']]).map((value) => ({ key: 'loss', value, timestamp: 1 }));
    const params = pick([[], ['1'], ['2']]).map((value) => ({ key: 'lr', value }));
    const tags = pick([[], ['x'], ['y']]).map((value) => ({ key: 'stage', value }));
    await ask('runs/log-batch', { run_id, metrics, params, tags });
    if (pick([true, false, false])) await ask('runs/delete', { run_id });
  }
});
afterAll(() => served.close());

const FILTERS = [
  '',
  "tags.stage = 'x'",
  "params.lr != '1'",
  'metrics.loss < 2',
  "run_name ILIKE 'A'",
  'end_time IS NULL',
];
const ORDERS = [
  'metrics.loss DESC',
  'metrics.loss',
  'params.lr',
  'tags.stage DESC',
  'run_name',
  'start_time',
];

const drawn = (): RunSearch => ({
  project_ids: [project],
  view: pick(['active', 'deleted', 'all']),
  conditions: filterOf(pick(FILTERS), 100),
  orders: ordersOf(pick([[], [pick(ORDERS)], [pick(ORDERS), pick(ORDERS)]]), ['start_time DESC', 'run_id']),
  first: 1_000,
});

type Listed = { readonly info: { readonly run_id: string } };
const idsOf = (runs: readonly Listed[]) => runs.map(({ info }) => info.run_id);

const tokenOf = (run_id: string) => runToken(run_id).next_page_token;

/** The ids on all pages, one page after the other. */
async function paged(search: RunSearch, first: number, inARange: number): Promise<string[]> {
  const ids: string[] = [];
  for (let isMore = true; isMore;) {
    const after = ids.at(-1);
    const page = await searchRuns(
      served.endpoint,
      { ...search, first, ...(after !== undefined && { after }) },
      inARange,
    );
    ids.push(...page.runs.map(({ run_id }) => run_id));
    isMore = page.next.next_page_token !== undefined;
    expect(page.next.next_page_token).toBe(isMore ? tokenOf(ids.at(-1) ?? '') : undefined);
  }
  return ids;
}

describe('a search for runs', () => {
  it('finds the same runs in the same order whatever the length of a page and however many are read at a time', async () => {
    const found: number[] = [];
    for (let draw = 0; draw < DRAWS; draw += 1) {
      const search = drawn();
      const whole = (await searchRuns(served.endpoint, search)).runs.map(({ run_id }) => run_id);
      const [first, inARange] = [3 + Math.floor(random() * 7), 4 + Math.floor(random() * 12)];
      expect(await paged(search, first, inARange)).toEqual(whole);
      found.push(whole.length);
    }
    expect(Math.max(...found)).toBeGreaterThan(10);
    expect(found.filter((length) => length > 1).length).toBeGreaterThan(DRAWS / 3);
  });

  it('shows each run once where others are created between two pages', async () => {
    const id = await createExperiment('growing');
    const old = new Set<string>();
    for (let made = 0; made < 4; made += 1) old.add(await createRun(id, { start_time: 1_000 + made }));
    const first = await ask('runs/search', { experiment_ids: [id], max_results: 2 });
    await createRun(id, { start_time: 2_000 });
    const second = await ask('runs/search', {
      experiment_ids: [id],
      max_results: 2,
      page_token: first.next_page_token,
    });
    const shown = [...idsOf(first.runs), ...idsOf(second.runs)];
    expect(shown).toHaveLength(4);
    expect(new Set(shown)).toEqual(old);
    expect(second).not.toHaveProperty('next_page_token');
  });

  it('lists runs of which nothing says when they began', async () => {
    const type = 'training.run.ended';
    const ended = ['unstarted-1', 'unstarted-2'].map((runId) => {
      const data = { runId, attempt: 1, status: 'completed' as const, lastStep: 1 };
      return madeEvent('urn:test', [type, runId], { type, data });
    });
    await served.log.append(ended, { atomic: true });
    const { runs } = await ask('runs/search', { experiment_ids: ['0'], filter: "run_id LIKE 'unstarted%'" });
    expect(idsOf(runs)).toEqual(['unstarted-1', 'unstarted-2']);
  });

  it.each([
    ['a page behind a run that is unknown', { page_token: tokenOf('nobody') }, /page_token must be/],
    [
      'a page behind a number of runs',
      { page_token: Buffer.from('after:7').toString('base64') },
      /page_token must be/,
    ],
    [
      'an attribute that no run has',
      { filter: "colour = 'red'" },
      /unknown attribute colour; known are run_id, /,
    ],
    [
      'an order by such an attribute',
      { order_by: ['colour'] },
      /unknown attribute colour; known are run_id, /,
    ],
  ])('refuses %s', async (_what, more, message) => {
    expect(await call('runs/search', { experiment_ids: [project], ...more })).toMatchObject(
      refusal(400, 'INVALID_PARAMETER_VALUE', message),
    );
  });
});
