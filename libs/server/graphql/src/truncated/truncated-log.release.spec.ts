import { recordFigures } from '@tributary/fixtures';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startGraphqlServer } from '../graphql-server.fixture.ts';
import type { GraphqlServer } from '../graphql-server.fixture.ts';
import { everyQuestion } from './every-question.fixture.ts';
import type { Question } from './every-question.fixture.ts';
import { factsOfEveryType, randomFrom } from './facts-of-every-type.fixture.ts';

const EVENTS = 160;
/** Events after which the log is asked as it is, and later as of its position then. */
const CUTS = [40, 80, 120, 150];
/** Questions to each query at each cut. */
const EACH = 2;

/** Random facts make no experiment with arms that are compared, and no answer that a server keeps. */
const NEVER_ANSWERED = ['answer', 'decisionAccuracy', 'design', 'prediction'];

type Asked = { readonly asOf: string; readonly question: Question; readonly answer: string };

describe.each([1, 2])('a history of every type of fact (seed %i)', (seed) => {
  let server: GraphqlServer;
  beforeAll(async () => {
    server = await startGraphqlServer();
  });
  afterAll(() => server.remove());

  const ask = ({ text, variables }: Question, asOf: string): Promise<string> =>
    server.askText(text, { ...variables, asOf });

  it('is answered as of a position as the log that ended there was, whatever is asked', async () => {
    const random = randomFrom(20_261_130 + seed);
    const events = factsOfEveryType(random, EVENTS);
    const asked: Asked[] = [];
    let recorded = 0;
    for (const [index, event] of events.entries()) {
      if (
        await server.record(event).then(
          () => true,
          () => false,
        )
      )
        recorded += 1;
      if (!CUTS.includes(index + 1)) continue;
      const asOf = await server.caughtUp();
      for (const question of everyQuestion(random, EACH))
        asked.push({ asOf, question, answer: await ask(question, asOf) });
    }
    await server.caughtUp();
    const changed: string[] = [];
    for (const { asOf, question, answer } of asked) {
      const now = await ask(question, asOf);
      if (now === answer) continue;
      const { field, variables } = question;
      changed.push(`${field} ${JSON.stringify(variables)} as of ${asOf}: ${differing(answer, now)}`);
    }
    expect(changed).toEqual([]);
    expect(recorded).toBeGreaterThan(EVENTS * 0.9);
    recordFigures(`every question as of earlier positions, history ${seed}`, {
      events: recorded,
      questions: asked.length,
      'of them with an answer': asked.filter(isAnswered).length,
    });
    expectAnswered(asked);
  });
});

const isAnswered = ({ answer }: Asked): boolean =>
  !/^\{"errors"|"data":null|"answer":null|"refusal"/.test(answer);

/** Questions that are all refused would be the same at every position. */
function expectAnswered(asked: readonly Asked[]): void {
  const fields = new Set(asked.map(({ question }) => question.field));
  const answered = new Set(asked.filter(isAnswered).map(({ question }) => question.field));
  expect([...fields].filter((field) => !answered.has(field) && !NEVER_ANSWERED.includes(field))).toEqual([]);
}

/** What two texts have instead of each other, with a little of what stands before. */
function differing(one: string, other: string): string {
  let start = 0;
  while (start < one.length && one[start] === other[start]) start += 1;
  const from = Math.max(0, start - 60);
  return `${one.slice(from, start + 120)} is now ${other.slice(from, start + 120)}`;
}
