import { createHash } from 'node:crypto';
import type { Graph } from './encode-model.ts';
import { encodeModel } from './encode-model.ts';
import { openModel, type ModelRunner, type OpenOptions } from './model-runner.ts';
import { MessageWriter } from './protobuf.ts';
import type { Tensor } from './tensor.ts';

export const digestOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

export const numbers = (dims: readonly number[], ...values: number[]): Tensor => ({
  dims,
  data: Float32Array.from(values),
});

const empty = { inputs: [], outputs: [], constants: new Map(), nodes: [], metadata: {} };

/** y = x · w + b for rows of two numbers. */
export const affine: Graph = {
  ...empty,
  name: 'affine',
  inputs: [{ name: 'x', type: 'float32', dims: ['rows', 2] }],
  outputs: [{ name: 'y', type: 'float32', dims: ['rows', 2] }],
  constants: new Map([
    ['w', numbers([2, 2], 1, 2, 3, 4)],
    ['b', numbers([2], 0.5, -0.5)],
  ]),
  nodes: [{ operator: 'Gemm', inputs: ['x', 'w', 'b'], outputs: ['y'] }],
  metadata: { labels: 'left,right' },
};

/** A square matrix to the power of 65: cheap for a small one, and a second of work for one of 512 rows. */
export const power: Graph = {
  ...empty,
  name: 'power',
  inputs: [{ name: 'x', type: 'float32', dims: ['n', 'n'] }],
  outputs: [{ name: 'y64', type: 'float32', dims: ['n', 'n'] }],
  nodes: Array.from({ length: 64 }, (_, index) => ({
    operator: 'MatMul',
    inputs: [index === 0 ? 'x' : `y${index}`, 'x'],
    outputs: [`y${index + 1}`],
  })),
};

export const square = (n: number): { x: Tensor } => ({
  x: { dims: [n, n], data: new Float32Array(n * n).fill(1 / n) },
});

export const withOperator = (operator: string): Graph => ({
  ...affine,
  nodes: [{ operator, inputs: ['x', 'w', 'b'], outputs: ['y'] }],
});

/** A model around parts of a graph that `encodeModel` never writes. */
export const modelOf = (graph: MessageWriter): Uint8Array =>
  new MessageWriter()
    .integer(1, 8)
    .message(7, graph)
    .message(8, new MessageWriter().text(1, '').integer(2, 17))
    .finish();

/** A tensor whose data is in another file. */
export const externalTensor = (): MessageWriter =>
  new MessageWriter()
    .integer(1, 1)
    .integer(2, 1)
    .text(8, 'w')
    .message(13, new MessageWriter().text(1, 'location').text(2, '../secret'))
    .integer(14, 1);

/** A node with one attribute. */
export const nodeWith = (field: number, value: MessageWriter): MessageWriter =>
  new MessageWriter()
    .text(2, 'y')
    .text(4, 'Constant')
    .message(5, new MessageWriter().text(1, 'value').message(field, value));

export async function opened(graph: Graph, options: Partial<OpenOptions> = {}): Promise<ModelRunner> {
  const bytes = encodeModel(graph);
  const result = await openModel(bytes, {
    sha256: digestOf(bytes),
    ...options,
  });
  if (!result.ok) throw new Error(result.text);
  return result.runner;
}
