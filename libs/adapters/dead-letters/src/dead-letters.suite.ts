import type { Clock } from '@tributary/kernel';
import { afterEach, describe, expect, it } from 'vitest';
import { deadLetterId } from './dead-letter.ts';
import type { DeadLetters } from './dead-letters.ts';
import { aRefusal } from './refusals.fixture.ts';

type DeadLettersUnderTest = {
  readonly deadLetters: DeadLetters;
  /** Closes and opens again. */
  readonly reopen: () => Promise<DeadLetters>;
  readonly dispose: () => Promise<void>;
};

export type OpenDeadLetters = (options: { clock: Clock; maxBytes?: number }) => Promise<DeadLettersUnderTest>;

const START_TIME = Date.UTC(2026, 10, 24, 12) * 1000;
const MINUTE = 60_000_000;

/** What holds of dead letters in any store. */
export function describeDeadLetters(name: string, open: OpenDeadLetters): void {
  describe(`${name}: dead letters`, () => {
    const opened: DeadLettersUnderTest[] = [];
    let now = START_TIME;
    const made = async (maxBytes?: number): Promise<DeadLettersUnderTest> => {
      now = START_TIME;
      const under = await open({
        clock: () => (now += MINUTE),
        ...(maxBytes === undefined ? {} : { maxBytes }),
      });
      opened.push(under);
      return under;
    };
    afterEach(async () => {
      await Promise.all(opened.splice(0).map((under) => under.dispose()));
    });
    describeParking(made);
    describeListing(made);
    describeReplaying(made);
    describeDiscarding(made);
  });
}

type Made = (maxBytes?: number) => Promise<DeadLettersUnderTest>;

const idOf = (ids: readonly string[]): string => ids[0] ?? '';
const stored = async () => ({ ok: true, position: '7' }) as const;

function describeParking(made: Made): void {
  it('keeps an input exactly as it was received, with the reason, over a restart', async () => {
    const { deadLetters, reopen } = await made();
    const bytes = Buffer.from([0xff, 0x00, 0x0a, 0x7b]);
    const refusal = aRefusal('', { bytes, pointer: '/data/x', value: '"fine"' });
    const id = idOf(await deadLetters.park([refusal]));
    expect(id).toBe(deadLetterId(refusal));
    const before = await deadLetters.get(id);
    expect(before).toEqual({
      deadLetter: {
        id,
        endpoint: 'POST /v1/events',
        contentType: 'application/cloudevents+json',
        size: 4,
        code: 'invalid_json',
        message: 'not JSON',
        pointer: '/data/x',
        value: '"fine"',
        firstSeen: '2026-11-24T12:01:00.000000Z',
        lastSeen: '2026-11-24T12:01:00.000000Z',
        seen: 1,
        state: 'parked',
        history: [],
      },
      bytes,
    });
    const again = await reopen();
    expect(await again.get(id)).toEqual(before);
    expect(again.counts()).toEqual(deadLetters.counts());
  });

  it('counts an equal refusal again, alone or within one request', async () => {
    const { deadLetters } = await made();
    const [first, second] = await deadLetters.park([aRefusal('{'), aRefusal('{')]);
    const [third] = await deadLetters.park([aRefusal('{')]);
    expect(new Set([first, second, third]).size).toBe(1);
    const opened = await deadLetters.get(first ?? '');
    expect(opened?.deadLetter).toMatchObject({
      seen: 3,
      firstSeen: '2026-11-24T12:01:00.000000Z',
      lastSeen: '2026-11-24T12:03:00.000000Z',
    });
    expect(deadLetters.counts()).toMatchObject({ parked: 1, byCode: { invalid_json: 1 }, bytes: 1 });
  });

  it('distinguishes inputs by endpoint, code and bytes', async () => {
    const { deadLetters } = await made();
    const ids = await deadLetters.park([
      aRefusal('{'),
      aRefusal('{', { endpoint: 'POST /api/v1/lineage' }),
      aRefusal('{', { code: 'too_deep' }),
      aRefusal('{{'),
    ]);
    expect(new Set(ids).size).toBe(4);
    expect(deadLetters.counts()).toMatchObject({
      parked: 4,
      byCode: { invalid_json: 3, too_deep: 1 },
      bytes: 5,
    });
  });

  it('parks for many concurrent requests', async () => {
    const { deadLetters } = await made();
    await Promise.all(
      Array.from({ length: 20 }, (_, n) => deadLetters.park([aRefusal(`{${n}`), aRefusal('{ same')])),
    );
    const page = await deadLetters.list({}, { first: 100 });
    expect(page.deadLetters).toHaveLength(21);
    expect(page.deadLetters.reduce((sum, { seen }) => sum + seen, 0)).toBe(40);
  });

  it('parks nothing of a request that exceeds the limit, and says what to do', async () => {
    const { deadLetters } = await made(4);
    const [id = ''] = await deadLetters.park([aRefusal('{1')]);
    await expect(deadLetters.park([aRefusal('{2'), aRefusal('{3')])).rejects.toMatchObject({
      code: 'dead_letters_full',
      message: expect.stringContaining('discard some'),
    });
    expect(deadLetters.counts()).toMatchObject({ parked: 1, bytes: 2 });
    await deadLetters.discard(id, { actor: 'a', reason: 'r' });
    expect(await deadLetters.park([aRefusal('{2'), aRefusal('{3')])).toHaveLength(2);
  });

  it('refuses unknown ids', async () => {
    const { deadLetters } = await made();
    expect(await deadLetters.get('0')).toBeUndefined();
    const unknown = { code: 'dead_letter_unknown' };
    await expect(deadLetters.replay('0', { actor: 'a' }, stored)).rejects.toMatchObject(unknown);
    await expect(deadLetters.discard('0', { actor: 'a', reason: 'r' })).rejects.toMatchObject(unknown);
    await expect(deadLetters.list({}, { first: 1, after: '0' })).rejects.toMatchObject(unknown);
  });

  it('parks nothing after it is closed', async () => {
    const { deadLetters } = await made();
    await deadLetters.close();
    await expect(deadLetters.park([aRefusal('{')])).rejects.toMatchObject({ code: 'dead_letters_closed' });
  });
}

