import { afterAll, beforeAll, expect, it } from 'vitest';
import { startContaminationServer } from './contamination-server.fixture.ts';
import type { ContaminationServer } from './contamination-server.fixture.ts';
import { LEAKY } from './leaky-run.fixture.ts';

let asked: ContaminationServer;
beforeAll(async () => {
  asked = await startContaminationServer();
});
afterAll(() => asked.server.remove());

type Answered = Awaited<ReturnType<ContaminationServer['bodyOf']>>;

/** What an answer says, without where in the log it was asked: positions differ of any two answers. */
function found({ data }: Answered): string {
  if (!data) throw new Error('no answer');
  const { asOf: _asOf, evidence: _evidence, evidenceTotal: _total, ...said } = data.contamination;
  return JSON.stringify(said, (key, value: unknown) => (key === 'evidence' ? undefined : value));
}

/** Events between two positions at which the question is asked. */
const BETWEEN = 5;

it('is the answer as of a position that it was when the log ended there, also when events are sent again and after a rebuild', async () => {
  const then: { asOf: string; body: Answered }[] = [];
  for (let from = 0; from < LEAKY.length; from += BETWEEN) {
    const asOf = await asked.recorded(...LEAKY.slice(from, from + BETWEEN));
    then.push({ asOf, body: await asked.bodyOf() });
  }
  expect(new Set(then.map(({ body }) => found(body))).size).toBe(then.length);
  await asked.recorded(...LEAKY);
  for (const { asOf, body } of then) expect(await asked.bodyOf({ asOf })).toEqual(body);
  const { rebuild } = await asked.server.ask<{ rebuild: object }>('mutation { rebuild { equal } }');
  expect(rebuild).toEqual({ equal: true });
  expect(await asked.bodyOf()).toEqual(then.at(-1)?.body);
});
