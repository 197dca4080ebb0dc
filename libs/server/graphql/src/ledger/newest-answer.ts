import { keptAnswers, MOST_ANSWERS } from '@tributary/attribution';
import { Fault, isCovered, parseLogPosition, partitionCount, positionFromText } from '@tributary/kernel';
import type { LogPosition, RowOf, SqlReader } from '@tributary/kernel';
import { freshness } from '../answer.ts';
import type { Freshness } from '../answer.ts';
import type { Runtime } from '../runtime.ts';

export type KeptRow = RowOf<typeof keptAnswers>;

/** What says which of two answers is newer. */
type Dated = Pick<KeptRow, 'input_position' | 'evidence'>;

/** Parameters of `keptAnswers` that leave none out but by a number. */
export const ALL_ANSWERS = { prefix: '', experiment_id: null, question_ids: [], after: 0 } as const;

/** Every recorded answer to some questions as of a position. Throws Fault `too_many_rows` where there are more than `most`. */
export async function answersTo(
  question_ids: string[],
  { reader, as_of }: { readonly reader: SqlReader; readonly as_of: LogPosition },
  most = MOST_ANSWERS,
): Promise<KeptRow[]> {
  const rows = await reader.all(keptAnswers, { ...ALL_ANSWERS, question_ids, first: most + 1, as_of });
  if (rows.length > most)
    throw new Fault(
      'too_many_rows',
      `more than ${most} answers to ${question_ids.length} questions are recorded, so that the newest may be missing; ask about fewer questions (a smaller page), or keep fewer answers to one`,
    );
  return rows;
}

/** The position that an answer was computed as of; that before the first event where the text is none. */
export const inputOf = ({ input_position }: Pick<KeptRow, 'input_position'>): LogPosition => {
  const text = positionFromText(input_position);
  return parseLogPosition(text, partitionCount(text)) ?? [];
};

/** Whether a state of the log includes another one. */
const includes = (whole: LogPosition, part: LogPosition): boolean =>
  part.every((event) => isCovered(event, whole));

/** Whether an answer is newer than another one: computed from more of the log, or from the same and recorded later. */
function isNewer(one: Dated, other: Dated): boolean {
  const [input, before] = [inputOf(one), inputOf(other)];
  return includes(input, before) && (!includes(before, input) || one.evidence > other.evidence);
}

/** The newest of some answers. */
export const newestOf = <One extends Dated>(answers: readonly One[]): One | undefined =>
  answers.reduce<One | undefined>(
    (newest, one) => (newest === undefined || isNewer(one, newest) ? one : newest),
    undefined,
  );

/** The newest answer to the same question that is newer than the given one. */
export function laterThan(row: KeptRow, answers: readonly KeptRow[]): KeptRow | undefined {
  const same = answers.filter(({ question_id }) => question_id === row.question_id);
  return newestOf(same.filter((one) => isNewer(one, row)));
}

/** The newest recorded answer to a question that was computed from no more of the log than a position. */
export async function newestUpTo(
  runtime: Runtime,
  question: string,
  { position }: Freshness,
): Promise<KeptRow | undefined> {
  const head = await freshness(runtime, runtime.log.head());
  const answers = await answersTo([question], { reader: runtime.engine.reader, as_of: head.position });
  return newestOf(answers.filter((row) => includes(position, inputOf(row))));
}
