import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fact, startGraphqlServer } from '../graphql-server.fixture.ts';
import type { GraphqlServer } from '../graphql-server.fixture.ts';

const RANGE = 4;
const SPIKE = 482;
const STEPS = Array.from({ length: 500 }, (_, step) => step + 1);

const loss = (step: number): number => (step === SPIKE ? 6.2 : 2.2 + ((step * 7) % 13) / 400);

/** Half of the ranges have little of shard b, and the one of the spike has much of it. */
const ofB = (firstStep: number): number => (firstStep === SPIKE - 1 ? 70 : 20 + (firstStep % 11));

const consumed = (firstStep: number) =>
  fact('training.exposure.recorded', {
    runId: 'spiked',
    attempt: 1,
    firstStep,
    lastStep: firstStep + RANGE - 1,
    unit: 'token',
    method: 'measured',
    amounts: [
      { slice: 'web/forum', shardId: 'b', amount: ofB(firstStep) },
      { slice: 'code', shardId: 'a', amount: 100 - ofB(firstStep) },
    ],
  });

const started = (runId: string) =>
  fact('training.run.started', { runId, attempt: 1, model: { name: 'm' }, config: {}, seeds: {} });

const recorded = (runId: string) =>
  fact('training.steps.recorded', {
    runId,
    attempt: 1,
    steps: STEPS,
    columns: { loss: STEPS.map(loss) },
  });

let server: GraphqlServer;
beforeAll(async () => {
  server = await startGraphqlServer();
  const ranges = STEPS.filter((step) => step % RANGE === 1);
  await server.record(started('spiked'), recorded('spiked'), ...ranges.map(consumed));
  await server.record(started('unfed'), recorded('unfed'));
  await server.caughtUp();
});
afterAll(() => server.remove());

const spikesOf = (asked: string) =>
  server.ask<{ lossSpikes: { spikes: { groups: object[] }[] } | null }>(`{ lossSpikes(${asked}) {
    total complete reason spikes {
      firstStep lastStep peakStep loss usual batchFirstStep batchLastStep batches
      groups { group share usualShare lift pValue qValue }
    }
  } }`);

describe('a spike of the loss', () => {
  const found = { firstStep: SPIKE, lastStep: SPIKE, peakStep: SPIKE };

  it.each([
    ['slice', 'web/forum'],
    ['domain', 'web'],
    ['shard', 'b'],
    ['licence', '(unknown)'],
  ])('names by %s what its batch had more of than the batches before', async (by, group) => {
    const { lossSpikes } = await spikesOf(`run: "spiked", by: ${by}`);
    expect(lossSpikes).toMatchObject({ total: 1, complete: true, spikes: [found] });
    const share = by === 'licence' ? 1 : 0.7;
    const largest = { group, share: expect.closeTo(share, 9) };
    expect(lossSpikes?.spikes[0]?.groups[0]).toMatchObject(largest);
  });

  it('has the ranges that read its step and the one before, and a p value of as many batches', async () => {
    const { lossSpikes } = await spikesOf('run: "spiked"');
    expect(lossSpikes).toMatchObject({
      spikes: [{ batchFirstStep: SPIKE - 1, batchLastStep: SPIKE + 2, batches: 120 }],
    });
  });

  it('counts the facts behind it as of a position, whatever is recorded after that', async () => {
    await server.record(started('growing'), recorded('growing'));
    const asOf = await server.caughtUp();
    const counted = () =>
      server.askText(`{ lossSpikes(run: "growing", asOf: "${asOf}") { total evidence evidenceTotal } }`);
    const before = await counted();
    const { data } = consumed(1);
    await server.record(fact('training.exposure.recorded', { ...Object(data), runId: 'growing' }));
    await server.caughtUp();
    expect(before).toContain('"evidenceTotal":1');
    expect(await counted()).toBe(before);
  });

  it('has no groups where no exposure is recorded', async () => {
    const { lossSpikes } = await spikesOf('run: "unfed"');
    expect(lossSpikes).toMatchObject({ total: 1, spikes: [{ ...found, batchFirstStep: null, groups: [] }] });
  });

  it('is refused for a run that nothing mentions, and by attribute without one', async () => {
    const nobody = await server.reply(`{ lossSpikes(run: "nobody") { total } }`);
    expect(nobody.body).toMatchObject({ errors: [{ extensions: { code: 'unknown_run' } }] });
    const unnamed = await server.reply(`{ lossSpikes(run: "spiked", by: attribute) { total } }`);
    expect(unnamed.body).toMatchObject({ errors: [{ extensions: { code: 'attribute_missing' } }] });
  });
});
