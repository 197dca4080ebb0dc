import type { RetractionImpactQuery, RetractMutation } from '../generated/documents.ts';
import { sameLines, unfollowedLines } from './aliases.ts';
import { aligned, brief, count, counted, footer, percent, printable } from './format.ts';
import { quoted } from './command-word.ts';

type Impact = NonNullable<RetractionImpactQuery['retractionImpact']>;
type Retracted = Extract<RetractMutation['retract'], { position: string }>;
type Amounts = Impact['runs'][number]['consumed'];

/** What was recorded, and the command that shows what is stale. */
export function retractedText(target: string, id: string, { position, isNew, isKnown }: Retracted): string {
  const name = `${target} ${printable(id)}`;
  return [
    isNew
      ? `${name} is retracted: position ${position}`
      : `${name} was retracted like this at position ${position}`,
    ...(isKnown ? [] : ['No earlier event mentions it: is the id right?']),
    `What is stale now: tributary impact ${target} ${quoted(printable(id))}`,
  ].join('\n');
}

/** Runs and checkpoints with the share that each consumed, then scores and answers. */
export function impactText(impact: Impact): string {
  const { target, id, retractions, registered, shards, runs, checkpoints, scores, answers } = impact;
  const right = { align: 'right' as const };
  const amounts = [{ title: 'consumed', ...right }, { title: 'unit' }, { title: 'of total', ...right }];
  const stale = runs.map((run) => [run.id, ...amountCells(run.consumed)]);
  const saved = checkpoints.map((one) => [
    one.id,
    one.step === null ? '-' : count(one.step),
    ...amountCells(one.consumed),
  ]);
  const title = `${target} ${printable(id)}: ${counted(shards.length, 'shard')}, stale ${[
    counted(runs.length, 'run'),
    counted(checkpoints.length, 'checkpoint'),
    counted(scores.length, 'score'),
    counted(answers.length, 'answer'),
  ].join(', ')}`;
  return [
    title,
    ...(retractions.length === 0 ? ['It is not retracted.'] : []),
    ...retractions.map(
      ({ id: retracted, reason, actor, evidence }) =>
        `${retracted === id ? '' : `${printable(retracted)} `}retracted by ${printable(actor)} at position ${evidence}: ${printable(reason)}`,
    ),
    ...(registered ? [] : ['It was never registered.']),
    '',
    ...sameLines(impact),
    ...(stale.length > 0 ? [aligned([{ title: 'run' }, ...amounts], stale), ''] : []),
    ...(saved.length > 0
      ? [aligned([{ title: 'checkpoint' }, { title: 'step', ...right }, ...amounts], saved), '']
      : []),
    ...answers.map((answer) => `answer:${answer}`),
    ...(answers.length > 0 ? [''] : []),
    ...unfollowedLines(impact),
    footer(impact),
  ].join('\n');
}

/** The first unit of the amounts: a run counts in one. */
function amountCells([amount]: Amounts): string[] {
  if (!amount) return ['-', '', ''];
  const value = amount.unit === 'share' ? brief(amount.amount) : count(amount.amount);
  return [value, amount.unit, percent(amount.share)];
}
