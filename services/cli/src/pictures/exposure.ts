import { brief, count, counted, percent } from '../text/format.ts';
import { linear, stepAxis } from './axis.ts';
import type { Scale } from './axis.ts';
import { COLOURS, picture, WIDTH } from './picture.ts';
import { bands, binned, cumulative, largest, summed } from './shares.ts';
import type { StepShares } from './shares.ts';
import { label, part, shortened } from './svg.ts';
import type { Part } from './svg.ts';

/** What a run consumed in windows of its steps, beside what was planned for them. */
export type ExposurePicture = {
  readonly run: string;
  /** What is grouped by: domain or slice. */
  readonly by: string;
  readonly unit: string;
  /** Amounts in the unit. Windows follow each other. */
  readonly windows: readonly (StepShares & {
    /** Planned shares by group; undefined where no plan can be compared. */
    readonly planned: ReadonlyMap<string, number> | undefined;
    /** Whether a recorded range goes beyond the window, so that the share of its steps counts. */
    readonly prorated: boolean;
  })[];
  /** How the amounts of each group were counted. */
  readonly methods: ReadonlyMap<string, string>;
  readonly isCumulative: boolean;
  /** What else the reader has to know, such as the position of the log. */
  readonly notes: readonly string[];
};

const [LEFT, RIGHT, HEIGHT, GAP] = [64, WIDTH - 258, 170, 34];

/** Shares of what a run consumed over its steps as an SVG; where there is a plan, the planned shares lie below them. */
export function exposurePicture(shown: ExposurePicture): string {
  const { run, by, unit, windows, isCumulative } = shown;
  const first = windows[0]?.firstStep ?? 0;
  const end = (windows.at(-1)?.lastStep ?? 0) + 1;
  const weighted = plannedOf(windows);
  const [realised, planned] = [binned(windows), binned(weighted)];
  const drawn = (columns: readonly StepShares[]) => (isCumulative ? cumulative(columns) : columns);
  const { groups, others } = largest([...windows, ...weighted], COLOURS);
  const hasPlan = planned.columns.some(({ amounts }) => amounts.size > 0);
  const x = linear([first, end], [LEFT, RIGHT]);
  const panels = [
    ...panel('consumed', drawn(realised.columns), { groups, x, top: 0 }),
    ...(hasPlan ? panel('planned', drawn(planned.columns), { groups, x, top: HEIGHT + GAP }) : []),
  ];
  const bottom = hasPlan ? 2 * HEIGHT + GAP : HEIGHT;
  const kind = isCumulative ? 'up to each step' : 'by window of steps';
  const title = `${shortened(run, 60)}: share of ${unit}s by ${by}, ${kind}`;
  return picture({
    title,
    description: described(shown, groups),
    height: Math.max(bottom + 34, 18 * (groups.length + 2)),
    body: [...panels, ...stepAxis([first, end - 1], x, bottom), ...legend(shown, { groups, others })],
    caption: [
      captionOf(shown, realised.each),
      ...(hasPlan ? [] : ['No planned shares are drawn: none can be compared.']),
      ...shown.notes,
    ],
  });
}

/** Planned shares, weighted with what was consumed, so that neighbours can be added up. */
const plannedOf = (windows: ExposurePicture['windows']): StepShares[] =>
  windows.map(({ firstStep, lastStep, amounts, planned }) => {
    const total = totalOf(amounts);
    const shares = [...(planned ?? [])].map(([group, share]): [string, number] => [group, share * total]);
    return { firstStep, lastStep, amounts: new Map(shares) };
  });

const totalOf = (amounts: ReadonlyMap<string, number>): number =>
  [...amounts.values()].reduce((sum, amount) => sum + amount, 0);

type Panel = { readonly groups: readonly string[]; readonly x: Scale; readonly top: number };

function panel(name: string, columns: readonly StepShares[], { groups, x, top }: Panel): Part[] {
  const grid = [0, 0.25, 0.5, 0.75, 1].flatMap((share) => {
    const y = top + (1 - share) * HEIGHT;
    return [
      part('line', { x1: LEFT, x2: RIGHT, y1: y, y2: y, class: 'grid' }),
      label(LEFT - 6, y + 4, `${100 * share} %`, 'note end'),
    ];
  });
  return [
    label(LEFT, top - 6, name, 'note'),
    ...grid,
    ...columns.flatMap((column) => columnOf(name, column, { groups, x, top })),
  ];
}

