import type { LossSpikesQuery } from '../generated/documents.ts';
import { aligned, brief, count, counted, footer, percent, printable } from './format.ts';

export type LossSpikes = NonNullable<LossSpikesQuery['lossSpikes']>;
type Spike = LossSpikes['spikes'][number];
type Data = Spike['groups'][number];

/** Groups that the text shows of each spike; JSON has all. */
const SHOWN = 5;

export function spikesText(answer: LossSpikes): string {
  const { run, spikes, total, threshold } = answer;
  const shown = total > spikes.length ? `, the ${spikes.length} largest` : '';
  const head = `${printable(run)}: ${counted(total, 'spike')} of the loss above ${brief(threshold)} spreads${shown}`;
  return [head, '', ...spikes.flatMap((spike) => [...spikeLines(spike, answer), '']), footer(answer)].join(
    '\n',
  );
}

function spikeLines(spike: Spike, { by, attribute }: LossSpikes): string[] {
  const { groups, batchFirstStep, batchLastStep, batches } = spike;
  const head = `${stepsOf(spike)}: ${heightOf(spike)}`;
  if (batchFirstStep === null || batchLastStep === null)
    return [head, '  no exposure recorded of these steps'];
  const read = `  read in steps ${count(batchFirstStep)} to ${count(batchLastStep)}`;
  if (groups.length === 0) return [head, `${read}; no batch before to compare with`];
  const table = aligned(
    [
      { title: attribute ?? by },
      { title: 'share', align: 'right' },
      { title: 'usual', align: 'right' },
      { title: 'lift', align: 'right' },
      { title: 'q', align: 'right' },
    ],
    groups.slice(0, SHOWN).map(cellsOf),
  );
  return [
    head,
    `${read}; compared with ${several(batches)} before`,
    ...table.split('\n').map((line) => `  ${line}`),
    ...(groups.length > SHOWN ? [`  and ${counted(groups.length - SHOWN, 'group')} more (--json)`] : []),
  ];
}

const cellsOf = ({ group, share, usualShare, lift, qValue }: Data): string[] => [
  group,
  percent(share),
  percent(usualShare),
  lift === null ? 'new' : `${brief(lift)}x`,
  brief(qValue),
];

const stepsOf = ({ firstStep, lastStep }: Spike): string =>
  firstStep === lastStep ? `step ${count(firstStep)}` : `steps ${count(firstStep)} to ${count(lastStep)}`;

const heightOf = ({ loss, usual, spreads, peakStep }: Spike): string =>
  loss === null || usual === null || spreads === null
    ? `the loss of step ${count(peakStep)} is not finite`
    : `loss ${brief(loss)} at step ${count(peakStep)} where ${brief(usual)} was usual (${brief(spreads)} spreads)`;

const several = (batches: number): string => (batches === 1 ? '1 batch' : `${count(batches)} batches`);
