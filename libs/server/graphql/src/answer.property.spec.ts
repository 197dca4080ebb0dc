import { eventPosition, formatEventPosition, formatLogPosition } from '@tributary/kernel';
import { unprojectedIn } from '@tributary/projection';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { freshnessOfTables } from './answer.ts';
import type { Runtime } from './runtime.ts';

const EVENTS = 20;
const at = (partition: number, number: number) => formatEventPosition(eventPosition(partition, number));

/** Of each partition the events that failed, and how many events the question covers. */
const histories = fc.array(
  fc.record({
    failed: fc.uniqueArray(fc.integer({ min: 1, max: EVENTS }), { maxLength: 4 }),
    end: fc.integer({ min: 0, max: EVENTS }),
  }),
  { minLength: 1, maxLength: 4 },
);
type History = readonly { readonly failed: readonly number[]; readonly end: number }[];

/** Tables that hold all events but those. */
function runtimeOf(history: History): Runtime {
  const head = formatLogPosition(history.map((_, partition) => eventPosition(partition, EVENTS)));
  const unprojected = unprojectedIn(
    history.map(({ failed }, partition) => {
      const [first, last] = [Math.min(...failed), Math.max(...failed)].map((number) => at(partition, number));
      return failed.length === 0 || !first || !last
        ? undefined
        : { kind: 'failures', count: failed.length, first, last };
    }),
  );
  const runtime = {
    log: { head: () => head, at: () => Promise.resolve(undefined) },
    projector: { position: () => head, unprojected: () => unprojected, reached: () => Promise.resolve() },
  };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- freshness asks the log and the tables alone
  return runtime as unknown as Runtime;
}

it('an answer as of any position is complete exactly where no event up to it has failed, and names the first of each partition', async () => {
  await fc.assert(
    fc.asyncProperty(histories, async (history) => {
      const asOf = formatLogPosition(history.map(({ end }, partition) => eventPosition(partition, end)));
      const { complete, reason } = await freshnessOfTables(runtimeOf(history), asOf);
      const covered = history.flatMap(({ failed, end }, partition) => {
        const first = Math.min(...failed);
        return first <= end ? [at(partition, first)] : [];
      });
      expect([complete, reason === null]).toEqual([covered.length === 0, covered.length === 0]);
      expect(reason ?? '').toContain(
        covered.length === 0 ? '' : ` at ${covered.join(', ')}; see deadLetters`,
      );
    }),
    { numRuns: 200 },
  );
});

it('an answer names a failure of one partition where an earlier one of another is not covered', async () => {
  const runtime = runtimeOf([
    { failed: [9], end: 0 },
    { failed: [3], end: 0 },
  ]);
  expect(await freshnessOfTables(runtime, '5,10')).toMatchObject({
    complete: false,
    reason: '2 events could not be projected into the tables, the first at 1:3; see deadLetters',
  });
});
