import type { ExperimentPage } from '../commands/experiments.ts';
import { aligned, count, footer, printable } from './format.ts';
import { commandWord } from './command-word.ts';

type Experiment = ExperimentPage['nodes'][number];

/** A table of the experiments; below it why each one was found, with a question that it can answer, and what is left out. */
export function experimentsText(list: ExperimentPage): string {
  const right = { align: 'right' as const };
  const columns = [
    { title: 'experiment' },
    { title: 'origin' },
    { title: 'runs', ...right },
    { title: 'arms', ...right },
    { title: 'slices', ...right },
    { title: 'capabilities', ...right },
  ];
  const rows = list.nodes.map(({ id, origin, runs, arms, slices, capabilities }) => [
    id,
    origin,
    ...[runs, arms.length, slices.length, capabilities.length].map(count),
  ]);
  const table = rows.length === 0 ? ['there is no experiment'] : [aligned(columns, rows)];
  const without = list.leftOut.map(({ text }) => `  ${printable(text)}`);
  return [
    ...table,
    ...list.nodes.flatMap(foundText),
    ...(without.length === 0 ? [] : ['', 'in no experiment:', ...without]),
    '',
    footer(list),
  ].join('\n');
}

function foundText({ id, why }: Experiment): string[] {
  if (!why) return [];
  const [pair] = why.pairs;
  const question =
    pair === undefined
      ? []
      : [
          `  ask: tributary attribute --experiment ${commandWord(id)} --slice ${commandWord(pair.slice)} --displacement ${commandWord(pair.displacement)}`,
        ];
  return ['', `${id}: ${why.text}`, ...question].map(printable);
}
