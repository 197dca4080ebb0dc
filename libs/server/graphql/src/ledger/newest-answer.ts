import { keptAnswers, MOST_ANSWERS } from '@tributary/attribution';
import { isCovered, parseLogPosition, partitionCount, positionFromText } from '@tributary/kernel';
import type { LogPosition, RowOf, SqlReader } from '@tributary/kernel';
import { freshness } from '../answer.ts';
import type { Freshness } from '../answer.ts';
import type { Runtime } from '../runtime.ts';

export type KeptRow = RowOf<typeof keptAnswers>;

/** What says which of two answers is newer. */
type Dated = Pick<KeptRow, 'input_position' | 'evidence'>;

/** Parameters of `keptAnswers` that leave none out but by a number. */
export const ALL_ANSWERS = { prefix: '', experiment_id: null, question_ids: [], after: 0 } as const;

type Recorded = { readonly reader: SqlReader; readonly as_of: LogPosition };

/** All recorded answers to some questions as of a position, in the order of the log, in pages of at most `size`. */
async function* answersTo(
  question_ids: string[],
  { reader, as_of }: Recorded,
  size = MOST_ANSWERS,
): AsyncGenerator<readonly KeptRow[]> {
  let [after, isLast] = [0, false];
  while (!isLast) {
    const rows = await reader.all(keptAnswers, { ...ALL_ANSWERS, question_ids, after, first: size, as_of });
    yield rows;
    after = rows.at(-1)?.evidence ?? after;
    isLast = rows.length < size;
  }
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

/** The newest of some answers and of the newest one before them. */
export const newestOf = <One extends Dated>(answers: readonly One[], before?: One): One | undefined =>
  answers.reduce<One | undefined>(
    (newest, one) => (newest === undefined || isNewer(one, newest) ? one : newest),
    before,
  );

/** The newest answers to the same questions that are newer than some answers, by the ids of those. */
export async function laterAnswers(
  rows: readonly KeptRow[],
  recorded: Recorded,
  size?: number,
): Promise<ReadonlyMap<string, KeptRow>> {
  const later = new Map<string, KeptRow>();
  if (rows.length === 0) return later;
  const questions = [...new Set(rows.map(({ question_id }) => question_id))];
  for await (const answers of answersTo(questions, recorded, size))
    for (const row of rows) {
      const same = answers.filter(({ question_id }) => question_id === row.question_id);
      const newest = newestOf(
        same.filter((one) => isNewer(one, row)),
        later.get(row.answer_id),
      );
      if (newest) later.set(row.answer_id, newest);
    }
  return later;
}

/** The newest recorded answer to a question that was computed from no more of the log than a position. */
export async function newestUpTo(
  runtime: Runtime,
  question: string,
  { position }: Freshness,
): Promise<KeptRow | undefined> {
  const head = await freshness(runtime, runtime.log.head());
  const recorded = { reader: runtime.engine.reader, as_of: head.position };
  let newest: KeptRow | undefined;
  for await (const answers of answersTo([question], recorded))
    newest = newestOf(
      answers.filter((row) => includes(position, inputOf(row))),
      newest,
    );
  return newest;
}
