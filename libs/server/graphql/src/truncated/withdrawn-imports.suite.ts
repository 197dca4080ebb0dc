import { expect, it } from 'vitest';
import { fact, startGraphqlServer } from '../graphql-server.fixture.ts';
import type { GraphqlServer, SentEvent } from '../graphql-server.fixture.ts';
import { everyQuestion } from './every-question.fixture.ts';
import type { Question } from './every-question.fixture.ts';
import { factsOfEveryType, randomFrom } from './facts-of-every-type.fixture.ts';

/** Questions about imports themselves, and about what was asked and answered, which no withdrawal takes back. */
const OTHERS = new Set([
  'imports',
  'importContents',
  'answer',
  'answers',
  'givenAnswers',
  'recordedTests',
  'auditActions',
  'publishedCheckpoints',
]);
const KEPT = /^(attribution|audit|lineage\.import)\./;

type Sizes = { readonly seed: number; readonly events: number; readonly each: number };

/** What is sent to both logs, in their order: an event of the import, or one of others. */
type Sent = { readonly event: SentEvent; readonly isImported: boolean };

/**
 * Random facts, of which some are imported, in a log that withdraws the import, and the others alone in another one. Facts that
 * no question is about stand where the first log has those of the import, so that positions are equal.
 */
export function describeWithdrawnImports({ seed, events, each }: Sizes): void {
  it('answers as the log without the import does, and before its withdrawal as it did', async () => {
    const random = randomFrom(seed);
    const sent = factsOfEveryType(random, events)
      .filter(({ type }) => !type.startsWith('lineage.import.'))
      .map((event): Sent => ({ event, isImported: !KEPT.test(event.type) && random() < 0.4 }));
    const questions = everyQuestion(random, each).filter(({ field }) => !OTHERS.has(field));
    expect(questions.length).toBeGreaterThan(20);

    const withdrawn = await inServer((server) => withdrawing(server, sent, questions));
    expect(withdrawn.changed).toEqual([]);
    const expected = await inServer((server) => without(server, withdrawn.accepted, questions));
    expect(expected.asOf).toBe(withdrawn.asOf);
    const differing = questions.flatMap(({ field, variables }, index) => {
      const [one = '', other = ''] = [withdrawn.answers[index], expected.answers[index]].map(comparable);
      return one === other ? [] : [`${field} ${JSON.stringify(variables)}: ${difference(one, other)}`];
    });
    expect(differing).toEqual([]);
    /* Without questions that the import matters to, the logs would be equal anyway. */
    const mattering = questions.filter(
      (_, index) => withoutPosition(withdrawn.answered[index]) !== withoutPosition(withdrawn.answers[index]),
    );
    expect(mattering.length).toBeGreaterThan(questions.length / 4);
  });
}

/** Without the position that an answer is as of. */
const withoutPosition = (text = ''): string => text.replaceAll(/"asOf":\{[^}]*\}|up to position \d+/g, '');

/** An engine is open once in a process. */
async function inServer<Value>(work: (server: GraphqlServer) => Promise<Value>): Promise<Value> {
  const server = await startGraphqlServer();
  return work(server).finally(() => server.remove());
}

/** Answers after the withdrawal, the events that the log took, and the questions that it answered otherwise before. */
async function withdrawing(server: GraphqlServer, sent: readonly Sent[], questions: readonly Question[]) {
  const began = await positionOf(server, start());
  const accepted: Sent[] = [];
  for (const one of sent) {
    const at = await positionOf(server, one.event);
    if (at === undefined) continue;
    accepted.push(one);
    const part = { began, part: 1, stored: [{ first: at, last: at }], repeated: [], announced: [] };
    if (one.isImported) await server.record(importFact('progressed', part));
  }
  const before = await server.caughtUp();
  const answered = await askAll(server, questions, before);
  await server.record(importFact('withdrawn', { began, stored: [], reason: 'r', actor: 'a' }));
  const asOf = await server.caughtUp();
  const again = await askAll(server, questions, before);
  const changed = questions.filter((_, index) => answered[index] !== again[index]);
  return { accepted, asOf, answered, changed, answers: await askAll(server, questions, asOf) };
}

async function without(server: GraphqlServer, sent: readonly Sent[], questions: readonly Question[]) {
  await server.record(filler());
  for (const { event, isImported } of sent)
    await server.record(...(isImported ? [filler(), filler()] : [event]));
  await server.record(filler());
  const asOf = await server.caughtUp();
  return { asOf, answers: await askAll(server, questions, asOf) };
}

async function askAll(
  server: GraphqlServer,
  questions: readonly Question[],
  asOf: string,
): Promise<string[]> {
  const answers: string[] = [];
  for (const { text, variables } of questions)
    answers.push(await server.askText(text, { ...variables, asOf }));
  return answers;
}

const ID = 'the-import';
const start = (): SentEvent =>
  fact('lineage.import.started', { importId: ID, paths: ['a'], program: 'test' }, ID);
const importFact = (change: string, data: object): SentEvent =>
  fact(`lineage.import.${change}`, { importId: ID, ...data });

let fillers = 0;
function filler(): SentEvent {
  fillers += 1;
  return fact('lineage.import.started', { importId: `filler-${fillers}`, paths: ['a'], program: 'test' });
}

/** Undefined where the server refuses the event. */
const positionOf = (server: GraphqlServer, event: SentEvent): Promise<string | undefined> =>
  server.record(event).then(
    ({ receipts }) => receipts[0]?.position,
    () => undefined,
  );

/** Without record times, and with one text for both reasons why a correction replaces nothing. */
const comparable = (text = ''): string =>
  text
    .replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z/g, 'TIME')
    /* Cursors of what is newest first begin with it too, counted backwards. */
    .replaceAll(/"endCursor":"\d{16}/g, '"endCursor":"TIME')
    .replaceAll(/which is not recorded|which is of a withdrawn import/g, 'which is not there');

function difference(one: string, other: string): string {
  let begin = 0;
  while (begin < one.length && one[begin] === other[begin]) begin += 1;
  const from = Math.max(0, begin - 80);
  return `${one.slice(from, begin + 160)} BUT WITHOUT ${other.slice(from, begin + 160)}`;
}
