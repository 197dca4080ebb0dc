import type { PredictedAgainstFoundQuery } from '../generated/documents.ts';
import { answerName } from './answers.ts';
import { WORDS } from './effects.ts';
import { aligned, brief, counted, footer, printable } from './format.ts';
import { quoted } from './command-word.ts';

export type PredictedAgainstFound = NonNullable<PredictedAgainstFoundQuery['predictedAgainstFound']>;
type Prediction = PredictedAgainstFound['predictions'][number];
type Found = Prediction['found'][number];

const right = { align: 'right' as const };
const COLUMNS = [
  { title: 'slice' },
  { title: 'capability' },
  { title: 'displacement' },
  { title: 'predicted', ...right },
  { title: 'unit' },
  { title: 'found', ...right },
  { title: 'interval' },
  { title: 'predicted is' },
  { title: 'interpretation' },
  { title: 'identification' },
  { title: 'answer' },
];

/** Each prediction beside every effect that was found of its estimand, then what is to be known of them. */
export function predictionsText(compared: PredictedAgainstFound): string {
  const { mixture, position, decidedBy, predictions } = compared;
  const title = `${printable(mixture)}: ${counted(predictions.length, 'prediction')} of the decision by ${printable(decidedBy)} at position ${position}`;
  const notes = [
    ...new Set([...predictions.flatMap(({ found }) => found.flatMap(notesOn)), ...toAsk(predictions)]),
  ];
  return [
    title,
    '',
    ...(predictions.length > 0 ? [aligned(COLUMNS, predictions.flatMap(rowsOf)), ''] : []),
    ...(notes.length > 0 ? [...notes.map(printable), ''] : []),
    footer(compared),
  ].join('\n');
}

function rowsOf({ predicted, state, found }: Prediction): string[][] {
  const { slice, capability, displacement, effect, unit } = predicted;
  const asked = [slice ?? '-', capability, displacement ?? '-', brief(effect), unit];
  if (found.length === 0) return [[...asked, '-', '-', NOT_FOUND[state], '-', '-', '-']];
  return found.map((one) => [...asked, ...foundCells(one)]);
}

const NOT_FOUND: Readonly<Record<Prediction['state'], string>> = {
  no_estimand: 'without an estimand',
  not_asked: 'not asked yet',
  found: 'not readable',
};

const foundCells = ({
  effect,
  interval,
  within,
  interpretation,
  identification,
  answer,
}: Found): string[] => [
  brief(effect),
  interval ? `[${brief(interval.low)}, ${brief(interval.high)}] ${brief(100 * interval.level)} %` : '-',
  withinText(within),
  WORDS[interpretation],
  identification,
  answerName(answer),
];

function withinText(within: boolean | null): string {
  if (within === null) return 'not comparable';
  return within ? 'within' : 'outside';
}

/** What lowers the worth of a comparison. */
function notesOn({ answer, state, verification, reason, afterTheFact, estimand }: Found): string[] {
  const name = answerName(answer);
  const what = `${estimand.slice} on ${estimand.capability}`;
  return [
    ...(reason === null ? [] : [`! not comparable: ${reason} (${what})`]),
    ...(afterTheFact ? [`! after the fact: scores behind ${name} were recorded before the decision`] : []),
    ...(state === 'superseded' ? [`! superseded: ${name}; tributary answer ${name} says by what`] : []),
    ...(verification === 'verified'
      ? []
      : [`! not verified: ${name}; tributary answer ${name} computes it again`]),
  ];
}

/** The command that asks the first question that nobody has asked. */
function toAsk(predictions: readonly Prediction[]): string[] {
  const first = predictions.find(({ state }) => state === 'not_asked');
  if (!first) return [];
  const { slice, capability, displacement, experiment } = first.predicted;
  const options = Object.entries({ experiment, slice, capability, displacement }).flatMap(([name, value]) =>
    value === null ? [] : [`--${name} ${quoted(value)}`],
  );
  return [`To ask: tributary attribute ${options.join(' ')}`];
}
