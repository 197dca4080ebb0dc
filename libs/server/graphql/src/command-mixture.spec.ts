import { dataReference, memoryBlobs } from '@tributary/blobs';
import { memoryLog } from '@tributary/event-log';
import { START } from '@tributary/kernel';
import type { Position } from '@tributary/kernel';
import { describe, expect, it } from 'vitest';
import { commandMixture } from './command-mixture.ts';

const PLAN = {
  mixtureId: 'mix',
  unit: 'token_share' as const,
  phases: [{ name: 'main', fromStep: 0, weights: [{ slice: 'code', weight: 1 }] }],
  rationale: 'First guess.',
  decidedBy: 'ada',
};

const everythingCounts = () => Promise.resolve<ReadonlySet<Position>>(new Set());

/** A log with the plan of a mixture, whose data are in the event or in a blob. */
async function aRuntime({ inBlob = false } = {}) {
  const [log, blobs] = [memoryLog(), memoryBlobs()];
  const bytes = Buffer.from(JSON.stringify(PLAN));
  const put = await blobs.put(bytes);
  const data = inBlob ? dataReference(put.sha256, put.bytes) : { data: PLAN };
  const event = { specversion: '1.0', id: 'plan', source: 'urn:test', type: 'mixture.plan.decided', ...data };
  await log.append(
    [
      {
        source: event.source,
        id: event.id,
        type: event.type,
        stream: 'mixture/mix',
        bytes: Buffer.from(JSON.stringify(event)),
      },
    ],
    { atomic: true },
  );
  const recorded = async () =>
    (await log.read({ after: START, limit: 100, maxBytes: 1e9 })).map((one) => ({
      position: one.position,
      ...JSON.parse(Buffer.from(one.bytes).toString('utf8')),
    }));
  return { log, blobs, recorded, uncounted: everythingCounts };
}

const approve = (approvedBy: string, mixtureId = 'mix') =>
  ({ type: 'approve', mixtureId, approvedBy }) as const;

describe('a command to a mixture', () => {
  it('appends its fact to the stream of the mixture, and returns the position', async () => {
    const runtime = await aRuntime();
    expect(await commandMixture(runtime, approve('bob'))).toEqual({
      ok: true,
      position: '2',
      isNew: true,
    });
    expect((await runtime.recorded()).at(-1)).toMatchObject({
      position: '2',
      specversion: '1.0',
      source: 'urn:tributary:console',
      type: 'mixture.plan.approved',
      time: expect.stringMatching(/Z$/),
      data: { mixtureId: 'mix', approvedBy: 'bob' },
    });
    expect(await runtime.log.readStream('mixture/mix')).toHaveLength(2);
  });

  it.each([
    ['the one who decided it approves it', approve('ada'), 'approver_is_decider'],
    ['the mixture is unknown', approve('bob', 'other'), 'unknown_mixture'],
  ])('is refused where %s, and appends nothing', async (_what, command, refusal) => {
    const runtime = await aRuntime();
    expect(await commandMixture(runtime, command)).toEqual({ ok: false, refusal, text: expect.any(String) });
    expect(await runtime.recorded()).toHaveLength(1);
  });

  it('is refused where its fact would break the schema, and appends nothing', async () => {
    const runtime = await aRuntime();
    const empty = await commandMixture(runtime, approve(''));
    expect(empty).toMatchObject({ refusal: 'invalid', text: expect.stringContaining('approvedBy') });
    expect(await runtime.recorded()).toHaveLength(1);
  });

  it('records a long plan as a blob, and knows it again', async () => {
    const runtime = await aRuntime();
    const weights = Array.from({ length: 4_000 }, (_, index) => ({
      slice: `slice-${index}`,
      weight: 1 / 4_000,
    }));
    const plan = { ...PLAN, mixtureId: 'long', phases: [{ name: 'main', fromStep: 0, weights }] };
    const decide = { type: 'decide', plan, replace: false } as const;
    expect(await commandMixture(runtime, decide)).toEqual({ ok: true, position: '2', isNew: true });
    expect((await runtime.recorded()).at(-1)).toMatchObject({ datadigest: expect.any(String) });
    expect(await commandMixture(runtime, decide)).toEqual({ ok: true, position: '2', isNew: false });
  });

  it('does not close a cycle of mixtures that supersede each other, however long', async () => {
    const runtime = await aRuntime();
    const supersede = (mixtureId: string, supersededBy: string) =>
      commandMixture(runtime, { type: 'supersede', mixtureId, supersededBy, reason: 'r', actor: 'a' });
    const names = ['mix', ...Array.from({ length: 20 }, (_, index) => `mix-${index}`)];
    for (const mixtureId of names.slice(1))
      await commandMixture(runtime, { type: 'decide', plan: { ...PLAN, mixtureId }, replace: false });
    for (const [index, name] of names.slice(1).entries())
      expect(await supersede(names[index] ?? '', name)).toMatchObject({ ok: true });
    expect(await supersede('mix-19', 'mix')).toMatchObject({ refusal: 'superseded_in_a_cycle' });
    expect(await supersede('mix-19', 'mix-7')).toMatchObject({ refusal: 'superseded_in_a_cycle' });
  });

  it('is decided on the facts that earlier commands have appended', async () => {
    const runtime = await aRuntime();
    await commandMixture(runtime, approve('bob'));
    expect(await commandMixture(runtime, approve('eve'))).toMatchObject({ refusal: 'already_approved' });
  });

  it('is decided on a plan whose data are in a blob', async () => {
    const runtime = await aRuntime({ inBlob: true });
    expect(await commandMixture(runtime, approve('ada'))).toMatchObject({ refusal: 'approver_is_decider' });
    expect(await commandMixture(runtime, approve('bob'))).toMatchObject({ ok: true });
  });
});
