import { afterAll, beforeAll, expect, it } from 'vitest';
import { started } from '../contamination/leaky-run.fixture.ts';
import { fact, startGraphqlServer } from '../graphql-server.fixture.ts';
import type { GraphqlServer, SentEvent } from '../graphql-server.fixture.ts';
import { decided } from './plans.fixture.ts';

let server: GraphqlServer;
beforeAll(async () => {
  server = await startGraphqlServer();
  await server.record(decided('mix', { web: 1 }));
});
afterAll(() => server.remove());

const consumed = (runId: string, firstStep: number, lastStep: number): SentEvent =>
  fact('training.exposure.recorded', {
    runId,
    attempt: 1,
    firstStep,
    lastStep,
    unit: 'token',
    method: 'measured',
    amounts: [{ slice: 'web', amount: 100 }],
  });

const ended = (runId: string, lastStep: number): SentEvent =>
  fact('training.run.ended', { runId, attempt: 1, status: 'completed', lastStep });

type Drift = { readonly complete: boolean; readonly reason: string | null };

async function driftOf(run: string, ...events: readonly SentEvent[]): Promise<Drift> {
  await server.record(started(run, 1, { mixtureId: 'mix' }), ...events);
  await server.caughtUp();
  const asked = `{ mixtureDrift(run: "${run}", windows: 2) { complete reason } }`;
  return (await server.ask<{ mixtureDrift: Drift }>(asked)).mixtureDrift;
}

it.each<[string, string, SentEvent[]]>([
  [
    'behind the last exposure, up to the end of its run',
    'steps 41 to 60',
    [consumed('a', 1, 40), ended('a', 60)],
  ],
  ['within a window', 'steps 11 to 12', [consumed('a', 1, 10), consumed('a', 13, 40)]],
  ['at the end of a window, once', 'steps 11 to 20', [consumed('a', 1, 10), consumed('a', 21, 40)]],
  ['before the first exposure', 'steps 1 to 4', [consumed('a', 5, 40)]],
])('drift is incomplete where steps have no exposure %s: %s', async (where, steps, events) => {
  const named = JSON.stringify(events).replaceAll('"runId":"a"', `"runId":"${where}"`);
  const own: SentEvent[] = JSON.parse(named);
  const reason = `no exposure of run ${where} is recorded for ${steps}`;
  expect(await driftOf(where, ...own)).toEqual({ complete: false, reason });
});

it('drift is complete where the steps at the end of a window were skipped', async () => {
  const skipped = Array.from({ length: 10 }, (_, at) => at + 11);
  const events = [
    consumed('skipping', 1, 10),
    consumed('skipping', 21, 40),
    fact('training.steps.skipped', { runId: 'skipping', attempt: 1, steps: skipped, reason: 'nan' }),
    ended('skipping', 40),
  ];
  expect(await driftOf('skipping', ...events)).toEqual({ complete: true, reason: null });
});
