import { expect, it } from 'vitest';
import type { Point } from '../run-history/point.ts';
import { realignSamplesAxis } from './samples-axis.ts';

const aPoint = (key: string, step: number, value: number): Point => ({ key, step, value, at: step });

const MANY = 300_000;

it('returns a series over samples that has no series over steps, whatever its length', () => {
  const points = Array.from({ length: MANY }, (_, step) => aPoint('loss vs samples', step, step));
  const { points: kept, left, dropped } = realignSamplesAxis(points);
  expect([kept.length, left.length, dropped]).toEqual([0, MANY, 0]);
});

it('turns a series over samples into the consumed samples of each step', () => {
  const { points, left, dropped } = realignSamplesAxis([
    aPoint('loss', 1, 5),
    aPoint('loss', 2, 4),
    aPoint('loss vs samples', 64, 5),
    aPoint('loss vs samples', 128, 4),
  ]);
  expect(points.map(({ key, step, value }) => [key, step, value])).toEqual([
    ['loss', 1, 5],
    ['loss', 2, 4],
    ['consumed samples', 1, 64],
    ['consumed samples', 2, 128],
  ]);
  expect([left, dropped]).toEqual([[], 2]);
});
