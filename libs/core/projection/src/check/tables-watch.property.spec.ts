import { setImmediate as turn } from 'node:timers/promises';
import { Fault, START, positionFromText } from '@tributary/kernel';
import type { SqlReader } from '@tributary/kernel';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { CompleteState } from '../state/tables-state.ts';
import { rowTotals } from './check-queries.ts';
import { TablesWatch } from './tables-watch.ts';
import { projections } from './tables-watch.fixture.ts';

/** How one piece of work ends: at once, in a microtask, or after something else has run. */
const anEnd = fc.record({
  when: fc.constantFrom('thrown', 'soon', 'later'),
  fault: fc.constantFrom('rebuild_under_way', 'engine_busy', 'query_overdue', undefined),
});
type End = { readonly when: string; readonly fault: string | undefined };

function settle<Result>({ when, fault }: End, work: () => Promise<Result>): Promise<Result> {
  const reason = fault === undefined ? undefined : new Fault(fault, 'not now', { retryable: true });
  if (when === 'thrown' && reason) return Promise.reject(reason);
  const before = when === 'later' ? turn() : Promise.resolve();
  return before.then(() => (reason ? Promise.reject(reason) : work()));
}

const stateAt = (position: string): CompleteState => ({
  kind: 'complete',
  position: positionFromText(position),
  generation: { epoch: 1, version: 'v1' },
  batch: { from: START, to: positionFromText(position), token: '' },
});

/** More rows than are compared while nothing is inserted. */
const MANY = { table_name: 'training_step', counted_rows: 6_000_000, stored_rows: 6_000_000 };

type History = {
  readonly comparisons: readonly End[];
  readonly refills: readonly End[];
  readonly isShort: boolean;
};

/** Plays a history against a watch of large tables; resolves with the comparisons that began in one turn of the event loop. */
async function mostInOneTurn({ comparisons, refills, isShort }: History): Promise<number> {
  const [left, fills] = [[...comparisons], [...refills]];
  let [inTurn, most, waits] = [0, 0, 0];
  let end = (): void => undefined;
  const ended = new Promise<void>((resolve) => (end = resolve));
  const reader: SqlReader = {
    all: (query) => {
      const rows = query.name === rowTotals.name ? [MANY] : [];
      return Promise.resolve(rows.map((row) => query.row.parse(row)));
    },
  };
  const nothing = { when: 'soon', fault: undefined };
  const work = {
    checked: { reader, logId: 'log', projections, log: { digestAt: () => Promise.resolve(0n) } },
    bytesOf: () => 0,
    options: { log: {} as never, projections, sink: {} as never },
    elapsed: () => performance.now(),
    state: () => stateAt('0'),
    alone: (run: () => Promise<unknown>) => {
      inTurn += 1;
      most = Math.max(most, inTurn);
      /* What waits for nothing would go on for ever. */
      if (inTurn > 10) end();
      return settle(left.shift() ?? nothing, run);
    },
    whilePaused: (run: () => Promise<void>) => run(),
    refill: () => settle(fills.shift() ?? nothing, () => Promise.resolve()),
    untilNext: async (signal: AbortSignal) => {
      await turn();
      inTurn = 0;
      waits += 1;
      if (left.length === 0 || waits > 200) end();
      signal.throwIfAborted();
      return undefined;
    },
  };
  const watch = new TablesWatch(work);
  if (isShort) await watch.checkStill(stateAt('4'));
  watch.start();
  await ended;
  await watch.stop();
  return most;
}

it('compares at most once before anything else may run, whatever fails meanwhile, at once or later', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        comparisons: fc.array(anEnd, { minLength: 1, maxLength: 12 }),
        refills: fc.array(anEnd, { maxLength: 3 }),
        isShort: fc.boolean(),
      }),
      async (history) => {
        expect(await mostInOneTurn(history)).toBe(1);
      },
    ),
    { numRuns: 200 },
  );
});