function columnOf(name: string, column: StepShares, { groups, x, top }: Panel): Part[] {
  const { firstStep, lastStep, amounts } = column;
  const total = totalOf(amounts);
  const ends = bands(amounts, groups, HEIGHT) ?? [];
  const [left, width] = [x(firstStep), x(lastStep + 1) - x(firstStep)];
  return ends.slice(1).flatMap((end, at) => {
    const begin = ends[at] ?? 0;
    if (end === begin) return [];
    const group = groups[at];
    const share = percent(
      group === undefined ? (end - begin) / (100 * HEIGHT) : (amounts.get(group) ?? 0) / total,
    );
    const steps = `steps ${count(firstStep)} to ${count(lastStep)}`;
    const text = `${group === undefined ? 'others' : shortened(group, 80)}: ${share} ${name} in ${steps}`;
    const area = { x: left, y: top + begin / 100, width, height: (end - begin) / 100 };
    return [part('rect', { ...area, class: `band ${colourOf(at, groups)}` }, [part('title', {}, text)])];
  });
}

/** The last colour is that of all others together. */
const colourOf = (at: number, groups: readonly string[]): string =>
  `c${at < groups.length ? at : COLOURS - 1}`;

type Drawn = { readonly groups: readonly string[]; readonly others: number };

/** Groups in the order of their bands, with their share of the whole run and how it was counted. */
function legend({ windows, methods }: ExposurePicture, { groups, others }: Drawn): Part[] {
  const whole = summed(windows);
  const total = totalOf(whole) || 1;
  const inGroups = groups.reduce((sum, group) => sum + (whole.get(group) ?? 0), 0);
  const rows = groups.map((group, at) => {
    const text = `${shortened(group, 18)} ${percent((whole.get(group) ?? 0) / total)}`;
    return { at, text: `${text}, ${methods.get(group) ?? 'not counted'}` };
  });
  const rest = { at: groups.length, text: `${counted(others, 'other')} ${percent(1 - inGroups / total)}` };
  const shown = others > 0 ? [...rows, rest] : rows;
  const left = RIGHT + 20;
  return [
    label(left, 8, 'consumed by the whole run', 'note'),
    ...shown.flatMap(({ at, text }, index) => [
      part('rect', { x: left, y: 18 + 18 * index, width: 11, height: 11, class: colourOf(at, groups) }),
      label(left + 17, 28 + 18 * index, text),
    ]),
  ];
}

function captionOf({ windows, isCumulative, unit }: ExposurePicture, each: number): string {
  const prorated = windows.filter((window) => window.prorated).length;
  const together = totalOf(summed(windows));
  const them = isCumulative
    ? 'Each column has everything up to its last step'
    : 'Each column is a window of steps';
  return [
    `${them}; ${counted(windows.length, 'window')}${each > 1 ? `, ${each} to a column` : ''}.`,
    `Together ${unit === 'share' ? brief(together) : count(together)} ${unit}s.`,
    ...(prorated > 0
      ? [
          `In ${counted(prorated, 'window')} a recorded range goes beyond the window: the share of its steps is inferred.`,
        ]
      : []),
  ].join(' ');
}

function described({ run, by, windows }: ExposurePicture, groups: readonly string[]): string {
  const [first, last] = [windows[0], windows.at(-1)];
  const shares = (window: StepShares | undefined): string => {
    const total = totalOf(window?.amounts ?? new Map()) || 1;
    return groups
      .map((group) => `${shortened(group, 40)} ${percent((window?.amounts.get(group) ?? 0) / total)}`)
      .join(', ');
  };
  if (!first || !last) return `Nothing is recorded as consumed by ${shortened(run, 60)}.`;
  return [
    `What ${shortened(run, 60)} consumed by ${by} in ${counted(windows.length, 'window')}`,
    `from step ${count(first.firstStep)} to step ${count(last.lastStep)}.`,
    `First window: ${shares(first)}. Last window: ${shares(last)}.`,
  ].join(' ');
}
