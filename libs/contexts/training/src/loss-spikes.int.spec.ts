import { aFact, openTestStore, project } from '@tributary/fixtures';
import type { TestStore } from '@tributary/fixtures';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { wholeHistory } from './counted-history.ts';
import { bySize, spikesOf } from './loss-spikes.ts';
import { trainingProjection } from './projection.ts';
import { lossSpikes } from './spike-queries.ts';

const SEED = 20_261_204;
/** As in `loss-spikes.sql`. */
const WINDOW = 128;
const [AT_LEAST, THRESHOLD] = [8, 4];

type Point = { readonly step: number; readonly loss: number | null };

const aSeries = fc
  .array(
    fc.record({
      gap: fc.integer({ min: 1, max: 3 }),
      loss: fc.oneof(
        { weight: 30, arbitrary: fc.double({ min: 1.9, max: 2.1, noNaN: true }) },
        { weight: 2, arbitrary: fc.double({ min: 2, max: 9, noNaN: true }) },
        { weight: 1, arbitrary: fc.constant(null) },
      ),
    }),
    { minLength: 1, maxLength: 200 },
  )
  .map((gaps): Point[] => {
    let step = 0;
    return gaps.map(({ gap, loss }) => ({ step: (step += gap), loss }));
  });

const SERIES = fc.sample(aSeries, { seed: SEED, numRuns: 60 });

const recorded = (runId: string, attempt: number, points: readonly Point[]) =>
  aFact('training.steps.recorded', {
    runId,
    attempt,
    steps: points.map(({ step }) => step),
    columns: { loss: points.map(({ loss }) => loss) },
    nonfinite: {
      loss: points.flatMap(({ loss }, index) => (loss === null ? [{ index, value: 'nan' as const }] : [])),
    },
  });

const started = (runId: string, attempt: number, more: object = {}) =>
  aFact('training.run.started', {
    runId,
    attempt,
    model: { name: 'm' },
    config: {},
    seeds: {},
    ...more,
  });

/** The rule in plain loops. */
function unusualIn(points: readonly Point[]): number[] {
  const before: number[] = [];
  return points.flatMap(({ step, loss }) => {
    if (loss === null) return [step];
    const value = Math.fround(loss);
    const window = before.slice(-WINDOW).toSorted((left, right) => left - right);
    before.push(value);
    if (window.length < AT_LEAST) return [];
    const [low = 0, median = 0, high = 0] = [0.25, 0.5, 0.75].map(
      (level) => window[Math.trunc(level * window.length)],
    );
    const spread = Math.max((high - low) / 1.349, Math.abs(median) / 1000);
    return spread > 0 && (value - median) / spread > THRESHOLD ? [step] : [];
  });
}

let store: TestStore;
let facts = 0;
beforeAll(async () => {
  store = await openTestStore();
  const rewound = SERIES.flatMap((points, index) => [
    started(`run-${index}`, 1),
    recorded(`run-${index}`, 1, points),
  ]);
  const line = Array.from({ length: 60 }, (_, step) => ({ step, loss: 2 + (step % 5) / 100 }));
  const spiked = line.map((point) => (point.step > 40 ? { ...point, loss: 8 } : point));
  const all = [
    ...rewound,
    started('rewound', 1),
    recorded('rewound', 1, spiked),
    started('rewound', 2, { resumedFrom: { attempt: 1, step: 39 } }),
    recorded('rewound', 2, line.slice(40)),
  ];
  facts = all.length;
  await project(store, trainingProjection, all);
});
afterAll(() => store.remove());

async function unusualSteps(run: string, position = facts) {
  const as_of = [position];
  const history = await wholeHistory(store.engine.reader, { run }, as_of);
  const params = {
    ...history,
    window: WINDOW,
    at_least: AT_LEAST,
    threshold: THRESHOLD,
    first: 10_000,
    as_of,
  };
  return store.engine.reader.all(lossSpikes, params);
}

it(`law: finds the steps that plain loops find (seed ${SEED})`, async () => {
  for (const [index, points] of SERIES.entries()) {
    const found = await unusualSteps(`run-${index}`);
    expect(found.map(({ step }) => step)).toEqual(unusualIn(points));
  }
  expect(SERIES.flatMap(unusualIn).length).toBeGreaterThan(20);
});

it('sees no spike that a rewind has superseded, and saw it before', async () => {
  expect(spikesOf(await unusualSteps('rewound', facts - 2))).toMatchObject([{ firstStep: 41, steps: 14 }]);
  expect(await unusualSteps('rewound')).toEqual([]);
});

describe('neighbouring steps', () => {
  const unusual = (step: number, spreads: number | null) => ({
    step,
    spreads,
    loss: spreads,
    usual: spreads === null ? null : 2,
  });

  it('are one spike with the peak of them, and steps far apart are several', () => {
    const spikes = spikesOf([unusual(10, 5), unusual(12, 9), unusual(20, 7), unusual(60, 6)]);
    expect(spikes).toMatchObject([
      { firstStep: 10, lastStep: 20, steps: 3, peakStep: 12, spreads: 9 },
      { firstStep: 60, lastStep: 60, steps: 1, peakStep: 60 },
    ]);
  });

  it('come first where their loss is not finite, then by size', () => {
    const spikes = bySize(spikesOf([unusual(10, 5), unusual(60, 6), unusual(99, null)]));
    expect(spikes.map(({ firstStep }) => firstStep)).toEqual([99, 60, 10]);
  });
});
