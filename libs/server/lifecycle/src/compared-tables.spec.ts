import { Fault, formatLogPosition } from '@tributary/kernel';
import type { SqlReader } from '@tributary/kernel';
import { afterEach, describe, expect, it } from 'vitest';
import type { GroupFinding, Outcome } from '@tributary/projection';
import { openComparedTables } from './compared-tables.ts';
import type { ComparedTables } from './compared-tables.ts';
import { eventsLook } from './counted-looks.ts';
import type { Look, RowLooks } from './counted-looks.ts';

const EVENTS = 4;
const position = formatLogPosition([EVENTS]);
const log = {
  head: () => position,
  digestAt: (end: string) => Promise.resolve(BigInt(end) * 10n),
  read: () => Promise.resolve([]),
};

let compared: ComparedTables | undefined;
afterEach(() => compared?.close());

/** Tables that answer as a test says, one answer after the other; the last one is repeated. */
const open = (...answers: (bigint | Fault)[]): Promise<ComparedTables> => openWith(answers);

async function openWith(
  answers: (bigint | Fault)[],
  rows?: RowLooks,
  more: { readonly interval?: number; readonly restarts?: () => number } = {},
): Promise<ComparedTables> {
  let count = 0;
  const all = (): Promise<unknown[]> => {
    const answer = answers[Math.min(count, answers.length - 1)];
    count += 1;
    return answer instanceof Fault
      ? Promise.reject(answer)
      : Promise.resolve([{ position_range: 0, events: EVENTS, digest: answer }]);
  };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the comparison asks one question
  const reader = { all } as unknown as SqlReader;
  const tables = { position: () => position, unsettled: () => undefined };
  compared = await openComparedTables({
    events: eventsLook({ reader, log, tables, partitions: 1 }),
    interval: 5,
    totalsInterval: 5,
    recheck: 5,
    clock: () => Date.UTC(2026, 10, 29, 12) * 1_000,
    ...(rows && { rows }),
    ...more,
  });
  return compared;
}

const SAME = 40n;
const OTHER = 41n;
const unavailable = new Fault('engine_unreachable', 'ClickHouse does not answer', { retryable: true });

it('say nothing where they hold the events of the log', async () => {
  const opened = await open(SAME);
  expect(opened.shortfall()).toBeUndefined();
  expect(opened.conditions()).toEqual([]);
});

it('say what differs, until it no longer does', async () => {
  const opened = await open(OTHER, OTHER, OTHER, OTHER, SAME);
  expect(opened.shortfall()).toContain('at positions 1 to 4 they hold other events than the log');
  expect(opened.conditions()).toMatchObject([{ code: 'tables_of_another_log' }]);
  await expect.poll(() => opened.shortfall()).toBeUndefined();
  expect(opened.conditions()).toEqual([]);
});

it('are not called different where a replica of theirs was behind for a moment', async () => {
  const opened = await open(OTHER, SAME);
  expect(opened.shortfall()).toBeUndefined();
});

it('are not called complete before they could be compared, and stay what they were while they cannot', async () => {
  const opened = await open(unavailable, unavailable, SAME, unavailable);
  expect(opened.shortfall()).toBe('the tables cannot be compared with the log: ClickHouse does not answer');
  expect(opened.conditions()).toEqual([]);
  await expect.poll(() => opened.shortfall()).toBeUndefined();
});

