import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  eventPosition,
  isCovered,
  parseEventPosition,
  PARTITION_CAPACITY,
  partitionOf,
  partitionCount,
  parseLogPosition,
  formatEventPosition,
  START,
  partitionStart,
  positionFromText,
  formatLogPosition,
} from './position.ts';

const partition = fc.integer({ min: 0, max: 4095 });
const number = fc.oneof(
  fc.maxSafeNat().map((one) => one % PARTITION_CAPACITY),
  fc.constantFrom(0, 1, PARTITION_CAPACITY - 1),
);
const logPositions = fc.array(number, { minLength: 1, maxLength: 40 });
const positionsIn = (numbers: readonly number[]): number[] =>
  numbers.map((one, index) => eventPosition(index, one));

describe('the position of an event', () => {
  it('is one safe integer and one text that convert into each other', () => {
    fc.assert(
      fc.property(partition, number, (of, one) => {
        const position = eventPosition(of, one);
        expect(Number.isSafeInteger(position)).toBe(true);
        expect(parseEventPosition(formatEventPosition(position))).toBe(position);
        expect(partitionOf(position)).toBe(of);
        expect(formatEventPosition(position)).toBe(of === 0 ? String(one) : `${of}:${one}`);
      }),
    );
  });

  it('ascends within its partition, and partitions do not overlap', () => {
    fc.assert(
      fc.property(partition, number, number, (of, one, other) => {
        const [left, right] = [one, other].map((each) =>
          parseEventPosition(formatEventPosition(eventPosition(of, each))),
        );
        expect(Math.sign(Number(left) - Number(right))).toBe(Math.sign(one - other));
        expect(Number(left)).toBeLessThan(partitionStart(of + 1));
      }),
    );
  });

  it.each([
    ['nothing', ''],
    ['a sign', '-1'],
    ['a leading zero', '01'],
    ['a fraction', '1.5'],
    ['an exponent', '1e3'],
    ['white space', ' 1'],
    ['a line end', '1\n'],
    ['a log position of two partitions', '1,2'],
    ['no number', '1:'],
    ['no partition', ':1'],
    ['a partition with a leading zero', '01:1'],
    ['three parts', '1:2:3'],
    ['non-ASCII digits', '١'],
    ['a number that reaches into the next partition', String(PARTITION_CAPACITY)],
    ['such a number in a later partition', `3:${PARTITION_CAPACITY}`],
    ['a partition whose positions are not safe integers', '8192:0'],
  ])('is NaN for %s', (_what, text) => {
    expect(parseEventPosition(positionFromText(text))).toBeNaN();
  });

  it('starts at 0', () => {
    expect(parseEventPosition(START)).toBe(0);
    expect(formatEventPosition(0)).toBe(START);
    expect(formatLogPosition([0])).toBe(START);
  });
});

describe('a log position', () => {
  it('is one text and one position for each partition that convert into each other', () => {
    fc.assert(
      fc.property(logPositions, (numbers) => {
        const positions = positionsIn(numbers);
        const text = formatLogPosition(positions);
        expect(text).toBe(numbers.join(','));
        expect(parseLogPosition(text, numbers.length)).toEqual(positions);
        expect(partitionCount(text)).toBe(numbers.length);
      }),
    );
  });

  it('covers events at or before its position in the same partition, and none of other partitions', () => {
    fc.assert(
      fc.property(logPositions, partition, number, (numbers, of, one) => {
        const held = numbers[of % 50];
        expect(isCovered(eventPosition(of % 50, one), positionsIn(numbers))).toBe(
          held !== undefined && one <= held,
        );
      }),
    );
  });

  it.each([
    ['too few', '1', 2],
    ['too many', '1,2,3', 2],
    ['the position of an event', '1:2', 1],
    ['an empty number', '1,,3', 3],
    ['nothing', '', 1],
    ['a leading zero', '1,02', 2],
    ['a sign', '1,-2', 2],
    ['white space', '1, 2', 2],
    ['a number that reaches into the next partition', `1,${PARTITION_CAPACITY}`, 2],
  ])('is undefined for %s', (_what, text, partitions) => {
    expect(parseLogPosition(positionFromText(text), partitions)).toBeUndefined();
  });
});
