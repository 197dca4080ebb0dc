import { brief, count, counted, percent } from '../text/format.ts';
import { linear, stepAxis, ticks } from './axis.ts';
import type { Scale } from './axis.ts';
import { picture, WIDTH } from './picture.ts';
import { MAX_COLUMNS } from './shares.ts';
import { label, part, shortened } from './svg.ts';
import type { Part } from './svg.ts';

type Window = {
  readonly firstStep: number;
  readonly lastStep: number;
  /** Distance of the realised from the planned shares; null where they cannot be compared. */
  readonly l1: number | null;
  /** Null where it is infinite, or where there is no distance. */
  readonly kl: number | null;
  readonly reason: string | null;
  /** What is furthest from its planned share, where there is any. */
  readonly furthest: { readonly group: string; readonly difference: number } | undefined;
};

/** How far a run is from its plan, window by window. */
export type DriftPicture = {
  readonly run: string;
  readonly by: string;
  readonly tolerance: number;
  readonly windows: readonly Window[];
  /** Steps from which another plan or phase holds. */
  readonly changes: readonly number[];
  readonly notes: readonly string[];
};

const [LEFT, RIGHT, HEIGHT] = [64, WIDTH - 24, 220];

/** The distance of realised from planned shares in each window as an SVG, with the tolerance as a line. */
export function driftPicture(shown: DriftPicture): string {
  const { run, by, tolerance, windows, changes, notes } = shown;
  const { columns, each } = furthestOf(windows);
  const first = columns[0]?.firstStep ?? 0;
  const end = (columns.at(-1)?.lastStep ?? 0) + 1;
  const top = 1.15 * columns.reduce((most, { l1 }) => Math.max(most, l1 ?? 0), tolerance) || 1;
  const [x, y] = [linear([first, end], [LEFT, RIGHT]), linear([0, top], [HEIGHT, 0])];
  const body = [
    ...distanceAxis(top, y),
    ...columns.map((window) => columnOf(window, { x, y, tolerance })),
    ...changesOf(changes, [first, end], x),
    part('line', { x1: LEFT, x2: RIGHT, y1: y(tolerance), y2: y(tolerance), class: 'limit' }),
    label(RIGHT, y(tolerance) - 4, `tolerance ${brief(tolerance)}`, 'note end'),
    ...stepAxis([first, end - 1], x, HEIGHT),
  ];
  return picture({
    title: `${shortened(run, 60)}: distance of consumed from planned shares by ${by}`,
    description: described(shown),
    height: HEIGHT + 34,
    body,
    caption: [captionOf(shown, each), ...reasonsOf(windows), ...notes],
  });
}

/** At most `MAX_COLUMNS` windows: of equally many neighbours the one that is furthest from its plan. */
function furthestOf(windows: readonly Window[]): { readonly columns: Window[]; readonly each: number } {
  const each = Math.max(1, Math.ceil(windows.length / MAX_COLUMNS));
  const columns: Window[] = [];
  for (let from = 0; from < windows.length; from += each) {
    const neighbours = windows.slice(from, from + each);
    const [first, last] = [neighbours[0], neighbours.at(-1)];
    if (!first || !last) continue;
    const far = neighbours.reduce((one, other) => ((other.l1 ?? -1) > (one.l1 ?? -1) ? other : one));
    columns.push({ ...far, firstStep: first.firstStep, lastStep: last.lastStep });
  }
  return { columns, each };
}

const distanceAxis = (top: number, y: Scale): Part[] =>
  ticks(0, top).flatMap((value) => [
    part('line', { x1: LEFT, x2: RIGHT, y1: y(value), y2: y(value), class: 'grid' }),
    label(LEFT - 6, y(value) + 4, brief(value), 'note end'),
  ]);

type Plot = { readonly x: Scale; readonly y: Scale; readonly tolerance: number };

function columnOf(
  { firstStep, lastStep, l1, kl, reason, furthest }: Window,
  { x, y, tolerance }: Plot,
): Part {
  const steps = `steps ${count(firstStep)} to ${count(lastStep)}`;
  const [left, width] = [x(firstStep), Math.max(0.5, x(lastStep + 1) - x(firstStep) - 1)];
  if (l1 === null) {
    const text = part('title', {}, `${steps}: ${shortened(reason ?? 'not compared', 200)}`);
    return part('rect', { x: left, y: HEIGHT - 6, width, height: 6, class: 'unknown' }, [text]);
  }
  const far = furthest
    ? `, ${shortened(furthest.group, 60)} ${furthest.difference > 0 ? '+' : ''}${percent(furthest.difference)}`
    : '';
  const text = `${steps}: L1 ${brief(l1)}, KL ${kl === null ? 'infinite' : `${brief(kl)} nats`}${far}`;
  const area = { x: left, y: y(l1), width, height: HEIGHT - y(l1) };
  return part('rect', { ...area, class: l1 > tolerance ? 'over' : 'within' }, [part('title', {}, text)]);
}

/** Changes of plan or phase that are drawn at most. */
const MAX_CHANGES = 50;

const changesOf = (changes: readonly number[], [first, end]: readonly [number, number], x: Scale): Part[] =>
  changes
    .filter((step) => step > first && step < end)
    .slice(0, MAX_CHANGES)
    .map((step) =>
      part('line', { x1: x(step), x2: x(step), y1: 0, y2: HEIGHT, class: 'change' }, [
        part('title', {}, `another plan or phase from step ${count(step)} on`),
      ]),
    );

function captionOf({ windows, tolerance, changes }: DriftPicture, each: number): string {
  const out = windows.filter(({ l1 }) => l1 !== null && l1 > tolerance).length;
  const not = windows.filter(({ l1 }) => l1 === null).length;
  return [
    'L1 is the sum of the absolute differences of the shares of tokens, consumed less planned, from 0 to 2.',
    `${counted(windows.length, 'window')}, ${out} out of tolerance (vermilion), ${not} not compared (grey).`,
    ...(each > 1 ? [`A column is the furthest of ${each} windows.`] : []),
    ...(changes.length > 0 ? ['Dotted lines: another plan or phase holds from there on.'] : []),
  ].join(' ');
}

/** The first reason why a window is not compared, and how many others have one. */
function reasonsOf(windows: readonly Window[]): string[] {
  const [first, ...others] = windows.filter(({ l1 }) => l1 === null);
  if (!first) return [];
  const steps = `steps ${count(first.firstStep)} to ${count(first.lastStep)}`;
  const more = others.length > 0 ? `, and ${counted(others.length, 'other window')}` : '';
  return [`Not compared: ${steps}${more}: ${shortened(first.reason ?? 'no reason given', 200)}`];
}

function described({ run, windows, tolerance }: DriftPicture): string {
  const out = windows.find(({ l1 }) => l1 !== null && l1 > tolerance);
  const far = windows.reduce((most, { l1 }) => Math.max(most, l1 ?? 0), 0);
  return [
    `The distance (L1) of what ${shortened(run, 60)} consumed from its plan in ${counted(windows.length, 'window')},`,
    `at most ${brief(far)}, with a tolerance of ${brief(tolerance)}.`,
    out ? `Out of tolerance from step ${count(out.firstStep)} on.` : 'No window is out of tolerance.',
  ].join(' ');
}
