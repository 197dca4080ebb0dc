import { createHash } from 'node:crypto';
import { predictOutcome } from '@tributary/attribution';
import type { OutcomeTraining, PredictionRequest } from '@tributary/attribution';
import { inspectModel, openModel } from '@tributary/onnx';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OUTPUTS } from './surface-graph.ts';
import { surfaceModel } from './surface-model.ts';

const ORIGIN = { experiment: 'swarm', asOf: [12] };

const normal = fc
  .tuple(fc.double({ min: 1e-9, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }))
  .map(([radius, angle]) => Math.sqrt(-2 * Math.log(radius)) * Math.cos(2 * Math.PI * angle));

const weights = (slices: number, zero: number) =>
  fc
    .array(
      fc.oneof(
        { weight: zero, arbitrary: fc.constant(0) },
        { weight: 4, arbitrary: fc.double({ min: 1e-6, max: 1, noNaN: true }) },
      ),
      {
        minLength: slices,
        maxLength: slices,
      },
    )
    .map((row) => (row.some((weight) => weight > 0) ? row : row.map(() => 1)));

const closed = (row: readonly number[]): number[] => {
  const sum = row.reduce((total, weight) => total + weight, 0);
  return row.map((weight) => weight / sum);
};

/** Runs of random mixtures, some of them twice and some without a slice, with an outcome that bends and has noise. */
const trainings = fc
  .record({
    slices: fc.integer({ min: 2, max: 6 }),
    spare: fc.integer({ min: 2, max: 26 }),
    scale: fc.constantFrom(1e-3, 1, 100),
  })
  .chain(({ slices, spare, scale }) =>
    fc.record({
      scale: fc.constant(scale),
      rows: fc.array(weights(slices, 1).map(closed), {
        minLength: slices + spare,
        maxLength: slices + spare,
      }),
      slopes: fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: slices, maxLength: slices }),
      noise: fc.array(normal, { minLength: slices + spare + 1, maxLength: slices + spare + 1 }),
    }),
  )
  .map(({ scale, rows, slopes, noise }): OutcomeTraining => {
    const shares = [...rows, rows[0]!];
    const truth = (row: readonly number[]) =>
      row.reduce((sum, share, j) => sum + slopes[j]! * share + 0.3 * Math.log(share + 0.02), 0);
    return {
      capability: 'math',
      unit: 'accuracy',
      components: rows[0]!.map((_, j) => `slice ${j}`),
      mixtures: shares.map((row) => row.join(' ')),
      shares,
      values: shares.map((row, run) => scale * (truth(row) + 0.05 * noise[run]!)),
    };
  });

/** Mixtures of the trained ones, which are within their hull. */
const within = ({ shares }: OutcomeTraining, blends: readonly (readonly number[])[]): number[][] =>
  blends.map((blend) => {
    const parts = closed(shares.map((_, run) => (blend[run % blend.length] ?? 0) * (1 + (run % 3)) + 1e-9));
    return shares[0]!.map((_, j) => parts.reduce((sum, part, run) => sum + part * shares[run]![j]!, 0));
  });

async function answersOf(bytes: Uint8Array, rows: readonly (readonly number[])[]) {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const opened = await openModel(bytes, { sha256 });
  if (!opened.ok) throw new Error(opened.text);
  try {
    const dims = [rows.length, rows[0]!.length];
    const ran = await opened.runner.run({ shares: { dims, data: Float64Array.from(rows.flat()) } });
    if (!ran.ok) throw new Error(ran.text);
    return Object.fromEntries(OUTPUTS.map((name) => [name, [...ran.outputs[name]!.data]]));
  } finally {
    await opened.runner.close();
  }
}

const requestOf = (training: OutcomeTraining, rows: readonly (readonly number[])[]): PredictionRequest => ({
  training,
  randomSeed: 7,
  targets: rows.map((row, at) => ({
    mixture: String(at),
    shares: Object.fromEntries(training.components.map((slice, j) => [slice, row[j]!])),
  })),
});

describe('a surface as an ONNX model', () => {
  it('has the numbers of the estimator, inside of the hull and out of it', async () => {
    let compared = 0;
    const blends = fc.array(weights(5, 2), { minLength: 3, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(trainings, blends, async (training, blended) => {
        const pure = training.components.map((_, j) => training.components.map((__, k) => (j === k ? 3 : 0)));
        const rows = [...within(training, blended), ...pure];
        const request = requestOf(training, rows);
        const predicted = predictOutcome(request);
        const bytes = surfaceModel(request, ORIGIN);
        expect(bytes === undefined).toBe(predicted.rows.length === 0);
        if (!bytes) return;
        const { mean, low, high, standard_deviation: deviation, outside } = await answersOf(bytes, rows);
        for (const [at, row] of predicted.rows.entries()) {
          const tolerance = 1e-5 * Math.min(1, row.high - row.low);
          expect(Math.abs(mean![at]! - row.mean)).toBeLessThan(tolerance);
          expect(Math.abs(low![at]! - row.low)).toBeLessThan(tolerance);
          expect(Math.abs(high![at]! - row.high)).toBeLessThan(tolerance);
          expect(deviation![at]!).toBeGreaterThan(0);
          /* The distance holds its weights to a sum of one by a penalty, which makes it up to a hundredth shorter. */
          const reach = at < blended.length ? 0 : 1.01 * row.hullDistance;
          expect(outside![at]!).toBeLessThan(reach + 1e-9);
          compared++;
        }
      }),
      { numRuns: 12, seed: 13, endOnFailure: true },
    );
    expect(compared).toBeGreaterThan(60);
  }, 300_000);

  it('is accepted as any model is, with the same bytes each time, and says what it is', () => {
    const [training] = fc.sample(trainings, { numRuns: 1, seed: 5 });
    const request = requestOf(training!, []);
    const bytes = surfaceModel(request, ORIGIN)!;
    expect(Buffer.compare(bytes, surfaceModel(structuredClone(request), ORIGIN)!)).toBe(0);
    const inspected = inspectModel(bytes);
    const slices = training!.components;
    expect(inspected).toMatchObject({
      ok: true,
      model: {
        irVersion: 8,
        opset: 17,
        inputs: [{ name: 'shares', type: 'float64', dims: ['mixtures', slices.length] }],
        outputs: OUTPUTS.map((name) => ({ name, type: 'float64', dims: ['mixtures'] })),
        metadata: {
          slices: JSON.stringify(slices),
          capability: 'math',
          unit: 'accuracy',
          experiment: 'swarm',
          as_of: '[12]',
          estimator: 'response_surface.gaussian_process',
          support: expect.stringContaining('does not prove'),
        },
      },
    });
  });

  it('takes shares that need not sum to one, and answers each row alone', async () => {
    const [training] = fc.sample(trainings, { numRuns: 1, seed: 6 });
    const bytes = surfaceModel(requestOf(training!, []), ORIGIN)!;
    const row = training!.shares[1]!;
    const all = await answersOf(bytes, [row, row.map((share) => 7 * share), training!.shares[2]!]);
    const alone = await answersOf(bytes, [row]);
    for (const name of OUTPUTS) {
      expect(all[name]![0]).toBeCloseTo(alone[name]![0]!, 9);
      expect(all[name]![1]).toBeCloseTo(alone[name]![0]!, 9);
    }
  });
});
