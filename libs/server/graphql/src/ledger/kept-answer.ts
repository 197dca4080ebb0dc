import {
  adjustedNow,
  familyIn,
  givenAnswers,
  keptAnswers,
  keptQuestion,
  recordedTestOf,
  testedHypotheses,
} from '@tributary/attribution';
import type { FamilyNow } from '@tributary/attribution';
import { isJsonObject } from '@tributary/json';
import { Fault, formatEventPosition, parseEventPosition, positionFromText } from '@tributary/kernel';
import type { EventPosition } from '@tributary/kernel';
import { answered, incomplete } from '../answer.ts';
import type { Freshness } from '../answer.ts';
import { connectionOf, inLogOrder, positionAfter, sizeOf, unlessEmpty } from '../connection.ts';
import type { Counted, Page } from '../connection.ts';
import { KeptAnswerState } from '../generated/schema.ts';
import type { KeptAnswer, KeptAnswerConnection, KeptAnswerSummary } from '../generated/schema.ts';
import { unknown } from '../known.ts';
import type { Runtime } from '../runtime.ts';
import { evidenceChanges } from './evidence-changes.ts';
import { ALL_ANSWERS, inputOf, laterAnswers } from './newest-answer.ts';
import type { KeptRow } from './newest-answer.ts';
import type { Verifications } from './verification.ts';

type Reader = Runtime['engine']['reader'];

type AnswersSource = {
  readonly reader: Reader;
  readonly fresh: Freshness;
  readonly verifications: Verifications;
};

/** Recorded answers, with the newest later answer to the same question. */
export async function answersPage(
  { reader, fresh, verifications }: AnswersSource,
  experiment: string | null,
  page: Page,
): Promise<Counted<KeptAnswerConnection>> {
  const as_of = fresh.position;
  const of = { experiment_id: experiment, after: positionAfter(page), first: sizeOf(page), as_of };
  const params = { ...ALL_ANSWERS, ...of, question_ids: [] };
  const connection = await connectionOf({ reader, fresh }, keptAnswers, params, {
    ...inLogOrder,
    node: (row) => row,
  });
  const later = await laterAnswers(connection.nodes, { reader, as_of });
  const nodes = connection.nodes.map((row) => ({
    ...summaryOf(row, later),
    verification: verifications.of(row),
  }));
  return unlessEmpty(
    { ...connection, nodes },
    page,
    experiment === null ? undefined : `no kept answer about experiment ${experiment}`,
  );
}

const summaryOf = (
  row: KeptRow,
  later: ReadonlyMap<string, KeptRow>,
): Omit<KeptAnswerSummary, '__typename' | 'verification'> => ({
  id: row.answer_id,
  question: row.question_id,
  asked: row.question,
  estimator: row.estimator,
  estimatorVersion: row.estimator_version,
  inputPosition: row.input_position,
  resultDigest: row.result_digest,
  position: formatEventPosition(row.evidence),
  laterAnswer: later.get(row.answer_id)?.answer_id ?? null,
});

/** What is recorded of an answer, and whether it still stands. */
export type FoundAnswer = {
  readonly row: KeptRow;
  readonly answer: Omit<KeptAnswer, 'rerun' | 'verification'>;
};

/** Throws Fault `unknown_answer` where no answer, or more than one, has an id that begins with the text. */
export async function findAnswer(reader: Reader, fresh: Freshness, id: string): Promise<FoundAnswer> {
  const row = await rowOf(reader, fresh, id);
  const { question_id, evidence } = row;
  const one = { question_id, after: evidence - 1, first: 1, as_of: fresh.position };
  const [given] = await reader.all(givenAnswers, one);
  const result = given?.result ?? '{}';
  const parsed: unknown = JSON.parse(result);
  const positions = positionsIn(given?.evidence_positions ?? [], parsed);
  const familyNow = await familyBy(reader, fresh, parsed);
  const asked = {
    positions,
    since: sinceOf(row, fresh),
    as_of: fresh.position,
    experiment: experimentOf(row),
  };
  const { changes, reason } = await evidenceChanges(reader, asked);
  const summary = summaryOf(row, await laterAnswers([row], { reader, as_of: fresh.position }));
  const isCurrent = summary.laterAnswer === null && changes.length === 0;
  const state = isCurrent ? KeptAnswerState.Current : KeptAnswerState.Superseded;
  return {
    row,
    answer: {
      ...summary,
      result,
      state,
      changes,
      familyNow,
      ...answered(incomplete(fresh, reason), { positions }),
    },
  };
}

/** The family of a result over the tests that it holds by then; null where the result has none. */
async function familyBy(reader: Reader, fresh: Freshness, result: unknown): Promise<FamilyNow | null> {
  const family_id = familyIn(result);
  if (family_id === undefined) return null;
  const rows = await reader.all(testedHypotheses, { family_id, as_of: fresh.position });
  return adjustedNow(result, rows.map(recordedTestOf)) ?? null;
}

async function rowOf(reader: Reader, fresh: Freshness, id: string): Promise<KeptRow> {
  const prefix = id.replace(/^answer:/, '').toLowerCase();
  if (!/^[0-9a-f]{6,64}$/.test(prefix)) throw unknown('answer', id, fresh);
  const params = { ...ALL_ANSWERS, prefix, question_ids: [], first: 3, as_of: fresh.position };
  const [row, ...others] = await reader.all(keptAnswers, params);
  if (!row) throw unknown('answer', id, fresh);
  if (others.length === 0) return row;
  const ids = [row, ...others].map(({ answer_id }) => answer_id).join(', ');
  throw new Fault('unknown_answer', `several answers begin with ${id}, such as ${ids}`);
}

/** The experiment that was asked about; undefined where another program recorded another kind of question. */
function experimentOf({ question }: KeptRow): string | undefined {
  return question === '' ? undefined : keptQuestion.safeParse(JSON.parse(question)).data?.experiment;
}

/** The position of the input, or before the first event where it is none of this log. */
function sinceOf(row: KeptRow, { position }: Freshness): number[] {
  const input = inputOf(row);
  return input.length === position.length ? input : position.map(() => 0);
}

/** The positions that the fact lists, and those of each effect of its result. */
function positionsIn(listed: readonly string[], result: unknown): EventPosition[] {
  const effects: unknown = isJsonObject(result) ? result['effects'] : undefined;
  const all = new Set<unknown>(listed);
  for (const effect of Array.isArray(effects) ? effects : []) {
    const evidence: unknown = isJsonObject(effect) ? effect['evidence'] : undefined;
    for (const position of Array.isArray(evidence) ? evidence : []) all.add(position);
  }
  const packed = [...all].map((text) => parseEventPosition(positionFromText(String(text))));
  return packed.filter((position) => !Number.isNaN(position)).toSorted((left, right) => left - right);
}
