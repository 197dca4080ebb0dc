import { count } from '../text/format.ts';
import { label, part } from './svg.ts';
import type { Part } from './svg.ts';

/** A linear scale: what is drawn from `from` to `to` lies between two pixels. */
export type Scale = (value: number) => number;

export const linear = (
  [from, to]: readonly [number, number],
  [low, high]: readonly [number, number],
): Scale => {
  const range = to > from ? to - from : 1;
  return (value) => low + ((value - from) / range) * (high - low);
};

const MOST = 6;

/** Round numbers from one value to another, about six of them, that are `least` apart or more. */
export function ticks(from: number, to: number, least = 0): number[] {
  if (!(to > from)) return [from];
  const rough = Math.max(least, (to - from) / MOST);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= rough) ?? 10 * power;
  const first = Math.ceil(from / step);
  return Array.from({ length: Math.floor(to / step) - first + 1 }, (_, at) => (first + at) * step);
}

/** The axis of steps below a plot. */
export function stepAxis(steps: readonly [number, number], x: Scale, y: number): Part[] {
  const [from, to] = steps;
  /* There is no step between two steps. */
  const marks = ticks(from, to, 1).flatMap((step) => [
    part('line', { x1: x(step), x2: x(step), y1: y, y2: y + 4, class: 'axis' }),
    label(x(step), y + 16, count(step), 'note middle'),
  ]);
  return [
    part('line', { x1: x(from), x2: x(to), y1: y, y2: y, class: 'axis' }),
    ...marks,
    label(x(to), y + 30, 'step', 'note end'),
  ];
}
