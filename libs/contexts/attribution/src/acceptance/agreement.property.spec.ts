import { describe, expect, it } from 'vitest';
import { disagree } from './agreement.fixture.ts';
import { TRUTHS } from './coverage.fixture.ts';

/** Few of what the release part `coverage` repeats a hundred times. */
const REPETITIONS = 2;

describe('an ablation and a surface that answer one contrast', () => {
  it('agree in at least nine of ten experiments in which both are right', () => {
    const found = TRUTHS.flatMap((truth) =>
      Array.from({ length: REPETITIONS }, (_, seed) => disagree({ truth, mixtures: 30, seed })),
    );
    expect(found).not.toContain(undefined);
    expect(found.filter(Boolean).length / found.length).toBeLessThanOrEqual(0.1);
  });

  it('are said to disagree where the arms of one are off by far', () => {
    const truth = TRUTHS[0]!;
    const found = Array.from({ length: REPETITIONS }, (_, seed) =>
      disagree({ truth, mixtures: 30, seed, shift: 8 }),
    );
    expect(found).toEqual(found.map(() => true));
  });
});
