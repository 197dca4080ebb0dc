import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodeModel, GraphBuilder } from '@tributary/onnx';
import { afterAll, expect, it } from 'vitest';
import { exportModel } from './export-model.ts';
import type { Predicted } from './export-model.ts';

const folder = mkdtempSync(join(tmpdir(), 'tributary-export-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** mean = 2 b + a of shares in the order b, a, with an interval of one on either side. */
function modelBytes(): Uint8Array {
  const graph = new GraphBuilder();
  graph.constant('weights', [2, 1], Float64Array.of(2, 1));
  graph.constant('one', [], Float64Array.of(1));
  const mean = graph.apply('MatMul', ['shares', 'weights']);
  graph.output('mean', graph.mean(mean, [1], false));
  graph.output('low', graph.mean(graph.apply('Sub', [mean, 'one']), [1], false));
  graph.output('high', graph.mean(graph.apply('Add', [mean, 'one']), [1], false));
  const float64 = { type: 'float64' as const };
  return encodeModel({
    name: 'plane',
    inputs: [{ ...float64, name: 'shares', dims: ['mixtures', 2] }],
    outputs: ['mean', 'low', 'high'].map((name) => ({ ...float64, name, dims: ['mixtures'] })),
    constants: graph.constants,
    nodes: graph.nodes,
    metadata: { slices: '["b","a"]' },
  });
}

const bytes = modelBytes();
const sha256 = createHash('sha256').update(bytes).digest('hex');

/** A prediction of two outcomes; the second is that of the model, off by a number. */
function predicted(off: number, digest = sha256): Predicted {
  const row = (key: string, mean: number) => {
    const [low, high] = [mean - 1, mean + 1];
    return { key, mean: [0, mean], low: [0, low], high: [0, high], extrapolates: false, hullDistance: 0 };
  };
  return {
    mixtures: [
      {
        key: 'x',
        shares: [
          { slice: 'a', share: 0.25 },
          { slice: 'b', share: 0.75 },
        ],
      },
      { key: 'y', shares: [{ slice: 'a', share: 1 }] },
    ],
    prediction: {
      __typename: 'Prediction',
      experiment: 'e',
      outcomes: ['code', 'math'],
      surfaces: [],
      rows: [row('x', 1.75), row('y', 1 + off)],
      warnings: [],
      asOf: { position: '1', time: null },
      complete: true,
      reason: null,
      lag: 0,
      counting: null,
      model: { sha256: digest, bytes: Buffer.from(bytes).toString('base64') },
    },
  };
}

it('writes the model where the runtime gives the numbers of the prediction', async () => {
  const file = join(folder, 'math.onnx');
  const exported = await exportModel(file, 'math', predicted(1e-9));
  expect(exported).toEqual({ file, outcome: 'math', sha256, largestDifference: expect.closeTo(5e-10, 12) });
  expect(Buffer.compare(readFileSync(file), bytes)).toBe(0);
  expect(readdirSync(folder)).toEqual(['math.onnx']);
});

it.each([
  ['model_differs', predicted(1e-3)],
  ['model_differs', predicted(NaN)],
  ['model_digest', predicted(0, '0'.repeat(64))],
])('writes nothing with %s', async (code, given) => {
  const file = join(folder, 'other.onnx');
  await expect(exportModel(file, 'math', given)).rejects.toMatchObject({ refusal: code });
  expect(existsSync(file)).toBe(false);
});

it('says which file cannot be written', async () => {
  const file = join(folder, 'no', 'folder.onnx');
  await expect(exportModel(file, 'math', predicted(0))).rejects.toThrow(/cannot be written to .*folder.onnx/);
});
