import { ExposureDifferenceDocument } from '../generated/documents.ts';
import type { ExposureBy, ExposureDifferenceQuery } from '../generated/documents.ts';
import { ask, present } from '../server/graphql.ts';
import { runByPrefix } from '../server/find-by-prefix.ts';
import { aligned, brief, count, footer, percent, printable } from '../text/format.ts';

export type ExposureDifference = NonNullable<ExposureDifferenceQuery['exposureDifference']>;

type DifferenceOptions = {
  readonly inherited?: boolean;
  readonly by: ExposureBy;
  readonly attribute?: string;
  readonly at?: string;
};

/** The difference between two of RUN, RUN@STEP and RUN@CHECKPOINT. */
export async function differenceOf(
  url: string,
  [first, second]: readonly [string, string],
  { at, inherited, by, attribute }: DifferenceOptions,
): Promise<ExposureDifference> {
  const [left, right] = [momentFrom(first), momentFrom(second)];
  const asked = {
    run: await runByPrefix(url, left.run, at),
    step: left.step,
    checkpoint: left.checkpoint,
    otherRun: await runByPrefix(url, right.run, at),
    otherStep: right.step,
    otherCheckpoint: right.checkpoint,
  };
  const more = { inherited, by, attribute, asOf: at };
  const { exposureDifference } = await ask(url, ExposureDifferenceDocument, { ...asked, ...more });
  return present(exposureDifference, url);
}

type Moment = { readonly run: string; readonly step?: number; readonly checkpoint?: string };

/** What follows the last @ is a step where it is a number, otherwise a checkpoint. */
function momentFrom(text: string): Moment {
  const at = text.lastIndexOf('@');
  if (at <= 0 || at === text.length - 1) return { run: text };
  const [run, end] = [text.slice(0, at), text.slice(at + 1)];
  return /^\d+$/.test(end) ? { run, step: Number(end) } : { run, checkpoint: end };
}

export function differenceText(difference: ExposureDifference): string {
  const { first, second, rows } = difference;
  const right = { align: 'right' as const };
  const columns = [
    { title: 'slice' },
    ...(rows.some(({ shard }) => shard !== null) ? [{ title: 'shard' }] : []),
    { title: 'unit' },
    ...['first', 'second', 'difference', 'first of total', 'second of total'].map((title) => ({
      title,
      ...right,
    })),
  ];
  const lines = rows.map((row) => {
    const amount = row.unit === 'share' ? brief : count;
    return [
      row.unknown ? '(unknown)' : row.slice,
      ...(columns.length === 8 ? [row.shard ?? ''] : []),
      row.unit,
      amount(row.first),
      amount(row.second),
      `${row.difference > 0 ? '+' : ''}${amount(row.difference)}`,
      percent(row.firstShare),
      percent(row.secondShare),
    ];
  });
  return [
    `first: ${endText(first)}`,
    `second: ${endText(second)}`,
    '',
    aligned(columns, lines),
    '',
    footer(difference),
  ].join('\n');
}

function endText({ run, step, checkpoint }: ExposureDifference['first']): string {
  const end = checkpoint === null ? '' : `checkpoint ${printable(checkpoint)}, `;
  return `${printable(run)}, ${step === null ? 'nothing recorded' : `up to ${end}step ${count(step)}`}`;
}
