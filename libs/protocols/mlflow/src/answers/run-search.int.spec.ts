import { madeEvent } from '@tributary/capture';
import { randomFrom } from '@tributary/fixtures';
import type { ServedProtocol } from '@tributary/test-endpoint';
import { filterOf, ordersOf } from '@tributary/training';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refusal, serveTracker, trackerClient } from '../mlflow.fixture.ts';
import { runsPageOf } from '../requests/runs-page.ts';
import { keysOf } from './run-candidates.ts';
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

function drawn(): RunSearch {
  const conditions = filterOf(pick(FILTERS), 100);
  const orders = ordersOf(pick([[], [pick(ORDERS)], [pick(ORDERS), pick(ORDERS)]]), [
    'start_time DESC',
    'run_id',
  ]);
  const view = pick(['active', 'deleted', 'all'] as const);
  return { project_ids: [project], view, conditions, orders, keys: keysOf(conditions, orders), first: 1_000 };
}

type Listed = { readonly info: { readonly run_id: string } };
const idsOf = (runs: readonly Listed[]) => runs.map(({ info }) => info.run_id);

/** The ids on all pages, one page after the other, by the tokens that a client sends back. */
async function paged(search: RunSearch, first: number, inARange: number): Promise<string[]> {
  let ids: string[] = [];
  for (let page_token: string | undefined = ''; page_token !== undefined;) {
    const asked = runsPageOf({ page_token, max_results: first }, search.orders.length, first, first);
    const page = await searchRuns(served.endpoint, { ...search, ...asked }, inARange);
    ids = ids.concat(page.runs.map(({ run_id }) => run_id));
    page_token = page.next.next_page_token;
  }
  return ids;
}

const token = (content: string) => ({ page_token: Buffer.from(content).toString('base64') });

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
    expect(found.some((length) => length > 10)).toBe(true);
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

  it.each([
    [
      'a metric',
      'metrics.loss',
      'log-batch',
      { metrics: [{ key: 'loss', value: 9, timestamp: 2, step: 2 }] },
    ],
    ['a tag', 'tags.stage', 'log-batch', { tags: [{ key: 'stage', value: '9' }] }],
    ['the end', 'end_time', 'update', { status: 'RUNNING' }],
  ])(
    'shows every other run once where the last of a page changes before the next, by %s',
    async (_what, order, path, change) => {
      const id = await createExperiment(`changing ${order}`);
      for (let made = 1; made <= 6; made += 1) {
        const run_id = await createRun(id);
        const metrics = [{ key: 'loss', value: made, timestamp: 1, step: 1 }];
        await ask('runs/log-batch', { run_id, metrics, tags: [{ key: 'stage', value: `${made}` }] });
        await ask('runs/update', { run_id, status: 'FINISHED', end_time: 1_764_000_000_000 + made });
      }
      const search = { experiment_ids: [id], order_by: [order], max_results: 3 };
      const all = idsOf((await ask('runs/search', { ...search, max_results: 6 })).runs);
      const first = await ask('runs/search', search);
      const run_id = idsOf(first.runs)[2];
      await ask(`runs/${path}`, { run_id, ...change });
      const second = await ask('runs/search', { ...search, page_token: first.next_page_token });
      const shown = [...idsOf(first.runs), ...idsOf(second.runs)];
      expect(all).toHaveLength(6);
      expect(shown.filter((one) => one !== run_id)).toEqual(all.filter((one) => one !== run_id));
    },
  );

  it('keeps what belongs to a run together where there are more runs than a row of columns holds', async () => {
    const projectId = await createExperiment('many');
    const numbers = Array.from({ length: 1_200 }, (_none, at) => at);
    const facts = numbers.map((at) => {
      const runId = `many-${(at * 7919) % 1_200}`;
      const data = { runId, projectId, attempt: 1, model: { name: 'm' }, config: {}, seeds: {}, name: runId };
      const tags = { owner: runId };
      return [
        madeEvent('urn:test', ['start', runId], { type: 'training.run.started', data }),
        madeEvent('urn:test', ['tag', runId], { type: 'training.run.annotated', data: { runId, tags } }),
      ];
    });
    await served.log.append(facts.flat(), { atomic: true });
    const order_by = ['tags.owner DESC'];
    const { runs } = await ask('runs/search', { experiment_ids: [projectId], order_by, max_results: 1_200 });
    const byName = numbers.map((at) => `many-${at}`).toSorted();
    expect(idsOf(runs)).toEqual(byName.toReversed());
    const one = { experiment_ids: [projectId], filter: "tags.owner = 'many-777' AND run_name = 'many-777'" };
    expect(idsOf((await ask('runs/search', one)).runs)).toEqual(['many-777']);
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
    ['a page behind a number of runs', token('after:7'), /page_token must be/],
    ['a page of a search with other orders', token('["x"]'), /page_token must be .*, with the same order_by/],
    ['a page behind what is no value', token('[{"number":1},{}]'), /page_token must be/],
    ['a page behind a value that is nested deep', token('['.repeat(300_000)), /page_token must be/],
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
