import { Fault, retry, sleep } from '@tributary/kernel';
import type { SqlReader } from '@tributary/kernel';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import type { Projector } from '../projector.ts';
import { openRebuildStage } from '../rebuild/rebuild.fixture.ts';
import type { RebuildStage } from '../rebuild/rebuild.fixture.ts';
import { rowTotals } from './check-queries.ts';
import { checksOf, projections } from './tables-watch.fixture.ts';

let stage: RebuildStage;
beforeAll(async () => {
  stage = await openRebuildStage();
});
afterEach(() => stage.renew());
afterAll(() => stage.remove());

/** Checks by a reader that an engine full of questions refuses now and then, and that a test can make due. */
function openChecks() {
  const asked = { queries: 0, waits: 0, failing: new Set<number>(), code: 'engine_busy', areMany: false };
  const checks = checksOf(stage.engine, stage.log);
  let now = 0;
  let due = (): void => undefined;
  const reader: SqlReader = {
    async all(query, params) {
      asked.queries += 1;
      if (asked.failing.has(asked.queries)) throw new Fault(asked.code, 'not now', { retryable: true });
      const rows = await checks.reader.all(query, params);
      if (query.name !== rowTotals.name || !asked.areMany) return rows;
      /* As many rows as are not compared while nothing is inserted. */
      return rows.map((row) => {
        const { counted_rows, stored_rows, ...rest } = rowTotals.row.parse(row);
        return query.row.parse({
          ...rest,
          counted_rows: counted_rows * 100_000,
          stored_rows: stored_rows * 100_000,
        });
      });
    },
  };
  const untilNext = (signal: AbortSignal, within?: number) =>
    new Promise<undefined>((resolve, reject) => {
      asked.waits += 1;
      if (signal.aborted) reject(signal.reason);
      signal.addEventListener('abort', () => reject(signal.reason));
      due = () => resolve(undefined);
      if (within === undefined) return;
      now += within;
      setTimeout(due, 5);
    });
  return {
    asked,
    /** A comparison has ended, however. */
    checked: async (): Promise<void> => {
      const { waits } = asked;
      due();
      await vi.waitUntil(() => asked.waits > waits, { timeout: 30_000 });
    },
    start: (): Promise<Projector> =>
      stage.start({
        logId: 'log',
        projections,
        checks: { ...checks, reader, elapsed: () => now, untilNext },
      }),
  };
}

async function fill(projector: Projector): Promise<void> {
  await stage.fill(1);
  await projector.reached(stage.log.head());
}

const numbers = (first: number, last: number): number[] =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index);

/** Waits for a comparison in the background, of which one can begin after another. */
const held = <Result>(work: () => Promise<Result>): Promise<Result> =>
  retry(work, {
    firstDelay: 5,
    maxDelay: 5,
    sleep,
    isRetryable: (fault) => fault instanceof Fault && fault.code === 'rebuild_under_way',
  });

it('goes on following the log, whichever query of a check the engine refuses for now, and compares the tables in the end', async () => {
  const aHistory = fc.record({
    acts: fc.array(fc.constantFrom('rebuild', 'empty', 'check'), { minLength: 1, maxLength: 2 }),
    failing: fc.uniqueArray(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 20 }),
    code: fc.constantFrom('engine_busy', 'query_overdue'),
  });
  await fc.assert(
    fc.asyncProperty(aHistory, async ({ acts, failing, code }) => {
      await stage.renew();
      const { asked, checked, start } = openChecks();
      const projector = await start();
      await fill(projector);
      Object.assign(asked, { queries: 0, failing: new Set(failing), code });
      for (const act of acts) {
        if (act === 'rebuild') await held(() => projector.rebuildInShadow());
        if (act === 'empty') await held(() => projector.rebuild());
        if (act === 'check') await checked();
        await fill(projector);
        expect(projector.fault()).toBeUndefined();
      }
      asked.failing = new Set();
      await expect.poll(() => projector.shortfall(), { timeout: 30_000 }).toBeUndefined();
      await fill(projector);
      expect([projector.fault(), projector.findings()]).toEqual([undefined, []]);
    }),
    {
      numRuns: 4,
      endOnFailure: true,
      /* The comparison after a rebuild, and the one after a check that found nothing. */
      examples: [
        [{ acts: ['rebuild'], failing: numbers(1, 30), code: 'query_overdue' }],
        [{ acts: ['check'], failing: numbers(22, 40), code: 'engine_busy' }],
      ],
    },
  );
});

it('says why the tables are not compared after a rebuild, and compares them soon, not when the next check is due', async () => {
  const { asked, start } = openChecks();
  const projector = await start();
  await fill(projector);
  asked.failing = new Set(numbers(1, 400));
  await held(() => projector.rebuildInShadow());
  expect(projector.shortfall()).toContain('have not been compared with the log yet, and it is tried again: ');
  asked.failing = new Set();
  await expect.poll(() => projector.shortfall(), { timeout: 30_000 }).toBeUndefined();
});

it('lets a rebuild begin that somebody wants while large tables were never compared since the start', async () => {
  const { asked, start } = openChecks();
  await fill(await start());
  asked.areMany = true;
  asked.failing = new Set(numbers(asked.queries + 8, asked.queries + 400));
  const projector = await start();
  expect(projector.shortfall()).toContain('have not been compared');
  expect(await held(() => projector.rebuildInShadow())).toMatchObject({ exchanged: true });
  asked.failing = new Set();
  await expect.poll(() => projector.shortfall(), { timeout: 30_000 }).toBeUndefined();
});
