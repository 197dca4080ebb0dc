import { recordFigures } from '@tributary/fixtures';
import { describe, expect, it } from 'vitest';
import { disagree } from './agreement.fixture.ts';
import { HELD_OUT, TRUTHS } from './coverage.fixture.ts';

const REPETITIONS = 100;
const FIRST_SEED = 7_000;

describe('an ablation and a surface that answer one contrast', () => {
  it.each([...TRUTHS, HELD_OUT])('agree in at least nine of ten experiments: $name', (truth) => {
    const found = Array.from({ length: REPETITIONS }, (_, repetition) =>
      disagree({ truth, mixtures: 30, seed: FIRST_SEED + repetition }),
    );
    const answered = found.filter((one) => one !== undefined);
    const share = answered.filter(Boolean).length / answered.length;
    recordFigures(`ablation and surface, ${truth.name}`, {
      'experiments in which both answer': answered.length,
      'said to disagree, %': (100 * share).toFixed(1),
    });
    expect(answered.length).toBeGreaterThan(REPETITIONS / 2);
    expect(share).toBeLessThanOrEqual(0.1);
  });
});
