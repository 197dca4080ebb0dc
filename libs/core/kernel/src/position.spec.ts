import { positionFromText } from '@tributary/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  isCovered,
  parseEventPosition,
  PARTITION_CAPACITY,
  partitionOf,
  partitionCount,
  parseLogPosition,
  formatEventPosition,
  START,
  partitionStart,
  formatLogPosition,
} from './position.ts';

const partition = fc.integer({ min: 0, max: 4095 });
const number = fc.oneof(
  fc.maxSafeNat().map((one) => one % PARTITION_CAPACITY),
  fc.constantFrom(0, 1, PARTITION_CAPACITY - 1),
);
const states = fc.array(number, { minLength: 1, maxLength: 40 });
const placesIn = (numbers: readonly number[]): number[] =>
  numbers.map((one, index) => partitionStart(index) + one);

describe('a place', () => {
  it('is one safe integer and one text, each of which gives the other', () => {
    fc.assert(
      fc.property(partition, number, (of, one) => {
        const place = partitionStart(of) + one;
        expect(Number.isSafeInteger(place)).toBe(true);
        expect(parseEventPosition(formatEventPosition(place))).toBe(place);
        expect(partitionOf(place)).toBe(of);
        expect(formatEventPosition(place)).toBe(of === 0 ? String(one) : `${of}:${one}`);
      }),
    );
  });

  it('has the order of the log within its partition, and partitions stand apart', () => {
    fc.assert(
      fc.property(partition, number, number, (of, one, other) => {
        const [left, right] = [one, other].map((each) =>
          parseEventPosition(formatEventPosition(partitionStart(of) + each)),
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
    ['a state of two partitions', '1,2'],
    ['no number', '1:'],
    ['no partition', ':1'],
    ['a partition with a leading zero', '01:1'],
    ['three parts', '1:2:3'],
    ['other digits', '١'],
    ['a number that reaches into the next partition', String(PARTITION_CAPACITY)],
    ['such a number in a later partition', `3:${PARTITION_CAPACITY}`],
    ['a partition whose places are no safe integers', '8192:0'],
  ])('is no place: %s', (_what, text) => {
    expect(parseEventPosition(positionFromText(text))).toBeNaN();
  });

  it('begins at 0', () => {
    expect(parseEventPosition(START)).toBe(0);
    expect(formatEventPosition(0)).toBe(START);
    expect(formatLogPosition([0])).toBe(START);
  });
});

describe('a state', () => {
  it('is one text and one place for each partition, each of which gives the other', () => {
    fc.assert(
      fc.property(states, (numbers) => {
        const places = placesIn(numbers);
        const state = formatLogPosition(places);
        expect(state).toBe(numbers.join(','));
        expect(parseLogPosition(state, numbers.length)).toEqual(places);
        expect(partitionCount(state)).toBe(numbers.length);
      }),
    );
  });

  it('holds what lies at or before its place in the same partition, and nothing of partitions that it lacks', () => {
    fc.assert(
      fc.property(states, partition, number, (numbers, of, one) => {
        const held = numbers[of % 50];
        expect(isCovered(partitionStart(of % 50) + one, placesIn(numbers))).toBe(
          held !== undefined && one <= held,
        );
      }),
    );
  });

  it.each([
    ['too few', '1', 2],
    ['too many', '1,2,3', 2],
    ['a place of one partition', '1:2', 1],
    ['nothing between commas', '1,,3', 3],
    ['nothing', '', 1],
    ['a leading zero', '1,02', 2],
    ['a sign', '1,-2', 2],
    ['white space', '1, 2', 2],
    ['a number that reaches into the next partition', `1,${PARTITION_CAPACITY}`, 2],
  ])('is no state of so many partitions: %s', (_what, text, partitions) => {
    expect(parseLogPosition(positionFromText(text), partitions)).toBeUndefined();
  });
});
