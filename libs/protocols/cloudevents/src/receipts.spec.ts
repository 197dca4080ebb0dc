import { memoryLog } from '@tributary/event-log';
import { serveProtocol } from '@tributary/test-endpoint';
import type { ServedProtocol } from '@tributary/test-endpoint';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cloudEventsControllers, streamBlobs } from './index.ts';

let served: ServedProtocol;
beforeAll(async () => {
  const isRaw = (path: string) => path === '/v1/events';
  served = await serveProtocol({ controllers: cloudEventsControllers, isRaw, stream: streamBlobs });
});
afterAll(() => served.close());

const event = (id: string, lastStep = 1) => ({
  specversion: '1.0',
  id,
  source: 'urn:test',
  type: 'training.run.ended',
  data: { runId: 'r', attempt: 1, status: 'completed', lastStep },
});

async function post(events: readonly object[], query = '') {
  const response = await fetch(`${served.url}/v1/events${query}`, {
    method: 'POST',
    headers: { 'content-type': 'application/cloudevents-batch+json; charset=utf-8' },
    body: JSON.stringify(events),
  });
  return { status: response.status, answer: JSON.parse(await response.text()) };
}

describe('the receipts of a batch', () => {
  it('come in the order of its events, also for one that it repeats', async () => {
    const { status, answer } = await post([event('b'), event('a'), event('b')]);
    expect(status).toBe(201);
    expect(answer).toMatchObject({
      stored: 2,
      duplicates: 1,
      receipts: [{ id: 'b' }, { id: 'a' }, { id: 'b' }],
    });
    expect(answer.receipts[2].position).toBe(answer.receipts[0].position);
  });

  it('are none for an empty batch, which is accepted', async () => {
    expect(await post([])).toEqual({
      status: 200,
      answer: { stored: 0, duplicates: 0, storedByType: {}, receipts: [] },
    });
  });

  it('count duplicates as accepted, so that only a refusal makes the answer partial', async () => {
    await post([event('known')]);
    expect(await post([event('known'), event('new')], '?atomic=false')).toMatchObject({
      status: 201,
      answer: { stored: 1, duplicates: 1 },
    });
    const partial = await post([event('known'), event('broken', -1)], '?atomic=false');
    expect(partial).toMatchObject({ status: 207, answer: { stored: 0, duplicates: 1 } });
    expect(partial.answer.receipts[0]).not.toHaveProperty('deadLetterId');
  });
});

describe('a request that is refused as a whole', () => {
  it('stores nothing and keeps no dead letter where it is atomic', async () => {
    const { status, answer } = await post([event('fine'), event('negative', -1)]);
    expect({ status, detail: answer.detail }).toEqual({
      status: 422,
      detail:
        '1 events were refused and nothing was stored; fix them, or send ?atomic=false to store the others',
    });
    expect(answer.errors).toEqual([expect.not.objectContaining({ deadLetterId: expect.anything() })]);
    expect((await served.events()).map(({ id }) => id)).not.toContain('fine');
  });

  it('says that its events are kept as dead letters where it is not atomic', async () => {
    const { answer } = await post([event('negative', -1)], '?atomic=false');
    expect(answer.detail).toBe(
      '1 events were refused, and there were no others; they are kept as dead letters',
    );
  });

  it('lists each conflict, and stores none of its other events', async () => {
    await post([event('x'), event('y')]);
    const { status, answer } = await post([event('z'), event('x', 2), event('y', 2)]);
    expect(status).toBe(409);
    expect(answer.errors.map(({ id, index }: { id: string; index: number }) => [id, index])).toEqual([
      ['x', 1],
      ['y', 2],
    ]);
    expect((await served.events()).map(({ id }) => id)).not.toContain('z');
  });
});

it('lists what stands of a batch of a topic that another process was faster with', async () => {
  const log = memoryLog();
  /* As the log of a topic does it, where partitions are written one after the other. */
  const append: typeof log.append = async (events) => {
    const [first] = events;
    const known = await log.append([{ ...events[1]!, bytes: Buffer.from('{}') }], { atomic: true });
    const stored = await log.append(first ? [first] : [], { atomic: true });
    const refused = await log.append(events, { atomic: true });
    if (!known.ok || !stored.ok || refused.ok) throw new Error('the batch has no conflict');
    return { ...refused, stored: stored.receipts.flatMap((one) => ('hash' in one ? one : [])) };
  };
  const racing = await serveProtocol({
    controllers: cloudEventsControllers,
    isRaw: (path) => path === '/v1/events',
    stream: streamBlobs,
    replace: { log: { ...log, append } },
  });
  const response = await fetch(`${racing.url}/v1/events`, {
    method: 'POST',
    headers: { 'content-type': 'application/cloudevents-batch+json' },
    body: JSON.stringify([event('first'), event('raced')]),
  });
  const answer = JSON.parse(await response.text());
  await racing.close();
  expect(response.status).toBe(409);
  expect(answer.detail).toContain(
    'another process wrote it at the same time, and 1 events of this request are stored all the same',
  );
  expect(answer.stored).toMatchObject([{ id: 'first', position: '2' }]);
  expect(answer.errors).toMatchObject([{ id: 'raced', index: 1 }]);
});
