import type { RecordedEvent } from '@tributary/event-log';
import { positionFromText } from '@tributary/kernel';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { openFailures, ProjectionFailure } from './projection-failures.ts';
import type { FailuresState } from './state/state-codec.ts';

const failureAt = (position: number): ProjectionFailure => {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a failure is parked with its position and bytes
  const event = { position: positionFromText(String(position)), bytes: new Uint8Array() } as RecordedEvent;
  return new ProjectionFailure(event, new Error('no rows'));
};

it('failed facts: the first one is known in whatever order they fail, and none counts twice', async () => {
  const positions = fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(positions, async (failed) => {
      let state: FailuresState | undefined;
      const failures = openFailures({ get: () => state, set: async (next) => void (state = next) });
      for (const position of failed) await failures.park(failureAt(position));
      expect(failures.current()?.firsts).toEqual([String(Math.min(...failed))]);
      expect(failures.current()?.count).toBeLessThanOrEqual(new Set(failed).size);
      const { count } = failures.current() ?? {};
      for (const position of failed) await failures.park(failureAt(position));
      expect(failures.current()?.count).toBe(count);
    }),
    { numRuns: 100 },
  );
});
