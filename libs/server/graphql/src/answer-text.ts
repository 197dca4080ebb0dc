import { answersTurn, pace } from '@tributary/kernel';

/** Values of an answer that are written before others have their turn. */
const VALUES_IN_A_TURN = 5_000;

/** Objects and lists of no more values are written as a whole. */
const FEW = 500;

/**
 * The text of an answer, as JSON.stringify writes it, and a line break. It is written in turns: a list of ten thousand rows
 * with twenty fields would take a tenth of a second in one go.
 */
export async function answerText(answer: unknown): Promise<string> {
  const paced = pace(VALUES_IN_A_TURN, answersTurn);
  let text = '';
  for (const part of parts(answer)) {
    text += part.text;
    const turn = paced(part.values);
    if (turn) await turn;
  }
  return `${text}\n`;
}

type Part = { readonly text: string; readonly values: number };

function* parts(value: unknown): Generator<Part> {
  const values = countOf(value, FEW);
  if (values <= FEW || !isContainer(value)) yield { text: JSON.stringify(value), values };
  else if (Array.isArray(value)) yield* partsOfList(value);
  else yield* partsOfObject(value);
}

function* partsOfList(items: readonly unknown[]): Generator<Part> {
  let separator = '[';
  for (const item of items) {
    yield { text: separator, values: 0 };
    yield* parts(item === undefined ? null : item);
    separator = ',';
  }
  yield { text: ']', values: 0 };
}

function* partsOfObject(object: object): Generator<Part> {
  let separator = '{';
  for (const [key, value] of Object.entries(object)) {
    if (value === undefined) continue;
    yield { text: `${separator}${JSON.stringify(key)}:`, values: 0 };
    yield* parts(value);
    separator = ',';
  }
  yield { text: separator === '{' ? '{}' : '}', values: 0 };
}

const isContainer = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** How many values there are in a value, itself included; counting ends soon after `most`. */
function countOf(value: unknown, most: number): number {
  if (!isContainer(value)) return 1;
  let count = 1;
  for (const member of Array.isArray(value) ? value : Object.values(value)) {
    count += countOf(member, most - count);
    if (count > most) return count;
  }
  return count;
}