describe('rows', () => {
  const lacking = (table: string): GroupFinding => ({
    code: 'tables_short',
    detail: `${table} has 0 of 9 rows`,
  });
  /** Looks that find what a test says at the moment, and how often each was made. */
  function looksOf(found: Partial<Record<'totals' | 'runs' | 'steps', Outcome>>) {
    const made: Record<string, number> = {};
    const looking = (name: 'totals' | 'runs' | 'steps') => ({
      name,
      look: () => {
        made[name] = (made[name] ?? 0) + 1;
        return Promise.resolve(found[name]);
      },
    });
    return { made, rows: { totals: looking('totals'), rows: [looking('runs'), looking('steps')] } };
  }

  it('that a table lacks are named until it has them again', async () => {
    const found = { steps: lacking('steps') };
    const opened = await openWith([SAME], looksOf(found).rows);
    expect(opened.shortfall()).toContain('steps has 0 of 9 rows; a projector fills them again');
    expect(opened.conditions()).toMatchObject([{ code: 'tables_short' }]);
    Reflect.deleteProperty(found, 'steps');
    await expect.poll(() => opened.shortfall()).toBeUndefined();
  });

  it('that a table lacks are named as before while nothing can be compared, and a first comparison is waited for', async () => {
    const found = { steps: lacking('steps') };
    const state = { unsettled: undefined as Fault | undefined, looks: 0 };
    const { rows } = looksOf(found);
    const settled = ({ name, look }: Look): Look => ({
      name,
      look: () => {
        state.looks += 1;
        return state.unsettled ? Promise.reject(state.unsettled) : look();
      },
    });
    const opened = await openWith([SAME], {
      totals: settled(rows.totals),
      rows: rows.rows.map((one) => settled(one)),
    });
    expect(opened.conditions()).toMatchObject([{ code: 'tables_short' }]);
    state.unsettled = new Fault('tables_exchanging', 'they are exchanged', { retryable: true });
    Reflect.deleteProperty(found, 'steps');
    const { looks } = state;
    await expect.poll(() => state.looks).toBeGreaterThan(looks + 3);
    const since = /^the tables .* not compared since 2026-11-29T12:00:00\.000000Z: they are exchanged$/;
    expect(opened.conditions()).toEqual([{ code: 'tables_short', detail: expect.stringMatching(since) }]);
    state.unsettled = undefined;
    await expect.poll(() => opened.shortfall()).toBeUndefined();
  });

  it('that a table lacks are named until it was compared again, however long that takes, and others are compared without it', async () => {
    const found: Parameters<typeof looksOf>[0] = { steps: lacking('steps') };
    const { made, rows } = looksOf(found);
    const opened = await openWith([SAME], rows);
    expect(opened.shortfall()).toContain('steps has 0 of 9 rows');
    found.steps = { code: 'not_compared', detail: 'steps was not compared: it took too long' };
    const looks = made['steps'] ?? 0;
    await expect.poll(() => made['steps']).toBeGreaterThan(looks + 2);
    expect(opened.conditions()).toMatchObject([{ code: 'tables_short' }]);
    expect(opened.shortfall()).toContain('steps has 0 of 9 rows');
    expect(opened.shortfall()).toContain(
      'not compared since 2026-11-29T12:00:00.000000Z: steps was not compared: it took too long',
    );
    Reflect.deleteProperty(found, 'steps');
    found.runs = { code: 'not_compared', detail: 'runs was not compared: it took too long' };
    await expect.poll(() => opened.shortfall()).toBeUndefined();
  });

  it('that seem to be missing are looked at until they could be compared again', async () => {
    const found: Parameters<typeof looksOf>[0] = {};
    const { made, rows } = looksOf(found);
    const opened = await openWith([SAME], rows, { interval: 3_600_000 });
    found.totals = { ...lacking('runs'), mayPass: true };
    await expect.poll(() => opened.shortfall()).toContain('are compared again');
    found.totals = { code: 'not_compared', detail: 'runs was not compared' };
    const looks = made['totals'] ?? 0;
    await expect.poll(() => made['totals']).toBeGreaterThan(looks + 3);
    expect(opened.shortfall()).toContain('runs has 0 of 9 rows) and are compared again');
    Reflect.deleteProperty(found, 'totals');
    await expect.poll(() => opened.shortfall()).toBeUndefined();
  });

  it('that may be on their way are looked for until they are there, and answers say so meanwhile', async () => {
    const found: Parameters<typeof looksOf>[0] = {};
    const { made, rows } = looksOf(found);
    const opened = await openWith([SAME], rows, { interval: 3_600_000 });
    found.totals = { ...lacking('runs'), mayPass: true };
    await expect.poll(() => opened.shortfall()).toContain('runs has 0 of 9 rows) and are compared again');
    const looks = made['totals'] ?? 0;
    await expect.poll(() => made['totals']).toBeGreaterThan(looks + 3);
    expect(opened.conditions()).toEqual([]);
    Reflect.deleteProperty(found, 'totals');
    await expect.poll(() => opened.shortfall()).toBeUndefined();
  });

  it('that the engine no longer knows are not called complete before all of them were compared again', async () => {
    const found: Parameters<typeof looksOf>[0] = {};
    const { made, rows } = looksOf(found);
    let fault: Fault | undefined;
    const totals = async (): Promise<Outcome> => (fault ? Promise.reject(fault) : rows.totals.look());
    const opened = await openWith(
      [SAME],
      { ...rows, totals: { name: 'totals', look: totals } },
      { interval: 3_600_000 },
    );
    expect(opened.shortfall()).toBeUndefined();
    fault = new Fault('query_refused', 'there is no table log_range');
    await expect.poll(() => opened.shortfall()).toContain('there is no table log_range');
    expect(made).toMatchObject({ runs: 1, steps: 1 });
    fault = undefined;
    await expect.poll(() => opened.shortfall()).toBeUndefined();
    expect(made).toMatchObject({ runs: 2, steps: 2 });
  });

  it('of a group that begins again are not called complete before all of them were compared again', async () => {
    const { made, rows } = looksOf({});
    let restarts = 0;
    const opened = await openWith([SAME], rows, { interval: 3_600_000, restarts: () => restarts });
    expect(opened.shortfall()).toBeUndefined();
    restarts += 1;
    expect(opened.shortfall()).toContain('has begun to fill the tables again');
    await expect.poll(() => opened.shortfall()).toBeUndefined();
    expect(made).toMatchObject({ runs: 2, steps: 2 });
  });

  it('are counted more often than they are read', async () => {
    const { made, rows } = looksOf({});
    await openWith([SAME], rows, { interval: 3_600_000 });
    await expect.poll(() => made['totals']).toBeGreaterThan(3);
    expect(made).toMatchObject({ runs: 1, steps: 1 });
  });

  it('that are lost later are found by their number, and the others are compared before it is forgotten', async () => {
    const found: Parameters<typeof looksOf>[0] = {};
    const { made, rows } = looksOf(found);
    const opened = await openWith([SAME], rows, { interval: 3_600_000 });
    expect(opened.shortfall()).toBeUndefined();
    found.totals = lacking('runs');
    await expect.poll(() => opened.conditions()).toMatchObject([{ code: 'tables_short' }]);
    expect(opened.shortfall()).toContain('runs has 0 of 9 rows');
    Reflect.deleteProperty(found, 'totals');
    await expect.poll(() => opened.shortfall()).toBeUndefined();
    expect(made).toMatchObject({ runs: 2, steps: 2 });
  });
});
