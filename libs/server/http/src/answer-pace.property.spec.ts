import { assert, array, boolean, integer, property, record } from 'fast-check';
import { expect, it } from 'vitest';
import { answerPace, LEAST_BYTES, LOOKS } from './answer-pace.ts';

/** Between two looks the server writes some bytes, and the client takes some of those that wait. */
const step = record({
  written: integer({ min: 0, max: 3 * LEAST_BYTES }),
  taken: integer({ min: 0, max: LEAST_BYTES }),
  isWrittenFirst: boolean(),
});

type Step = { readonly written: number; readonly taken: number; readonly isWrittenFirst: boolean };

/** What is seen at each look. */
function seen(steps: readonly Step[]) {
  let [taken, waiting] = [0, 0];
  return steps.map((one) => {
    if (one.isWrittenFirst) waiting += one.written;
    const now = Math.min(one.taken, waiting);
    taken += now;
    waiting -= now;
    if (!one.isWrittenFirst) waiting += one.written;
    return { taken, waiting };
  });
}

const SEED = { seed: 86, numRuns: 2_000 };

it('is never late where in any so many looks the least is taken, or all that waited', () => {
  const histories = array(step, { maxLength: 40 });
  assert(
    property(histories, (steps) => {
      const looks = seen(steps);
      const isSlow = looks.some((before, at) => {
        const after = looks[at + LOOKS];
        return after && after.taken - before.taken < Math.min(before.waiting, LEAST_BYTES);
      });
      const isLate = answerPace();
      const late = looks.map((look) => isLate(look));
      expect(isSlow || !late.includes(true)).toBe(true);
    }),
    SEED,
  );
});

it('is late after so many looks where nothing is taken of what waits, whatever was before', () => {
  assert(
    property(array(step, { maxLength: 40 }), integer({ min: 1, max: 3 * LEAST_BYTES }), (steps, written) => {
      const stall = { written: 0, taken: 0, isWrittenFirst: true };
      const history = [...steps, { ...stall, written }, ...Array.from({ length: 2 * LOOKS }, () => stall)];
      const isLate = answerPace();
      expect(seen(history).map((look) => isLate(look))).toContain(true);
    }),
    SEED,
  );
});

it('is not late where nothing waits, however long', () => {
  const isLate = answerPace();
  for (let look = 0; look < 100; look += 1) expect(isLate({ taken: 10, waiting: 0 })).toBe(false);
});
