import { afterAll, beforeAll, expect, it } from 'vitest';
import { ablation } from '../ablation.fixture.ts';
import { fact, startGraphqlServer } from '../graphql-server.fixture.ts';
import type { GraphqlServer } from '../graphql-server.fixture.ts';

const RUN = 'lab-full-s1';
const TEXT = `is not known which steps of their runs count: attempt 2 of ${RUN}`;

let server: GraphqlServer;
beforeAll(async () => {
  server = await startGraphqlServer();
  await server.record(...ablation('lab', { assignment: 'manual' }));
  await server.caughtUp();
});
afterAll(() => server.remove());

type Asked = {
  complete: boolean;
  reason: string | null;
  effects: { warnings: { code: string; text: string }[] }[];
};

async function asked() {
  const { attribution } = await server.ask<{ attribution: Asked }>(`{
    attribution(experiment: "lab", slices: ["code"], displacement: "proportional") {
      ... on Attribution { complete reason effects { warnings { code text } } }
    }
  }`);
  const doubts = attribution.effects[0]?.warnings.filter(({ code }) => code === 'history_in_doubt');
  return { ...attribution, doubts };
}

it('an effect names runs with an attempt of which nothing says where it began, and is not complete then', async () => {
  expect(await asked()).toMatchObject({ complete: true, reason: null, doubts: [] });
  await server.record(
    fact('training.checkpoint.saved', { runId: RUN, attempt: 2, checkpointId: 'second', step: 100 }),
  );
  await server.caughtUp();
  expect(await asked()).toMatchObject({
    complete: false,
    reason: expect.stringContaining(TEXT) as string,
    doubts: [{ text: expect.stringContaining(TEXT) as string }],
  });
});
