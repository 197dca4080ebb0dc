import { afterAll, beforeAll, expect, it } from 'vitest';
import { attributor } from '@tributary/attribution-jobs';
import { ablation } from '../ablation.fixture.ts';
import { estimators, startGraphqlServer } from '../graphql-server.fixture.ts';
import type { GraphqlServer } from '../graphql-server.fixture.ts';
import { keepAnswer } from './keep-answer.ts';

let server: GraphqlServer;

beforeAll(async () => {
  server = await startGraphqlServer();
  await server.record(...ablation('drawn', { assignment: 'manual' }));
  await server.caughtUp();
});
afterAll(() => server.remove());

it('says who asked a kept question first, where callers are authenticated', async () => {
  const { runtime } = server;
  const answering = { runtime, attributor: attributor(runtime.engine.reader, estimators) };
  const of = { experiment: 'drawn', slices: ['code'], displacement: 'proportional' };
  const kept = await keepAnswer(answering, { ...of, askedBy: 'ada' }, undefined);
  const again = await keepAnswer(answering, { ...of, askedBy: 'eve' }, undefined);
  const unnamed = await keepAnswer(answering, { ...of, slices: ['math'] }, undefined);
  expect([kept, again, unnamed]).toMatchObject([{ isNew: true }, { isNew: false }, { isNew: true }]);
  const { questions } = await server.ask<{ questions: { nodes: { askedBy: string | null }[] } }>(
    '{ questions { nodes { askedBy } } }',
    {},
  );
  expect(questions.nodes).toEqual([{ askedBy: 'ada' }, { askedBy: null }]);
});
