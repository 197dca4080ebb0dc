import { setTimeout as pause } from 'node:timers/promises';
import { Fault } from '@tributary/kernel';
import type { GroupFinding } from '@tributary/projection';
import { afterEach, expect, it, vi } from 'vitest';
import { startGroupRefill } from './group-refill.ts';
import type { GroupRefill } from './group-refill.ts';

const SHORT: GroupFinding = { code: 'tables_short', detail: 'steps has 0 of 9 rows' };

let refill: GroupRefill | undefined;
afterEach(() => refill?.close());
afterEach(() => vi.useRealTimers());

/** A group whose tables are as a test says at the moment, and what was done about them. */
type State = {
  finding?: GroupFinding | undefined;
  incomplete?: string | undefined;
  isOurs?: boolean;
  isExchanging?: boolean;
};

function openGroup(state: State) {
  const done = { refills: 0, compared: 0, open: 0 };
  const begin = (fill: () => Promise<void> | void, elapsed?: () => number) => {
    refill = startGroupRefill({
      ...(elapsed && { elapsed }),
      interval: 1,
      isOurs: () => state.isOurs ?? true,
      incomplete: () => state.incomplete,
      isExchanging: () => Promise.resolve(state.isExchanging ?? false),
      compare: () => {
        done.compared += 1;
        done.open += 1;
        return Promise.resolve({
          finding: () => state.finding,
          shortfall: () => state.finding?.detail,
          close: () => Promise.resolve(void (done.open -= 1)),
        });
      },
      refill: async () => {
        done.refills += 1;
        await fill();
      },
    });
    return refill;
  };
  return { state, done, begin };
}

const mend = (state: { finding?: GroupFinding | undefined }) => () => void (state.finding = undefined);

it('fills tables that lack rows again, and says so meanwhile', async () => {
  const { state, done, begin } = openGroup({ finding: SHORT });
  let filled = (): void => undefined;
  const untilFilled = new Promise<void>((resolve) => (filled = resolve));
  const started = begin(() => untilFilled.then(mend(state)));
  await expect
    .poll(() => started.conditions())
    .toEqual([
      {
        code: 'tables_short',
        detail: 'the tables lack rows: steps has 0 of 9 rows; they are being filled again from the log',
      },
    ]);
  filled();
  await expect.poll(() => started.conditions()).toEqual([]);
  expect(done.refills).toBe(1);
});

it('leaves tables of another log, and those of a process that does not look after them', async () => {
  const { state, done, begin } = openGroup({
    finding: { code: 'tables_of_another_log', detail: 'other events' },
  });
  const started = begin(() => undefined);
  await pause(30);
  state.isOurs = false;
  state.finding = SHORT;
  await expect.poll(() => done.open).toBe(0);
  await pause(30);
  expect(done.refills).toBe(0);
  expect(started.conditions()).toEqual([]);
});

it('fills them again at once where this process has noticed what they lack, whoever looks after them', async () => {
  const { state, done, begin } = openGroup({ isOurs: false, isExchanging: true, incomplete: 'rows of 3' });
  const started = begin(() => void (state.incomplete = undefined));
  await pause(30);
  expect([done.refills, started.conditions()]).toEqual([0, []]);
  state.isExchanging = false;
  await expect.poll(() => done.refills).toBe(1);
  await expect.poll(() => started.conditions()).toEqual([]);
  expect(done.compared).toBe(0);
});

it('fills them again, after a rest of a minute at most, as long as a partition waits for it', async () => {
  const { state, done, begin } = openGroup({ isOurs: false, incomplete: 'rows of 3' });
  let now = 0;
  begin(
    () => {
      now += 3 * 3_600_000;
      if (done.refills === 1) throw new Fault('disk_full', 'no room', { retryable: true });
    },
    () => now,
  );
  await expect.poll(() => done.refills).toBe(1);
  now += 60_000;
  await expect.poll(() => done.refills).toBe(2);
  now += 60_000;
  await expect.poll(() => done.refills).toBe(3);
  state.incomplete = undefined;
  now += 60_000;
  await pause(50);
  expect(done.refills).toBe(3);
});

