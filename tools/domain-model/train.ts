import type { Features } from '../../libs/attributes/domain/src/index.ts';
import { groupBy } from '../../libs/core/kernel/src/index.ts';
import { BUCKETS, randomNumbers, softmax } from '../../libs/attributes/domain/src/index.ts';
import type { Example } from './examples.ts';

/** A linear model over hashed features: one row of `weights` a bucket, one column a label, one `bias` a label. */
export type Model = {
  readonly weights: Float32Array;
  readonly bias: Float32Array;
};

type TrainOptions = {
  readonly seed: number;
  readonly epochs: number;
  readonly rate: number;
  /** Part of the features of an example that are left out of a step. */
  readonly dropout: number;
  /** Shrinks what moves, in each step. */
  readonly decay: number;
};
const OPTIONS: TrainOptions = {
  seed: 63,
  epochs: 8,
  rate: 0.5,
  dropout: 0.3,
  decay: 1e-4,
};

/** Where Adagrad's sums of squares begin. */
const FIRST_SQUARE = 1e-4;

/**
 * Softmax regression by Adagrad over the labels of the targets. Labels are drawn alike, then packages within a label, then
 * documents, so that a large source counts no more than a small one. Buckets that one family alone has are left at zero: they name the source.
 */
export function train(examples: readonly Example[]): Model {
  const random = randomNumbers(OPTIONS.seed);
  const draw = drawing(examples, random);
  const shared = sharedBuckets(examples);
  const size = examples[0]!.target.length;
  const state = new State(size);
  const steps = OPTIONS.epochs * examples.length;
  for (let step = 0; step < steps; step++) {
    const { chunks, target } = draw();
    const { ids, weights } = chunks[Math.floor(random() * chunks.length)]!;
    const rows = new Int32Array(ids.length);
    const amounts = new Float64Array(ids.length);
    let length = 0;
    for (let at = 0; at < ids.length; at++) {
      if (shared[ids[at]!] === 0 || random() < OPTIONS.dropout) continue;
      rows[length] = ids[at]! * size;
      amounts[length++] = weights[at]! / (1 - OPTIONS.dropout);
    }
    state.step(rows.subarray(0, length), amounts, target);
  }
  return {
    weights: Float32Array.from(state.weights),
    bias: Float32Array.from(state.bias),
  };
}

class State {
  readonly weights: Float64Array;
  readonly bias: Float64Array;
  private readonly squares: Float64Array;
  private readonly biasSquares: Float64Array;

  constructor(size: number) {
    this.weights = new Float64Array(BUCKETS * size);
    this.bias = new Float64Array(size);
    this.squares = new Float64Array(BUCKETS * size).fill(FIRST_SQUARE);
    this.biasSquares = new Float64Array(size).fill(FIRST_SQUARE);
  }

  /** One example: `rows` are where the rows of its features begin, `amounts` their weights. */
  step(rows: Int32Array, amounts: Float64Array, target: readonly number[]): void {
    const { rate, decay } = OPTIONS;
    const { weights, squares } = this;
    const size = this.bias.length;
    const gradients = softmax(this.logits(rows, amounts)).map((share, label) => share - target[label]!);
    for (let label = 0; label < size; label++) {
      const gradient = gradients[label]!;
      this.biasSquares[label]! += gradient * gradient;
      this.bias[label]! -= (rate * gradient) / Math.sqrt(this.biasSquares[label]!);
    }
    for (let index = 0; index < rows.length * size; index++) {
      const label = index % size;
      const feature = (index - label) / size;
      const cell = rows[feature]! + label;
      const gradient = gradients[label]! * amounts[feature]! + decay * weights[cell]!;
      squares[cell]! += gradient * gradient;
      weights[cell]! -= (rate * gradient) / Math.sqrt(squares[cell]!);
    }
  }

  private logits(rows: Int32Array, amounts: Float64Array): number[] {
    const logits = [...this.bias];
    for (let label = 0; label < logits.length; label++)
      for (let feature = 0; feature < rows.length; feature++)
        logits[label]! += amounts[feature]! * this.weights[rows[feature]! + label]!;
    return logits;
  }
}

/** The trainer's own forward pass. The exported model must give the same logits. */
export function logitsOf({ weights, bias }: Model, { ids, weights: amounts }: Features): number[] {
  const logits = [...bias];
  for (let at = 0; at < ids.length; at++)
    for (let label = 0; label < bias.length; label++)
      logits[label]! += amounts[at]! * weights[ids[at]! * bias.length + label]!;
  return logits;
}

function drawing(examples: readonly Example[], random: () => number): () => Example {
  const byLabel = [...groupBy(examples, ({ label }) => label).values()].map((own) => [
    ...groupBy(own, ({ source }) => source).values(),
  ]);
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)]!;
  return () => pick(pick(pick(byLabel)));
}

/** For each bucket, whether documents of two families have it. */
function sharedBuckets(examples: readonly Example[]): Uint8Array {
  const families = new Map(
    [...new Set(examples.map(({ family }) => family))].map((family, at) => [family, at]),
  );
  const first = new Int16Array(BUCKETS).fill(-1);
  const shared = new Uint8Array(BUCKETS);
  for (const { family, chunks } of examples) {
    const own = families.get(family)!;
    for (const id of chunks.flatMap(({ ids }) => [...ids])) {
      if (first[id] === -1) first[id] = own;
      else if (first[id] !== own) shared[id] = 1;
    }
  }
  return shared;
}
