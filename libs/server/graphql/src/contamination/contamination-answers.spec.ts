import { expect, it } from 'vitest';
import { SeenBefore } from '../generated/schema.ts';
import { heldAt } from './contamination-answers.ts';
import type { Checkpoint } from './checkpoints.ts';

const checkpoint = (step: number): Checkpoint => ({
  id: null,
  step,
  saved: undefined,
  counts: true,
  scores: [],
});

it('looks once at each shard, however many checkpoints there are', () => {
  const shards = Array.from({ length: 500 }, (_, at) => `shard-${at}`);
  const checkpoints = Array.from({ length: 1_000 }, (_, at) => checkpoint(at));
  const asked: string[] = [];
  const held = heldAt(shards, checkpoints, (shard) => {
    asked.push(shard);
    return checkpoints.map(({ step }) => (step < 10 ? SeenBefore.NotYet : SeenBefore.Wholly));
  });
  expect(asked).toEqual(shards);
  expect([held[9], held[10], held.length]).toEqual([
    { not_yet: 500, partly: 0, wholly: 0 },
    { not_yet: 0, partly: 0, wholly: 500 },
    1_000,
  ]);
});
