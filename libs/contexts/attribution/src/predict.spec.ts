import { describe, expect, it } from 'vitest';
import { aSwarm } from './surfaces/planted-surfaces.fixture.ts';
import { cleanSwarm } from './controls/clean-experiment.fixture.ts';
import { outcomeTraining, predictOutcome, trainingWarnings } from './predict.ts';
import type { OutcomeTraining } from './predict.ts';

const truth = (x: Float64Array) => 0.5 * x[0]! + 0.2 * x[1]! + 0.9 * x[2]!;

function training(mixtures = 30): OutcomeTraining {
  const swarm = aSwarm(truth, { mixtures, noise: 0.01 });
  return {
    capability: 'programming',
    unit: 'accuracy',
    components: swarm.components,
    mixtures: swarm.mixtures,
    shares: swarm.shares.map((row) => [...row]),
    values: [...swarm.values],
  };
}

const targets = [
  { mixture: 'even', shares: { a: 1, b: 1, c: 1, d: 1 } },
  { mixture: 'pure', shares: { a: 1, b: 0, c: 0, d: 0 } },
];

describe('predicting a mixture', () => {
  it('closes the target, covers the truth and names the estimator', () => {
    const predicted = predictOutcome({ training: training(), targets, randomSeed: 1 });
    const [even] = predicted.rows;
    expect(even!.mean).toBeCloseTo(truth(Float64Array.of(0.25, 0.25, 0.25, 0.25)), 2);
    expect(even!.low).toBeLessThan(even!.mean);
    expect(predicted.estimator!.id).toBe('response_surface.gaussian_process');
    expect(predicted.n).toEqual({ runs: 60, mixtures: 30 });
  });

  it('flags mixtures outside the hull of the training mixtures, with the distance', () => {
    const { rows } = predictOutcome({ training: training(), targets, randomSeed: 1 });
    expect(rows.map(({ outsideHull }) => outsideHull)).toEqual([false, true]);
    expect(rows[1]!.hullDistance).toBeGreaterThan(0.01);
  });

  it('is equal after a structured clone, byte for byte', () => {
    const request = { training: training(), targets, randomSeed: 1 };
    const sent = structuredClone(request);
    expect(JSON.stringify(predictOutcome(sent))).toBe(JSON.stringify(predictOutcome(request)));
  });

  it('predicts nothing from too few mixtures', () => {
    const predicted = predictOutcome({ training: training(4), targets, randomSeed: 1 });
    expect(predicted).toMatchObject({ estimator: null, rows: [] });
  });
});

describe('a training run whose end reports another amount', () => {
  it('counts in predictions and is named with both amounts', () => {
    const clean = cleanSwarm(24);
    const [first] = clean.runs;
    const runs = clean.runs.map((run) => (run === first ? { ...run, reportedTotal: 1.01e9 } : run));
    const experiment = { ...clean, runs };
    expect(trainingWarnings(experiment)).toEqual([
      {
        code: 'reported_total_differs',
        text: expect.stringContaining(`${first!.runId} 1,000,000,000 and 1,010,000,000`),
      },
    ]);
    expect(outcomeTraining(experiment, 'programming')).toEqual(outcomeTraining(clean, 'programming'));
  });
});

describe('a training run whose accuracy is in percent, as those of the others are not', () => {
  it('counts in predictions and is named', () => {
    const clean = cleanSwarm(24);
    const [first] = clean.runs;
    const scores = { programming: { ...first!.scores['programming']!, value: 70 } };
    const runs = clean.runs.map((run) => (run === first ? { ...run, scores } : run));
    expect(trainingWarnings({ ...clean, runs }).map(({ code }) => code)).toEqual([
      'accuracies_on_two_scales',
    ]);
    expect(outcomeTraining({ ...clean, runs }, 'programming')?.values).toContain(70);
  });
});

describe('a training run whose mixture nobody knows', () => {
  it('is left out of predictions and named', () => {
    const clean = cleanSwarm(24);
    const [first, second] = clean.runs;
    const runs = clean.runs.map((run) => {
      if (run === first) return { ...run, shares: { code: 0.5, web: 0.6 } };
      return run === second ? { ...run, mixtureId: 'mixture-other' } : run;
    });
    const experiment = { ...clean, runs };
    expect(trainingWarnings(clean)).toEqual([]);
    expect(trainingWarnings(experiment)).toEqual([
      { code: 'shares_do_not_add_up', text: expect.stringContaining(first!.runId) },
      { code: 'contradictory_assignment', text: expect.stringContaining(second!.runId) },
    ]);
    const kept = outcomeTraining({ ...clean, runs: clean.runs.slice(2) }, 'programming');
    expect(outcomeTraining(experiment, 'programming')).toEqual(kept);
  });
});