function describeListing(made: Made): void {
  it('lists the newest first, page by page', async () => {
    const { deadLetters } = await made();
    const ids: string[] = [];
    for (let n = 0; n < 7; n += 1) ids.unshift(idOf(await deadLetters.park([aRefusal(`{${n}`)])));
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const page = await deadLetters.list({}, { first: 3, after });
      expect(page.deadLetters.length).toBeLessThanOrEqual(3);
      seen.push(...page.deadLetters.map(({ id }) => id));
      after = page.next;
    } while (after !== undefined);
    expect(seen).toEqual(ids);
  });

  it('filters by state and by code', async () => {
    const { deadLetters } = await made();
    const [first = ''] = await deadLetters.park([aRefusal('{'), aRefusal('[', { code: 'too_deep' })]);
    await deadLetters.discard(first, { actor: 'a', reason: 'r' });
    const codes = async (filter: Parameters<DeadLetters['list']>[0]) =>
      (await deadLetters.list(filter, { first: 9 })).deadLetters.map(({ code }) => code);
    expect(await codes({ state: 'parked' })).toEqual(['too_deep']);
    expect(await codes({ state: 'discarded' })).toEqual(['invalid_json']);
    expect(await codes({ code: 'too_deep' })).toEqual(['too_deep']);
    expect(await codes({ state: 'replayed' })).toEqual([]);
  });
}

