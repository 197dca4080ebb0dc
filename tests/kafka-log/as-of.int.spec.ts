import type { Block } from '@tributary/clickhouse';
import { partitionOf } from '@tributary/kafka';
import {
  eventPosition,
  formatEventPosition,
  parseLogPosition,
  partitionStart,
  positionFromText,
} from '@tributary/kernel';
import type { NewEvent } from '@tributary/event-log';
import { correctionProjection, lastPosition, projectPartition, TABLES_CURSOR } from '@tributary/projection';
import type { Sink } from '@tributary/projection';
import { anEvent, openTestStore } from '@tributary/fixtures';
import type { TestStore } from '@tributary/fixtures';
import { curve, listRuns, trainingProjection } from '@tributary/training';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { partitionInMemory } from '../../libs/core/projection/src/partition.fixture.ts';

const PARTITIONS = 4;

/** Runs whose streams are in partitions 0 and 3. */
const [near = '', far = ''] = [0, 3].map((partition) =>
  Array.from({ length: 99 }, (_, number) => `r${number}`).find(
    (run) => partitionOf(Buffer.from(`run/${run}`), PARTITIONS) === partition,
  ),
);

const started = (runId: string, attempt = 1) =>
  anEvent('training.run.started', `${runId}-start-${attempt}`, {
    runId,
    attempt,
    experimentId: 'x',
    model: { name: 'm' },
    arm: 'full',
    config: { width: 1 },
    seeds: { init: 1 },
  });
const stepped = (runId: string, step: number, loss: number) =>
  anEvent('training.steps.recorded', `${runId}-step-${step}`, {
    runId,
    attempt: 1,
    steps: [step],
    columns: { loss: [loss], tokens: [10] },
  });
const ended = (runId: string) =>
  anEvent('training.run.ended', `${runId}-end`, { runId, attempt: 1, status: 'completed', lastStep: 2 });
const correcting = (event: NewEvent, id: string, loss: number): NewEvent => {
  const { runId } = JSON.parse(Buffer.from(event.bytes).toString()).data;
  const next = stepped(runId, 2, loss);
  const fact = { ...JSON.parse(Buffer.from(next.bytes).toString()), id, corrects: event.id };
  return { ...next, id, bytes: Buffer.from(JSON.stringify(fact)) };
};

/** The events of a run: once in partition 0, positions 1 to 5, and once in partition 3, positions 3·2^40 + 1 to 5. */
const eventsOf = (run: string): NewEvent[] => {
  const wrong = stepped(run, 2, 99);
  return [started(run), stepped(run, 1, 4), wrong, correcting(wrong, `${run}-corrects`, 2), ended(run)];
};

const tables = (): Sink<Block> => ({
  openBlock: async (table) => (await store.engine.encoder(table)).builder(),
  insert: (batch) => store.engine.insert(batch),
  empty: (table) => store.engine.command(`TRUNCATE TABLE ${table}`),
});

let store: TestStore;
beforeAll(async () => {
  store = await openTestStore();
  for (const [number, run] of [
    [0, near],
    [3, far],
  ] as const) {
    const partition = partitionInMemory(number);
    partition.append(...eventsOf(run));
    const working = projectPartition({
      log: partition.log,
      start: formatEventPosition(partitionStart(number)),
      lost: partition.assign(),
      lastPosition: () => lastPosition(store.engine.reader, number),
      projections: [trainingProjection, correctionProjection],
      registersEvents: true,
      version: 'v',
      park: ({ fault }) => Promise.reject(new Error(fault.message)),
      sink: tables(),
      linger: (expire) => (expire(), () => undefined),
    });
    await vi.waitUntil(
      () => partition.cursors.get(TABLES_CURSOR)?.position === formatEventPosition(eventPosition(number, 5)),
      {
        timeout: 60_000,
      },
    );
    partition.lose();
    await working;
  }
});
afterAll(() => store.remove());

const positionsIn = (position: string): number[] =>
  parseLogPosition(positionFromText(position), PARTITIONS) ?? [];

const runsAt = async (position: string) => {
  const as_of = positionsIn(position);
  const rows = await listRuns(store.engine.reader, {
    experiment_id: 'x',
    run_id: null,
    prefix: '',
    after: '',
    first: 9,
    as_of,
  });
  return Object.fromEntries(
    rows.map(({ run_id, status, last_step, last_loss }) => [run_id, [status, last_step, last_loss]]),
  );
};

it.each([
  ['0,0,0,0', {}],
  ['1,0,0,0', { [near]: ['running', null, null] }],
  ['0,9,9,1', { [far]: ['running', null, null] }],
  ['3,0,0,2', { [near]: ['running', 2, 99], [far]: ['running', 1, 4] }],
  ['2,0,0,3', { [near]: ['running', 1, 4], [far]: ['running', 2, 99] }],
  ['4,0,0,3', { [near]: ['running', 2, 2], [far]: ['running', 2, 99] }],
  ['3,0,0,4', { [near]: ['running', 2, 99], [far]: ['running', 2, 2] }],
  ['5,7,0,4', { [near]: ['completed', 2, 2], [far]: ['running', 2, 2] }],
  ['5,0,0,5', { [near]: ['completed', 2, 2], [far]: ['completed', 2, 2] }],
])('shows each run up to the position of its own partition, at %s', async (position, expected) => {
  expect(await runsAt(position)).toEqual(expected);
});

it.each([
  ['0,0,0,5', 0],
  ['5,0,0,0', 1],
])(
  'draws the curve of a run from its own partition, with its positions as evidence, at %s',
  async (position, at) => {
    const as_of = positionsIn(position);
    const points = (run: string) =>
      store.engine.reader.all(curve, {
        run_ids: [run],
        attempts: [1],
        ends: [1000],
        metric: 'loss',
        from_step: 0,
        to_step: Number.MAX_SAFE_INTEGER,
        bucket_steps: 64,
        as_of,
      });
    const full = [{ step: 0, value_count: 2, mean: 3, lowest: 2, highest: 4 }];
    expect([await points(far), await points(near)]).toEqual(at === 0 ? [full, []] : [[], full]);
    const [row] = await listRuns(store.engine.reader, {
      experiment_id: 'x',
      run_id: null,
      prefix: '',
      after: '',
      first: 9,
      as_of,
    });
    expect(row?.evidence.map(formatEventPosition)).toEqual(at === 0 ? ['3:1', '3:5'] : ['1', '5']);
  },
);
