import { brief, count, counted, percent } from '../text/format.ts';
import { COLOURS, picture, WIDTH } from './picture.ts';
import { label, part, shortened } from './svg.ts';
import type { Part } from './svg.ts';

/** How what a run consumed is distributed over the values of an attribute. */
export type DistributionPicture = {
  readonly run: string;
  readonly attribute: string;
  readonly unit: string;
  /** In the order that they are drawn in. */
  readonly values: readonly {
    /** Undefined for what was not measured. */
    readonly name: string | undefined;
    readonly amount: number;
    /** Of the total, from 0 to 1. */
    readonly share: number;
    readonly method: string;
  }[];
  /** What else the reader has to know, such as the position of the log. */
  readonly notes: readonly string[];
};

type Value = DistributionPicture['values'][number];

/** Values that have a bar of their own; the others share one. */
const MAX_BARS = 40;

const [LEFT, RIGHT, ROW] = [230, WIDTH - 230, 20];

/** A bar for each value of an attribute, as long as its share of what a run consumed, as an SVG. */
export function distributionPicture({ run, attribute, unit, values, notes }: DistributionPicture): string {
  const drawn = values.slice(0, values.length > MAX_BARS ? MAX_BARS - 1 : MAX_BARS);
  const others = values.slice(drawn.length);
  const bars = drawn.map((value, at) => bar(value, unit, { at, name: value.name ?? '(not measured)' }));
  const rest =
    others.length === 0
      ? []
      : [bar(addedUp(others), unit, { at: drawn.length, name: `${count(others.length)} others` })];
  return picture({
    title: `${shortened(run, 50)}: share of ${unit}s by ${shortened(attribute, 40)}`,
    description: described(drawn, others.length),
    height: ROW * (bars.length + rest.length + 1),
    body: [...grid(bars.length + rest.length), ...bars.flat(), ...rest.flat()],
    caption: [`${counted(values.length, 'value')}, as measured of the shards that were consumed.`, ...notes],
  });
}

function addedUp(values: readonly Value[]): Value {
  const sumOf = (pick: (value: Value) => number) => values.reduce((sum, value) => sum + pick(value), 0);
  const methods = new Set(values.map(({ method }) => method));
  return {
    name: undefined,
    amount: sumOf(({ amount }) => amount),
    share: sumOf(({ share }) => share),
    method: [...methods].toSorted().join(', '),
  };
}

function bar(
  value: Value,
  unit: string,
  { at, name }: { readonly at: number; readonly name: string },
): Part[] {
  const y = ROW * at;
  const width = Math.min(1, Math.max(0, value.share)) * (RIGHT - LEFT);
  const style = value.name === undefined ? 'unknown' : `c${at % COLOURS}`;
  const amount = unit === 'share' ? brief(value.amount) : count(value.amount);
  return [
    label(LEFT - 8, y + 13, shortened(name, 34), 'label end'),
    part('rect', { x: LEFT, y: y + 2, width, height: ROW - 5, class: style }),
    label(RIGHT + 8, y + 13, `${percent(value.share)}  ${amount}  ${value.method}`),
  ];
}

const grid = (rows: number): Part[] =>
  [0, 0.25, 0.5, 0.75, 1].flatMap((share) => {
    const x = LEFT + share * (RIGHT - LEFT);
    return [
      part('line', { x1: x, x2: x, y1: 0, y2: ROW * rows, class: 'grid' }),
      label(x, ROW * rows + 13, percent(share), 'note middle'),
    ];
  });

function described(drawn: readonly Value[], others: number): string {
  const first = drawn
    .slice(0, 8)
    .map(({ name, share }) => `${shortened(name ?? 'not measured', 40)} ${percent(share)}`);
  const left = drawn.length - first.length + others;
  return `Shares: ${first.join(', ')}${left > 0 ? ` and ${count(left)} more` : ''}.`;
}
