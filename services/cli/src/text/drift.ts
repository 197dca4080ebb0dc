import type { MixtureDriftQuery } from '../generated/documents.ts';
import { aligned, brief, count, counted, footer, percent, printable } from './format.ts';

export type MixtureDrift = NonNullable<MixtureDriftQuery['mixtureDrift']>;
type Window = MixtureDrift['windows'][number];
type Row = Window['rows'][number];

export function driftText(drift: MixtureDrift): string {
  const { run, by, tolerance, windows, warnings } = drift;
  const furthest = furthestOf(windows);
  return [
    `${printable(run)}, planned and realised shares by ${by}: ${verdictOf(drift)}`,
    '',
    ...(windows.length === 0 ? [] : [windowTable(windows), '']),
    ...(furthest
      ? [
          `furthest apart in steps ${stepsOf(furthest)}, tolerance ${brief(tolerance)} in L1`,
          rowTable(by, furthest),
          '',
        ]
      : []),
    ...reasonsOf(windows),
    ...warnings.map(({ code, text }) => `${code}: ${printable(text)}`),
    footer(drift),
  ].join('\n');
}

function verdictOf({ windows, outOfTolerance, outOfToleranceFrom, notCompared }: MixtureDrift): string {
  const compared = windows.length - notCompared;
  if (compared === 0) return 'nothing to compare';
  if (outOfToleranceFrom === null) return `within tolerance in ${counted(compared, 'window')}`;
  const them = `${count(outOfTolerance)} of ${counted(compared, 'window')}`;
  return `out of tolerance from step ${count(outOfToleranceFrom)} on, in ${them}`;
}

/** The window of the largest L1 distance. */
const furthestOf = (windows: readonly Window[]): Window | undefined =>
  windows.reduce<Window | undefined>(
    (furthest, window) => ((window.l1 ?? -1) > (furthest?.l1 ?? -1) ? window : furthest),
    undefined,
  );

const stepsOf = ({ firstStep, lastStep }: Window): string => `${count(firstStep)} to ${count(lastStep)}`;

const windowTable = (windows: readonly Window[]): string =>
  aligned(
    [
      { title: 'steps' },
      { title: 'plan' },
      { title: 'tokens', align: 'right' },
      { title: 'L1', align: 'right' },
      { title: 'KL', align: 'right' },
      { title: '' },
    ],
    windows.map((window) => [
      stepsOf(window),
      window.mixture === null ? '(none)' : `${window.mixture}, ${window.phase}`,
      count(tokensOf(window)),
      brief(window.l1),
      window.l1 !== null && window.kl === null ? 'infinite' : brief(window.kl),
      [window.outOfTolerance === true ? 'out of tolerance' : '', window.prorated ? 'prorated' : '']
        .filter((word) => word !== '')
        .join(', '),
    ]),
  );

const tokensOf = ({ rows }: Window): number =>
  rows.reduce((sum, { unit, amount }) => (unit === 'token' ? sum + amount : sum), 0);

const rowTable = (by: string, { rows }: Window): string =>
  aligned(
    [
      { title: by },
      { title: 'planned', align: 'right' },
      { title: 'realised', align: 'right' },
      { title: 'difference', align: 'right' },
    ],
    rows.map((row) => [
      row.slice,
      row.unplanned ? 'not planned' : percent(row.planned ?? 0),
      percent(row.realised),
      differenceOf(row),
    ]),
  );

const differenceOf = ({ difference }: Row): string =>
  `${(difference ?? 0) > 0 ? '+' : ''}${percent(difference ?? 0)}`;

/** Why windows have no distance, or an infinite one: each reason once. */
function reasonsOf(windows: readonly Window[]): string[] {
  const reasons = new Map<string, Window[]>();
  for (const window of windows)
    if (window.reason !== null) reasons.set(window.reason, [...(reasons.get(window.reason) ?? []), window]);
  return [...reasons].map(([reason, [first, ...others]]) => {
    const more = others.length === 0 ? '' : ` and ${counted(others.length, 'other window')}`;
    return `steps ${first ? stepsOf(first) : ''}${more}: ${printable(reason)}`;
  });
}
