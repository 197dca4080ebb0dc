import type { Clock } from '@tributary/kernel';
import { afterEach, describe, expect, it } from 'vitest';
import { deadLetterId } from './dead-letter.ts';
import type { Refusal } from './dead-letter.ts';
import type { DeadLetters } from './dead-letters.ts';

type LettersUnderTest = {
  readonly letters: DeadLetters;
  /** Closes and opens again. */
  readonly reopen: () => Promise<DeadLetters>;
  readonly dispose: () => Promise<void>;
};

export type OpenLetters = (options: { clock: Clock; maxBytes?: number }) => Promise<LettersUnderTest>;

const NOON = Date.UTC(2026, 10, 24, 12) * 1000;
const MINUTE = 60_000_000;

const aRefusal = (text: string, more: Partial<Refusal> = {}): Refusal => ({
  endpoint: 'POST /v1/events',
  contentType: 'application/cloudevents+json',
  bytes: Buffer.from(text),
  code: 'invalid_json',
  message: 'not JSON',
  pointer: '',
  ...more,
});

/** The laws of dead letters, wherever they lie. */
export function describeDeadLetters(name: string, open: OpenLetters): void {
  describe(`${name}: dead letters`, () => {
    const opened: LettersUnderTest[] = [];
    let now = NOON;
    const made = async (maxBytes?: number): Promise<LettersUnderTest> => {
      now = NOON;
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

type Made = (maxBytes?: number) => Promise<LettersUnderTest>;

const idOf = (ids: readonly string[]): string => ids[0] ?? '';
const stored = async () => ({ ok: true, position: '7' }) as const;

function describeParking(made: Made): void {
  it('keeps a piece exactly as it came, with the reason, over a restart', async () => {
    const { letters, reopen } = await made();
    const bytes = Buffer.from([0xff, 0x00, 0x0a, 0x7b]);
    const refusal = aRefusal('', { bytes, pointer: '/data/x', value: '"fine"' });
    const id = idOf(await letters.park([refusal]));
    expect(id).toBe(deadLetterId(refusal));
    const before = await letters.get(id);
    expect(before).toEqual({
      letter: {
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
    expect(again.counts()).toEqual(letters.counts());
  });

  it('sees the same poison again, alone or in one request', async () => {
    const { letters } = await made();
    const [first, second] = await letters.park([aRefusal('{'), aRefusal('{')]);
    const [third] = await letters.park([aRefusal('{')]);
    expect(new Set([first, second, third]).size).toBe(1);
    const opened = await letters.get(first ?? '');
    expect(opened?.deadLetter).toMatchObject({
      seen: 3,
      firstSeen: '2026-11-24T12:01:00.000000Z',
      lastSeen: '2026-11-24T12:03:00.000000Z',
    });
    expect(letters.counts()).toMatchObject({ parked: 1, byCode: { invalid_json: 1 }, bytes: 1 });
  });

  it('tells pieces apart by endpoint, by reason and by their bytes', async () => {
    const { letters } = await made();
    const ids = await letters.park([
      aRefusal('{'),
      aRefusal('{', { endpoint: 'POST /api/v1/lineage' }),
      aRefusal('{', { code: 'too_deep' }),
      aRefusal('{{'),
    ]);
    expect(new Set(ids).size).toBe(4);
    expect(letters.counts()).toMatchObject({ parked: 4, byCode: { invalid_json: 3, too_deep: 1 }, bytes: 5 });
  });

  it('parks for many requests at once', async () => {
    const { letters } = await made();
    await Promise.all(
      Array.from({ length: 20 }, (_, n) => letters.park([aRefusal(`{${n}`), aRefusal('{ same')])),
    );
    const page = await letters.list({}, { first: 100 });
    expect(page.deadLetters).toHaveLength(21);
    expect(page.deadLetters.reduce((sum, { seen }) => sum + seen, 0)).toBe(40);
  });

  it('parks nothing of a request that would not fit, and says what to do', async () => {
    const { letters } = await made(4);
    const [id = ''] = await letters.park([aRefusal('{1')]);
    await expect(letters.park([aRefusal('{2'), aRefusal('{3')])).rejects.toMatchObject({
      code: 'dead_letters_full',
      message: expect.stringContaining('discard some'),
    });
    expect(letters.counts()).toMatchObject({ parked: 1, bytes: 2 });
    await letters.discard(id, { actor: 'a', reason: 'r' });
    expect(await letters.park([aRefusal('{2'), aRefusal('{3')])).toHaveLength(2);
  });

  it('knows nothing of other ids', async () => {
    const { letters } = await made();
    expect(await letters.get('0')).toBeUndefined();
    const unknown = { code: 'dead_letter_unknown' };
    await expect(letters.replay('0', { actor: 'a' }, stored)).rejects.toMatchObject(unknown);
    await expect(letters.discard('0', { actor: 'a', reason: 'r' })).rejects.toMatchObject(unknown);
    await expect(letters.list({}, { first: 1, after: '0' })).rejects.toMatchObject(unknown);
  });

  it('takes no more once it is closed', async () => {
    const { letters } = await made();
    await letters.close();
    await expect(letters.park([aRefusal('{')])).rejects.toMatchObject({ code: 'dead_letters_closed' });
  });
}

function describeListing(made: Made): void {
  it('lists the newest first, page by page', async () => {
    const { letters } = await made();
    const ids: string[] = [];
    for (let n = 0; n < 7; n += 1) ids.unshift(idOf(await letters.park([aRefusal(`{${n}`)])));
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const page = await letters.list({}, { first: 3, after });
      expect(page.deadLetters.length).toBeLessThanOrEqual(3);
      seen.push(...page.deadLetters.map(({ id }) => id));
      after = page.next;
    } while (after !== undefined);
    expect(seen).toEqual(ids);
  });

  it('filters by state and by code', async () => {
    const { letters } = await made();
    const [first = ''] = await letters.park([aRefusal('{'), aRefusal('[', { code: 'too_deep' })]);
    await letters.discard(first, { actor: 'a', reason: 'r' });
    const codes = async (filter: Parameters<DeadLetters['list']>[0]) =>
      (await letters.list(filter, { first: 9 })).deadLetters.map(({ code }) => code);
    expect(await codes({ state: 'parked' })).toEqual(['too_deep']);
    expect(await codes({ state: 'discarded' })).toEqual(['invalid_json']);
    expect(await codes({ code: 'too_deep' })).toEqual(['too_deep']);
    expect(await codes({ state: 'replayed' })).toEqual([]);
  });
}

function describeReplaying(made: Made): void {
  it('hands the piece over as it came, and remembers who stored it where', async () => {
    const { letters } = await made();
    const id = idOf(await letters.park([aRefusal('{"a":1}')]));
    const sent: string[] = [];
    const letter = await letters.replay(id, { actor: 'mara' }, async ({ bytes }) => {
      sent.push(Buffer.from(bytes).toString());
      return { ok: true, position: '7' };
    });
    expect(sent).toEqual(['{"a":1}']);
    expect(letter).toMatchObject({
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
    expect(letters.counts()).toMatchObject({ parked: 0, replayed: 1, byCode: {} });
  });

  it('stays parked under the newest reason when it is refused again', async () => {
    const { letters, reopen } = await made();
    const id = idOf(await letters.park([aRefusal('{', { value: '1' })]));
    const reason = { code: 'too_deep', message: 'deep', pointer: '/a' };
    await letters.replay(id, { actor: 'mara' }, async () => ({ ok: false, reason }));
    const opened = await (await reopen()).get(id);
    expect(opened?.deadLetter).toMatchObject({
      ...reason,
      state: 'parked',
      history: [{ outcome: 'refused', reason: 'too_deep: deep' }],
    });
    expect(opened?.deadLetter.value).toBeUndefined();
    expect(letters.counts()).toMatchObject({ parked: 1, byCode: { too_deep: 1 } });
  });

  it('hands over fixed bytes in the place of what came, and keeps what came', async () => {
    const { letters } = await made();
    const id = idOf(await letters.park([aRefusal('{', { value: '1' })]));
    const fixed = Buffer.from('{}');
    const sent: string[] = [];
    const refuse = async ({ bytes }: { bytes: Uint8Array }) => {
      sent.push(Buffer.from(bytes).toString());
      return { ok: false, reason: { code: 'invalid_envelope', message: 'no id', pointer: '/id' } } as const;
    };
    const refused = await letters.replay(id, { actor: 'mara', fixed }, refuse);
    expect(refused).toMatchObject({ code: 'invalid_json', value: '1', history: [{ fixed: true }] });
    const replayed = await letters.replay(id, { actor: 'mara', fixed }, stored);
    expect(replayed.history).toMatchObject([{ outcome: 'refused' }, { outcome: 'stored', fixed: true }]);
    expect(sent).toEqual(['{}']);
    expect((await letters.get(id))?.bytes?.toString()).toBe('{');
  });

  it('is as it was when nobody knows what came of a replay', async () => {
    const { letters } = await made();
    const id = idOf(await letters.park([aRefusal('{')]));
    const fail = async (): Promise<never> => {
      throw new Error('outcome unknown');
    };
    await expect(letters.replay(id, { actor: 'mara' }, fail)).rejects.toThrow('outcome unknown');
    expect((await letters.get(id))?.deadLetter).toMatchObject({ state: 'parked', history: [] });
  });

  it('is settled once', async () => {
    const { letters } = await made();
    const id = idOf(await letters.park([aRefusal('{')]));
    await letters.replay(id, { actor: 'mara' }, stored);
    const settled = { code: 'dead_letter_settled' };
    await expect(letters.replay(id, { actor: 'mara' }, stored)).rejects.toMatchObject(settled);
    await expect(letters.discard(id, { actor: 'a', reason: 'r' })).rejects.toMatchObject(settled);
  });
}

function describeDiscarding(made: Made): void {
  it('drops the piece, keeps who discarded it why, and sees it when it comes again', async () => {
    const { letters, reopen } = await made();
    const id = idOf(await letters.park([aRefusal('{')]));
    await letters.discard(id, { actor: 'mara', reason: 'a test of ours' });
    await letters.park([aRefusal('{')]);
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
