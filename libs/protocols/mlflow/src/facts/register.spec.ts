import type { MadeFact } from '@tributary/capture';
import { memoryLog, storedOf } from '@tributary/event-log';
import type { Appended, Conflict, Receipt } from '@tributary/event-log';
import { Fault, underSignal } from '@tributary/kernel';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { storedIn } from './facts.fixture.ts';
import { appendDrafts, contentFact, newestSetting, settingAt, settingFact } from './register.ts';
import type { DraftFact, Register, TrackerLog } from './register.ts';

const REGISTER: Register = ['run', 'r', 'tag', 't'];
const fact = (value: string): MadeFact => ({
  type: 'training.run.annotated',
  data: { runId: 'r', tags: { t: value } },
});

let log: ReturnType<typeof memoryLog>;
beforeEach(() => {
  log = memoryLog();
});

/** Appends settings one after another. */
async function setAll(register: Register, values: readonly string[]): Promise<void> {
  for (const [index, value] of values.entries())
    await appendDrafts(log, async () => [settingFact(register, index, fact(value))]);
}

it('appends nothing for a client that leaves while its drafts are made', async () => {
  const client = new AbortController();
  const draft = async () => {
    client.abort(new Fault('client_left', 'left'));
    return [settingFact(REGISTER, 0, fact('a'))];
  };
  await expect(underSignal(client.signal, () => appendDrafts(log, draft))).rejects.toThrow('left');
  expect(await storedIn(log)).toEqual([]);
});

/** A log that counts look-ups. */
function counted(): { readonly log: TrackerLog; readonly count: () => number } {
  let finds = 0;
  const find: TrackerLog['find'] = (source, id) => {
    finds += 1;
    return log.find(source, id);
  };
  return { log: { find, append: (events, options) => log.append(events, options) }, count: () => finds };
}

describe('a register', () => {
  it('is empty before its first setting', async () => {
    expect(await newestSetting(log, REGISTER)).toEqual({ count: 0, newest: undefined });
    expect(await settingAt(log, REGISTER, 0)).toBeUndefined();
  });

  it('has as many settings as were made, and the last one is the newest', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: 40 }), async (count) => {
        log = memoryLog();
        await setAll(
          REGISTER,
          Array.from({ length: count }, (_, index) => String(index)),
        );
        const { newest, ...rest } = await newestSetting(log, REGISTER);
        expect(rest).toEqual({ count });
        expect(newest?.data['tags']).toEqual(count === 0 ? undefined : { t: String(count - 1) });
      }),
      { seed: 7, numRuns: 40 },
    );
  });

  it('is read in a number of look-ups that grows with the logarithm of its settings', async () => {
    const values = Array.from({ length: 300 }, (_, index) => String(index));
    await setAll(REGISTER, values);
    const { log: reader, count } = counted();
    await newestSetting(reader, REGISTER);
    expect(count()).toBeLessThanOrEqual(2 * Math.ceil(Math.log2(300)) + 2);
  });

  it('is apart from registers whose names are alike', async () => {
    await setAll(REGISTER, ['a']);
    for (const other of [
      ['run', 'r', 'tag'],
      ['run', 'r', 'tag', 't', 0],
      ['run', 'r', 'tag', 'T'],
      ['model', 'r', 'tag', 't'],
      ['run', 'r,tag', 't'],
    ])
      expect(await newestSetting(log, other)).toEqual({ count: 0, newest: undefined });
  });

  it('keeps every setting, with its type, its time and its data', async () => {
    const time = '2025-11-24T16:00:00.000000Z';
    await appendDrafts(log, async () => [settingFact(REGISTER, 0, { ...fact('a'), time })]);
    await appendDrafts(log, async () => [settingFact(REGISTER, 1, fact('b'))]);
    expect(await settingAt(log, REGISTER, 0)).toEqual({ ...fact('a'), time });
    expect(await settingAt(log, REGISTER, 1)).toEqual(fact('b'));
    expect(await settingAt(log, REGISTER, 2)).toBeUndefined();
  });
});

