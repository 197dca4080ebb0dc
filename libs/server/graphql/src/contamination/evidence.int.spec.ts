import { afterAll, beforeAll, expect, it } from 'vitest';
import { fact } from '../graphql-server.fixture.ts';
import { startContaminationServer } from './contamination-server.fixture.ts';
import type { ContaminationServer } from './contamination-server.fixture.ts';
import { consumed, saved, searched, started } from './leaky-run.fixture.ts';

let asked: ContaminationServer;
beforeAll(async () => {
  asked = await startContaminationServer();
});
afterAll(() => asked.server.remove());

/** More than are listed of one shard. */
const ORDERS = 1_001;

it('counts a fact once that is behind several shards, and behind what counts and superseded checkpoints', async () => {
  const ordered = Array.from({ length: ORDERS }, (_, at) =>
    fact('training.order.recorded', {
      runId: 'long',
      attempt: 1,
      firstStep: at + 1,
      lastStep: at + 1,
      method: 'measured',
      order: {
        ranges: { of: 'document', steps: [['a', 'b'].map((shardId) => ({ shardId, from: at, count: 1 }))] },
      },
    }),
  );
  await asked.recorded(
    started('long', 1),
    consumed('long', 1, 1, { c: 10 }),
    ...ordered,
    saved('long', 1, ORDERS),
    started('long', 2, { resumedFrom: { attempt: 1, step: ORDERS - 1 } }),
    saved('long', 2, ORDERS - 1),
    ...['a', 'b', 'c'].map((shard) => searched(shard, 0)),
  );
  const { checkpoints, evidenceTotal, evidence } = await asked.answerTo({ run: 'long' });
  expect(checkpoints.map(({ counts }) => counts)).toEqual([true, false]);
  const [exposures, searches] = [1, 3];
  expect(evidenceTotal).toBe(exposures + ORDERS + searches + checkpoints.length);
  expect(evidence).toHaveLength(evidenceTotal);
});
