import type { EffectsAnswer } from '@tributary/attribution-jobs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startGraphqlServer } from '../graphql-server.fixture.ts';
import type { GraphqlServer } from '../graphql-server.fixture.ts';
import { keepAnswer } from './keep-answer.ts';

let server: GraphqlServer;

beforeAll(async () => {
  server = await startGraphqlServer();
});
afterAll(() => server.remove());

it('refuses to record an answer that is longer than an event may be', async () => {
  const family = {
    procedure: 'benjamini_hochberg',
    name: 'f',
    tests: 0,
    earlier: 0,
    hypotheses: [],
    decisions: [],
  } as const;
  const text = 'long '.repeat(2_000_000);
  const answer: EffectsAnswer = {
    ok: true,
    experiment: 'e',
    effects: [],
    questions: 0,
    family: { ...family, text },
  };
  const attributor = { attribute: () => Promise.resolve(answer) };
  const head = server.runtime.log.head();
  expect(await keepAnswer({ runtime: server.runtime, attributor }, {}, undefined)).toMatchObject({
    ok: false,
    refusal: 'answer_too_long',
  });
  expect(server.runtime.log.head()).toBe(head);
});
