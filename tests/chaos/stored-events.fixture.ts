import { expect } from 'vitest';
import type { Stage } from './test-cluster.fixture.ts';
import { projected } from './group-progress.fixture.ts';
import type { ProducerOutcome } from './producers.fixture.ts';
import { ask, numbers } from './tables.fixture.ts';

export type StoredEvents = { readonly ids: number; readonly unknownStored: number };

/**
 * The tables hold every acknowledged event once, events without an answer at most once, and no others. The facts of a
 * run are in the order in which they were sent.
 */
export async function expectStored(
  stage: Stage,
  { acknowledged, unknown }: ProducerOutcome,
): Promise<StoredEvents> {
  await projected(stage.topic, stage.group, 600);
  const rows = await ask(stage.clickhouse, 'SELECT id FROM tributary.log_event');
  const ids = new Set(rows.map(([id]) => String(id)));
  expect(rows.length).toBe(ids.size);
  expect([...acknowledged].filter((id) => !ids.has(id))).toEqual([]);
  const others = [...ids].filter((id) => !acknowledged.has(id));
  expect(others.filter((id) => !unknown.has(id))).toEqual([]);
  const steps = 'SELECT count(), uniqExact(run_id, step) FROM tributary.training_step';
  expect(await numbers(stage.clickhouse, steps)).toEqual([ids.size, ids.size]);
  expect(await ask(stage.clickhouse, OUT_OF_ORDER)).toEqual([]);
  return { ids: ids.size, unknownStored: others.length };
}

const OUT_OF_ORDER = `
  SELECT run_id
  FROM (SELECT run_id, groupArray(step) AS steps FROM (SELECT run_id, step FROM tributary.training_step ORDER BY run_id, _position) GROUP BY run_id)
  WHERE steps != arraySort(steps)`;