describe('drafts', () => {
  it('are appended all or none', async () => {
    await setAll(REGISTER, ['a']);
    const refuse = async () => new Error('the first is taken');
    const draft = async () => [
      contentFact(['other'], fact('x')),
      { ...settingFact(REGISTER, 0, fact('b')), refuse },
    ];
    await expect(appendDrafts(log, draft)).rejects.toThrow('the first is taken');
    expect(await storedIn(log)).toHaveLength(1);
  });

  it('are made again for the state that another writer left', async () => {
    const seen: number[] = [];
    await appendDrafts(log, async () => {
      const { count } = await newestSetting(log, REGISTER);
      seen.push(count);
      if (count < 2) await setAll(REGISTER, ['a', 'b'].slice(0, count + 1));
      return [settingFact(REGISTER, count, fact('mine'))];
    });
    expect(seen).toEqual([0, 1, 2]);
    expect((await newestSetting(log, REGISTER)).newest?.data['tags']).toEqual({ t: 'mine' });
  });

  it('are given up after 32 attempts with a fault that is retryable', async () => {
    await setAll(REGISTER, ['a']);
    let tries = 0;
    const late = async () => {
      tries += 1;
      return [settingFact(REGISTER, 0, fact('b'))];
    };
    await expect(appendDrafts(log, late)).rejects.toMatchObject({
      code: 'RESOURCE_CONFLICT',
      retryable: true,
    });
    expect(tries).toBe(32);
  });

  it('that are none append nothing', async () => {
    await appendDrafts(log, async () => []);
    expect(await storedIn(log)).toEqual([]);
  });

  it('of equal content are stored once, from any number of writers', async () => {
    const write = () => appendDrafts(log, async () => [contentFact(['same'], fact('a'))]);
    await Promise.all([write(), write(), write()]);
    expect(await storedIn(log)).toHaveLength(1);
  });

  it('that break their schema are refused before anything is stored', async () => {
    const draft = async () => [contentFact(['x'], { type: 'training.run.annotated', data: { runId: '' } })];
    await expect(appendDrafts(log, draft)).rejects.toMatchObject({ code: 'fact_invalid' });
    expect(await storedIn(log)).toEqual([]);
  });
});

describe('a request of which a part is stored all the same', () => {
  const other: Register = ['run', 'r', 'tag', 'u'];
  const receipt = { id: 'b', position: '2' } as unknown as Receipt;
  const conflict: Conflict = { index: 0, source: 's', id: 'a', knownHash: '1', offeredHash: '2' };
  const outcomes = (...appended: readonly (Appended | Fault)[]): TrackerLog => {
    const left = [...appended];
    return {
      find: () => Promise.resolve(undefined),
      async append() {
        const next = left.shift() ?? { ok: false, conflicts: [conflict] };
        if (next instanceof Fault) throw next;
        return next;
      },
    };
  };
  const stored: Appended = { ok: false, conflicts: [conflict], stored: [receipt] };
  const drafts = (refuse?: DraftFact['refuse']) => async () => [
    { ...settingFact(REGISTER, 0, fact('a')), ...(refuse && { refuse }) },
    settingFact(other, 0, fact('b')),
  ];

  it.each([
    ['other writers were faster', outcomes(stored), undefined, 'RESOURCE_CONFLICT'],
    ['the next attempt fails', outcomes(stored, new Fault('log_overdue', 'late')), undefined, 'log_overdue'],
    ['a draft is refused', outcomes(stored), async () => new Fault('refused', 'no'), 'refused'],
  ])('is named where %s', async (_, writes, refuse, code) => {
    const failed = await appendDrafts(writes, drafts(refuse)).catch((fault: unknown) => fault);
    expect(failed).toMatchObject({
      code,
      message: expect.stringContaining('1 facts of this request are stored'),
    });
    expect(storedOf(failed)).toEqual([receipt]);
  });

  it('is not named where nothing of it is', async () => {
    const failed = await appendDrafts(outcomes(), drafts()).catch((fault: unknown) => fault);
    expect(failed).toMatchObject({ code: 'RESOURCE_CONFLICT' });
    expect(storedOf(failed)).toEqual([]);
  });
});