function describeReplaying(made: Made): void {
  it('submits the input as it was received, and records who replayed it and its position', async () => {
    const { deadLetters } = await made();
    const id = idOf(await deadLetters.park([aRefusal('{"a":1}')]));
    const sent: string[] = [];
    const deadLetter = await deadLetters.replay(id, { actor: 'mara' }, async ({ bytes }) => {
      sent.push(Buffer.from(bytes).toString());
      return { ok: true, position: '7' };
    });
    expect(sent).toEqual(['{"a":1}']);
    expect(deadLetter).toMatchObject({
      state: 'replayed',
      position: '7',
      history: [
        {
          at: '2026-11-24T12:02:00.000000Z',
          actor: 'mara',
          action: 'replay',
          outcome: 'stored',
          fixed: false,
        },
      ],
    });
    expect(deadLetters.counts()).toMatchObject({ parked: 0, replayed: 1, byCode: {} });
  });

  it('stays parked with the new reason when it is refused again', async () => {
    const { deadLetters, reopen } = await made();
    const id = idOf(await deadLetters.park([aRefusal('{', { value: '1' })]));
    const reason = { code: 'too_deep', message: 'deep', pointer: '/a' };
    await deadLetters.replay(id, { actor: 'mara' }, async () => ({ ok: false, reason }));
    const opened = await (await reopen()).get(id);
    expect(opened?.deadLetter).toMatchObject({
      ...reason,
      state: 'parked',
      history: [{ outcome: 'refused', reason: 'too_deep: deep' }],
    });
    expect(opened?.deadLetter.value).toBeUndefined();
    expect(deadLetters.counts()).toMatchObject({ parked: 1, byCode: { too_deep: 1 } });
  });

  it('submits fixed bytes instead of the input, and keeps the input', async () => {
    const { deadLetters } = await made();
    const id = idOf(await deadLetters.park([aRefusal('{', { value: '1' })]));
    const fixed = Buffer.from('{}');
    const sent: string[] = [];
    const refuse = async ({ bytes }: { bytes: Uint8Array }) => {
      sent.push(Buffer.from(bytes).toString());
      return { ok: false, reason: { code: 'invalid_envelope', message: 'no id', pointer: '/id' } } as const;
    };
    const refused = await deadLetters.replay(id, { actor: 'mara', fixed }, refuse);
    expect(refused).toMatchObject({ code: 'invalid_json', value: '1', history: [{ fixed: true }] });
    const replayed = await deadLetters.replay(id, { actor: 'mara', fixed }, stored);
    expect(replayed.history).toMatchObject([{ outcome: 'refused' }, { outcome: 'stored', fixed: true }]);
    expect(sent).toEqual(['{}']);
    expect((await deadLetters.get(id))?.bytes?.toString()).toBe('{');
  });

  it('stays unchanged when the outcome of a replay is unknown', async () => {
    const { deadLetters } = await made();
    const id = idOf(await deadLetters.park([aRefusal('{')]));
    const fail = async (): Promise<never> => {
      throw new Error('outcome unknown');
    };
    await expect(deadLetters.replay(id, { actor: 'mara' }, fail)).rejects.toThrow('outcome unknown');
    expect((await deadLetters.get(id))?.deadLetter).toMatchObject({ state: 'parked', history: [] });
  });

  it('is replayed or discarded once', async () => {
    const { deadLetters } = await made();
    const id = idOf(await deadLetters.park([aRefusal('{')]));
    await deadLetters.replay(id, { actor: 'mara' }, stored);
    const settled = { code: 'dead_letter_settled' };
    await expect(deadLetters.replay(id, { actor: 'mara' }, stored)).rejects.toMatchObject(settled);
    await expect(deadLetters.discard(id, { actor: 'a', reason: 'r' })).rejects.toMatchObject(settled);
  });
}

function describeDiscarding(made: Made): void {
  it('deletes the bytes, keeps who discarded it and why, and counts it when it is refused again', async () => {
    const { deadLetters, reopen } = await made();
    const id = idOf(await deadLetters.park([aRefusal('{')]));
    await deadLetters.discard(id, { actor: 'mara', reason: 'a test of ours' });
    await deadLetters.park([aRefusal('{')]);
    const again = await reopen();
    const opened = await again.get(id);
    expect(opened?.bytes).toBeUndefined();
    expect(opened?.deadLetter).toMatchObject({
      state: 'discarded',
      seen: 2,
      history: [{ actor: 'mara', action: 'discard', outcome: 'discarded', reason: 'a test of ours' }],
    });
    expect(again.counts()).toEqual({ parked: 0, replayed: 0, discarded: 1, byCode: {}, bytes: 0 });
  });
}
