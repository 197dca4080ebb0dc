import { requireNumbers } from './require-finite.ts';

export type Evaluation = { readonly value: number; readonly gradient: Float64Array };
export type Minimum = { readonly point: Float64Array; readonly value: number; readonly iterations: number };
export type MinimiseLimits = {
  readonly iterations: number;
  readonly tolerance: number;
  /** Largest absolute value of a coordinate. */
  readonly bound?: number;
};

type Pair = { readonly step: Float64Array; readonly change: Float64Array; readonly curvature: number };

const MEMORY = 8;
const SUFFICIENT_DECREASE = 1e-4;
const LONGEST_STEP = 2;

function dot(left: Float64Array, right: Float64Array): number {
  let sum = 0;
  for (let index = 0; index < left.length; index++) sum += left[index]! * right[index]!;
  return sum;
}

const moved = (point: Float64Array, direction: Float64Array, length: number) =>
  point.map((value, index) => value + length * direction[index]!);

/** Two-loop recursion of L-BFGS (Nocedal and Wright 2006, algorithm 7.4). */
function descentDirection(gradient: Float64Array, pairs: readonly Pair[]): Float64Array {
  let direction = gradient.map((value) => -value);
  const weights: number[] = [];
  for (const { step, change, curvature } of pairs.toReversed()) {
    const weight = dot(step, direction) / curvature;
    weights.unshift(weight);
    direction = moved(direction, change, -weight);
  }
  const last = pairs.at(-1);
  if (last) {
    const scale = last.curvature / dot(last.change, last.change);
    direction = direction.map((value) => value * scale);
  }
  for (const [index, { step, change, curvature }] of pairs.entries()) {
    direction = moved(direction, step, weights[index]! - dot(change, direction) / curvature);
  }
  return direction;
}

/** Limits the first step to LONGEST_STEP in each coordinate, because the coordinates are logarithms. */
function firstLength(direction: Float64Array): number {
  const longest = direction.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return longest > LONGEST_STEP ? LONGEST_STEP / longest : 1;
}

const clipped = (point: Float64Array, bound: number) =>
  point.map((value) => Math.max(-bound, Math.min(bound, value)));

/**
 * Local minimum of a smooth function by limited-memory BFGS with backtracking, inside a box where the limits have a bound:
 * steps are projected onto it (Bertsekas 1982). An infinite value excludes a point.
 */
export function minimise(
  evaluate: (point: Float64Array) => Evaluation,
  start: Float64Array,
  limits: MinimiseLimits,
): Minimum {
  requireNumbers('a minimum', [limits.iterations, limits.tolerance]);
  let point = start;
  let here = evaluate(point);
  const pairs: Pair[] = [];
  let iterations = 0;
  for (; iterations < limits.iterations; iterations++) {
    const direction = descentDirection(here.gradient, pairs);
    if (!(dot(here.gradient, direction) < 0)) break;
    const next = backtrack(evaluate, { point, here, direction, bound: limits.bound ?? Infinity });
    if (!next) break;
    const gain = here.value - next.there.value;
    recordPair(pairs, point, here, next);
    point = next.point;
    here = next.there;
    if (gain < limits.tolerance) break;
  }
  return { point, value: here.value, iterations };
}

type Ray = { point: Float64Array; here: Evaluation; direction: Float64Array; bound: number };
type AcceptedStep = { point: Float64Array; there: Evaluation };

function backtrack(evaluate: (point: Float64Array) => Evaluation, ray: Ray): AcceptedStep | undefined {
  let length = firstLength(ray.direction);
  for (let attempt = 0; attempt < 20; attempt++) {
    const point = clipped(moved(ray.point, ray.direction, length), ray.bound);
    const there = evaluate(point);
    const predicted = dot(ray.here.gradient, moved(point, ray.point, -1));
    if (there.value <= ray.here.value + SUFFICIENT_DECREASE * predicted) return { point, there };
    length /= 2.5;
  }
  return undefined;
}

function recordPair(pairs: Pair[], point: Float64Array, here: Evaluation, next: AcceptedStep): void {
  const step = next.point.map((value, index) => value - point[index]!);
  const change = next.there.gradient.map((value, index) => value - here.gradient[index]!);
  const curvature = dot(step, change);
  if (curvature <= 1e-12) return;
  pairs.push({ step, change, curvature });
  if (pairs.length > MEMORY) pairs.shift();
}
