import type { Features } from '../../libs/attributes/domain/src/index.ts';
import { groupBy } from '../../libs/core/kernel/src/index.ts';
import { BUCKETS, DOMAINS, randomNumbers, softmax } from '../../libs/attributes/domain/src/index.ts';
import type { Example } from './examples.ts';

/** A linear model over hashed features: one row of `weights` a bucket, one column a domain. */
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

const SIZE = DOMAINS.length;
/** Where Adagrad's sums of squares begin. */
const FIRST_SQUARE = 1e-4;

/**
 * Softmax regression by Adagrad. Domains are drawn alike, then packages within a domain, then documents, so that a
 * large source counts no more than a small one. Buckets that one family alone has are left at zero: they name the source.
 */
export function train(examples: readonly Example[]): Model {
  const random = randomNumbers(OPTIONS.seed);
  const draw = drawing(examples, random);
  const shared = sharedBuckets(examples);
  const state = new State();
  const steps = OPTIONS.epochs * examples.length;
  for (let step = 0; step < steps; step++) {
    const { chunks, target } = draw();
    const { ids, weights } = chunks[Math.floor(random() * chunks.length)]!;
    const rows = new Int32Array(ids.length);
    const amounts = new Float64Array(ids.length);
    let length = 0;
    for (let at = 0; at < ids.length; at++) {
      if (shared[ids[at]!] === 0 || random() < OPTIONS.dropout) continue;
      rows[length] = ids[at]! * SIZE;
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
  readonly weights = new Float64Array(BUCKETS * SIZE);
  readonly bias = new Float64Array(SIZE);
  private readonly squares = new Float64Array(BUCKETS * SIZE).fill(FIRST_SQUARE);
  private readonly biasSquares = new Float64Array(SIZE).fill(FIRST_SQUARE);

  /** One example: `rows` are where the rows of its features begin, `amounts` their weights. */
  step(rows: Int32Array, amounts: Float64Array, target: readonly number[]): void {
    const { rate, decay } = OPTIONS;
    const { weights, squares } = this;
    const gradients = softmax(this.logits(rows, amounts)).map((share, domain) => share - target[domain]!);
    for (let domain = 0; domain < SIZE; domain++) {
      const gradient = gradients[domain]!;
      this.biasSquares[domain]! += gradient * gradient;
      this.bias[domain]! -= (rate * gradient) / Math.sqrt(this.biasSquares[domain]!);
    }
    for (let index = 0; index < rows.length * SIZE; index++) {
      const domain = index % SIZE;
      const feature = (index - domain) / SIZE;
      const cell = rows[feature]! + domain;
      const gradient = gradients[domain]! * amounts[feature]! + decay * weights[cell]!;
      squares[cell]! += gradient * gradient;
      weights[cell]! -= (rate * gradient) / Math.sqrt(squares[cell]!);
    }
  }

  private logits(rows: Int32Array, amounts: Float64Array): number[] {
    const logits = [...this.bias];
    for (let domain = 0; domain < SIZE; domain++)
      for (let feature = 0; feature < rows.length; feature++)
        logits[domain]! += amounts[feature]! * this.weights[rows[feature]! + domain]!;
    return logits;
  }
}

/** The trainer's own forward pass. The exported model must give the same logits. */
export function logitsOf({ weights, bias }: Model, { ids, weights: amounts }: Features): number[] {
  const logits = [...bias];
  for (let at = 0; at < ids.length; at++)
    for (let domain = 0; domain < SIZE; domain++)
      logits[domain]! += amounts[at]! * weights[ids[at]! * SIZE + domain]!;
  return logits;
}

function drawing(examples: readonly Example[], random: () => number): () => Example {
  const byDomain = [...groupBy(examples, ({ label }) => label).values()].map((own) => [
    ...groupBy(own, ({ source }) => source).values(),
  ]);
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)]!;
  return () => pick(pick(pick(byDomain)));
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
