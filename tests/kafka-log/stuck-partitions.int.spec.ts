import { randomUUID } from 'node:crypto';
import { brokerUnavailable, sharedBroker } from '@tributary/test-servers';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { LogInstances } from './log-instances.fixture.ts';
import { event, message, STREAMS } from './streams.fixture.ts';

const missing = brokerUnavailable();
const ATOMIC = { atomic: true };
let instances: LogInstances;
const unique = (): string => `stuck-partitions-${randomUUID()}`;

describe.skipIf(missing)(`appends to a log in a topic${missing ? `, skipped: ${missing}` : ''}`, () => {
  beforeAll(async () => {
    instances = new LogInstances(await sharedBroker());
  });
  afterEach(() => instances.closeAll());

  it('to other partitions are acknowledged while the transaction of another producer holds one back', async () => {
    const name = unique();
    const { log } = await instances.open(name, { appendTimeout: 2_000 });
    const { producer } = await instances.foreignClient(`${name}-open`);
    const transaction = await producer.transaction();
    await transaction.send({ topic: name, messages: [message(event('foreign', 1), 1)] });
    const held = Array.from({ length: 5 }, (_, number) => log.append([event(`held ${number}`, 1)], ATOMIC));
    const mixed = log.append([event('led', 0), event('mixed', 1)], ATOMIC);
    const outcomes = Promise.allSettled([...held, mixed]);
    /* Others go on at once, and so do repeats. */
    for (let number = 0; number < 20; number += 1)
      expect(await log.append([event(`${number}`, number % 2 === 0 ? 0 : 2)], ATOMIC)).toMatchObject({
        stored: 1,
      });
    expect(await log.append([event('led', 0)], ATOMIC)).toMatchObject({ stored: 0, duplicates: 1 });
    for (const one of await outcomes)
      expect(one).toMatchObject({
        status: 'rejected',
        reason: {
          code: 'log_overdue',
          retryable: true,
          message: expect.stringContaining('partition 1 of topic'),
        },
      });
    expect((await outcomes).at(-1)).toMatchObject({ reason: { stored: [{ id: 'led' }] } });
    expect(log.fault()).toBeUndefined();
    await expect.poll(() => log.stuck()).toMatchObject({ code: 'partition_unavailable' });
    const large = log
      .append([event('large', 1, 'x'.repeat(1_500_000)), event('too', 1, 'x'.repeat(1_500_000))], ATOMIC)
      .catch((fault: unknown) => fault);
    /* Requests are planned in their order, so the large one waits when this is acknowledged. */
    expect(await log.append([event('meanwhile', 2)], ATOMIC)).toMatchObject({ stored: 1 });
    await expect(log.append([event('later', 1)], ATOMIC)).rejects.toMatchObject({
      code: 'partition_unavailable',
    });
    expect(await large).toMatchObject({ code: 'log_overdue' });
    await transaction.commit();
    const again = [0, 1, 2, 3, 4].map((number) => event(`held ${number}`, 1));
    await expect.poll(() => log.stuck()).toBeUndefined();
    expect(await log.append([...again, event('mixed', 1), event('later', 1)], ATOMIC)).toMatchObject({
      ok: true,
    });
    expect((await log.readStream(STREAMS[1] ?? '')).map(({ id }) => id).toSorted()).toEqual([
      'foreign',
      'held 0',
      'held 1',
      'held 2',
      'held 3',
      'held 4',
      'later',
      'mixed',
    ]);
    expect(await log.verify()).toMatchObject({ ok: true, events: 30 });
  });

  it('store nothing of a request with an event that is too large, and say which and what to do', async () => {
    const { log } = await instances.open(unique());
    for (const atomic of [true, false])
      await expect(
        log.append([event('small', 0), event('large', 1, 'x'.repeat(1_999_900))], { atomic }),
      ).rejects.toMatchObject({
        code: 'record_too_large',
        retryable: false,
        message: expect.stringMatching(
          /event large of trainer is a record of 2000\d{3} bytes.* takes 1999800 .*max\.message\.bytes/,
        ),
      });
    expect(log.counts()).toEqual({});
    expect(log.head()).toBe('0,0,0');
  });
});
