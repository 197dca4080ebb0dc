import { expect, it } from 'vitest';
import { ofNewestAttempts } from './checkpoints.ts';
import type { Checkpoint } from './checkpoints.ts';

const saved = (attempt: number, counts: boolean): Checkpoint => ({
  id: `a${attempt}`,
  step: 10,
  saved: { checkpoint_id: `a${attempt}`, attempt, step: 10, tokens: null, parents: [], evidence: attempt },
  counts,
  scores: [],
});

it('keeps what counts, and the superseded checkpoints of the newest 8 attempts that have any', () => {
  const scored: Checkpoint = { id: null, step: 5, saved: undefined, counts: true, scores: [] };
  const superseded = Array.from({ length: 10 }, (_, at) => saved(2 * at + 1, false));
  const { kept, omitted } = ofNewestAttempts([scored, saved(0, true), ...superseded]);
  expect(kept).toEqual([scored, saved(0, true), ...superseded.slice(2)]);
  expect(omitted).toBe(2);
});
