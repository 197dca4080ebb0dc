import fc from 'fast-check';
import { expect, it } from 'vitest';
import { underSignal } from './cancellation.ts';
import { Fault } from './fault.ts';
import { answersTurn, inTurns, nextTurn, pace, sortedInTurns } from './pace.ts';

/** The most work that is done before the event loop goes around. */
async function largestTurn(work: (done: () => void) => Promise<unknown>): Promise<number> {
  let [done, before, largest] = [0, 0, 0];
  let isOver = false;
  const around = (): void => {
    largest = Math.max(largest, done - before);
    before = done;
    if (!isOver) setImmediate(around);
  };
  setImmediate(around);
  await work(() => (done += 1));
  isOver = true;
  return Math.max(largest, done - before);
}

const counting = (items: number) => (done: () => void) => inTurns(Array.from({ length: items }), 100, done);

it('does as much in a turn, however much there is and however many wait', async () => {
  expect(await largestTurn(counting(1_000))).toBe(100);
  expect(await largestTurn(counting(10_000))).toBe(100);
  const many = (done: () => void) =>
    Promise.all(
      Array.from({ length: 20 }, async () => {
        await nextTurn();
        await counting(1_000)(done);
      }),
    );
  expect(await largestTurn(many)).toBe(100);
});

it('ends an answer for which nobody waits any more at its next turn, and nothing else', async () => {
  const waiting = new AbortController();
  const left = new Fault('client_left', 'nobody waits for it');
  let done = 0;
  const steps = async (paced: ReturnType<typeof pace>) => {
    for (; done < 1_000; done += 1) {
      if (done === 250) waiting.abort(left);
      await paced();
    }
  };
  await expect(underSignal(waiting.signal, () => steps(pace(100, answersTurn)))).rejects.toBe(left);
  expect(done).toBe(299);
  await underSignal(waiting.signal, () => steps(pace(100)));
  expect(done).toBe(1_000);
});

it('counts work by its units', async () => {
  const paced = pace(10);
  expect(paced(9)).toBeUndefined();
  const turn = paced(1);
  expect(turn).toBeInstanceOf(Promise);
  await turn;
  expect(paced(9)).toBeUndefined();
});

it('gives turns in the order in which they were asked for', async () => {
  const order: number[] = [];
  await Promise.all([1, 2, 3].map((one) => nextTurn().then(() => order.push(one))));
  expect(order).toEqual([1, 2, 3]);
});

it('makes what map makes, and sorts as toSorted does', async () => {
  const item = fc.record({ key: fc.integer({ min: 0, max: 20 }), name: fc.nat() });
  const compare = (left: { key: number }, right: { key: number }) => left.key - right.key;
  await fc.assert(
    fc.asyncProperty(fc.array(item, { maxLength: 9_000, size: 'max' }), async (items) => {
      expect(await sortedInTurns(items, compare)).toEqual(items.toSorted(compare));
      expect(await inTurns(items, 7, ({ key }, index) => key + index)).toEqual(
        items.map(({ key }, index) => key + index),
      );
    }),
    { seed: 7, numRuns: 20 },
  );
});

it('compares as much in a turn, however much there is', async () => {
  const compared = (items: number) => (done: () => void) =>
    sortedInTurns(
      Array.from({ length: items }, (_, index) => (index * 7_919) % items),
      (left, right) => {
        done();
        return left - right;
      },
    );
  const [some, tenfold] = [await largestTurn(compared(10_000)), await largestTurn(compared(100_000))];
  expect(tenfold).toBeLessThanOrEqual(1.2 * some);
});
