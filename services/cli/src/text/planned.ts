import type { PlannedExposureQuery } from '../generated/documents.ts';
import { aligned, brief, count, footer, percent, printable } from './format.ts';

export type PlannedExposure = NonNullable<PlannedExposureQuery['plannedExposure']>;
type Row = PlannedExposure['rows'][number];

export function plannedText(planned: PlannedExposure): string {
  const { mixture, tokens, steps, by, snapshot, rows, withoutPlan, warnings } = planned;
  const inSteps = steps === null ? '' : ` in ${count(steps)} steps`;
  const from = snapshot === null ? '' : `, from snapshot ${printable(snapshot)}`;
  return [
    `${printable(mixture)}, planned for ${count(tokens)} tokens${inSteps}${from}`,
    '',
    ...(rows.length === 0 ? [] : [tableOf(by, rows), '']),
    ...(withoutPlan === 0 ? [] : [`for ${count(withoutPlan)} tokens nothing is planned`]),
    ...warnings.map(({ code, text }) => `${code}: ${printable(text)}`),
    footer(planned),
  ].join('\n');
}

const tableOf = (by: PlannedExposure['by'], rows: readonly Row[]): string =>
  aligned(
    [
      { title: 'slice' },
      ...(by === 'slice' ? [] : [{ title: by }]),
      { title: 'tokens', align: 'right' },
      { title: 'of all', align: 'right' },
      { title: 'registered', align: 'right' },
      { title: 'epochs', align: 'right' },
      { title: '' },
    ],
    rows.map((row) => [
      row.slice,
      ...(by === 'slice' ? [] : [row.part ?? '(unknown)']),
      count(row.tokens),
      percent(row.share),
      row.shards === 0 ? '(unknown)' : `${row.unknownShards > 0 ? 'at least ' : ''}${count(row.registered)}`,
      epochsOf(row),
      row.runsOut === true ? 'runs out' : '',
    ]),
  );

function epochsOf({ epochs, epochsAtMost }: Row): string {
  if (epochs !== null) return brief(epochs);
  return epochsAtMost === null ? '(unknown)' : `at most ${brief(epochsAtMost)}`;
}