it('fills them for a partition that waits, however long it rests for what else was short', async () => {
  const { state, done, begin } = openGroup({ finding: SHORT });
  let now = 0;
  begin(
    () => {
      now += 3 * 3_600_000;
      state.finding = undefined;
      state.incomplete = undefined;
    },
    () => now,
  );
  await expect.poll(() => done.refills).toBe(1);
  state.incomplete = 'rows of 3';
  await expect.poll(() => done.refills).toBe(2);
});

it('finishes each exchange that is interrupted while a partition waits', async () => {
  const { state, done, begin } = openGroup({ isExchanging: true, incomplete: 'rows of 3' });
  let now = 0;
  begin(
    () => void (state.isExchanging = false),
    () => now,
  );
  await expect.poll(() => done.refills).toBeGreaterThan(1);
  state.isExchanging = true;
  const before = done.refills;
  now += 15_000;
  await expect.poll(() => done.refills).toBeGreaterThan(before);
});

it('fills them once where they are found to be the same afterwards, also when the partitions come back', async () => {
  const { state, done, begin } = openGroup({ finding: SHORT });
  const started = begin(() => undefined);
  await expect.poll(() => done.refills).toBe(1);
  state.isOurs = false;
  await expect.poll(() => done.open).toBe(0);
  state.isOurs = true;
  await expect.poll(() => done.compared).toBe(2);
  await pause(1_100);
  expect(done.refills).toBe(1);
  expect(started.conditions()[0]?.detail).toContain('they were filled again from the log');
});

it('tells why it could not, tries again after a rest, and finishes an exchange that was interrupted', async () => {
  const { state, done, begin } = openGroup({ isExchanging: true });
  const started = begin(() => {
    if (done.refills === 1) throw new Fault('engine_unreachable', 'no room', { retryable: true });
    state.isExchanging = false;
  });
  await expect.poll(() => started.conditions()[0]?.detail ?? '').toContain('tried again: no room');
  expect(done.refills).toBe(1);
  await expect.poll(() => done.refills, { timeout: 5_000 }).toBe(2);
  await expect.poll(() => started.conditions()).toEqual([]);
});

it('finishes an exchange at once, however long filling took and often failed', async () => {
  const { state, done, begin } = openGroup({ finding: SHORT });
  let now = 0;
  begin(
    () => {
      now += 20 * 60 * 1_000;
      if (done.refills < 3) {
        state.isExchanging = done.refills === 2;
        throw new Fault('engine_unreachable', 'it restarts', { retryable: true });
      }
      state.isExchanging = false;
      state.finding = undefined;
    },
    () => now,
  );
  await expect.poll(() => done.refills).toBe(1);
  now += 80 * 60 * 1_000;
  await expect.poll(() => done.refills, { timeout: 5_000 }).toBe(3);
});

it('rests longer and longer where filling does not help', async () => {
  const { state, done, begin } = openGroup({ finding: SHORT });
  let now = 0;
  begin(
    () => {
      now += 1_000;
      state.finding = { code: 'tables_short', detail: `steps has 0 of ${10 + done.refills} rows` };
    },
    () => now,
  );
  await expect.poll(() => done.refills).toBe(1);
  now += 4_000;
  await expect.poll(() => done.refills).toBe(2);
  now += 4_000;
  await pause(50);
  expect(done.refills).toBe(2);
  now += 4_000;
  await expect.poll(() => done.refills).toBe(3);
});

it.each([
  ['back by an hour', -3_600_000],
  ['on by a week', 7 * 24 * 3_600_000],
])(
  'tries again when it has rested, although the clock of the system is set %s meanwhile',
  async (_, step) => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const { done, begin } = openGroup({ finding: SHORT });
    begin(() => {
      vi.setSystemTime(Date.now() + step);
      throw new Fault('engine_unreachable', 'it restarts', { retryable: true });
    });
    await expect.poll(() => done.refills, { timeout: 5_000 }).toBeGreaterThan(1);
  },
);

it('ends while it fills', async () => {
  const { begin } = openGroup({ finding: SHORT });
  let began = (): void => undefined;
  const beginning = new Promise<void>((resolve) => (began = resolve));
  let ended = (): void => undefined;
  const started = begin(() => {
    began();
    return new Promise<void>((resolve) => (ended = resolve));
  });
  await beginning;
  const closing = started.close();
  ended();
  await closing;
});
