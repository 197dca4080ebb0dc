import type { Places, Position } from '@tributary/kernel';
import { positionFromText } from '@tributary/kernel';

/** Before the first event of a log with one partition. */
export const START: Position = positionFromText('0');

/**
 * Partitions stand apart by this much, so that a place in any of them is one safe integer and one UInt64: partition
 * · 2^40 + number within the partition. A log on one machine is a log with one partition.
 */
export const PARTITION_PLACES = 2 ** 40;

const PLACE = /^(?:(0|[1-9]\d{0,3}):)?(0|[1-9]\d{0,15})$/;

/** The place as a number, for a UInt64 column. NaN when the text is no place. */
export function ordinal(position: Position): number {
  const [, partition = '0', number] = PLACE.exec(position) ?? [];
  if (number === undefined || Number(number) >= PARTITION_PLACES) return NaN;
  const place = startOf(Number(partition)) + Number(number);
  return Number.isSafeInteger(place) ? place : NaN;
}

/** The text of a place: its number in the first partition, `<partition>:<number>` in others. */
export function positionOf(place: number): Position {
  const partition = partitionOf(place);
  const number = place - partition * PARTITION_PLACES;
  return positionFromText(partition === 0 ? String(number) : `${partition}:${number}`);
}

export const partitionOf = (place: number): number => Math.floor(place / PARTITION_PLACES);

/** The place before the first event of a partition. */
export const startOf = (partition: number): number => partition * PARTITION_PLACES;

/** The text of a state of the log: how far each partition counts, in their order. */
export const stateOf = (places: Places): Position =>
  positionFromText(places.map((place, partition) => place - startOf(partition)).join(','));

/** How far each partition counts in a state; undefined where the text is no state of so many partitions. */
export function placesOf(state: Position, partitions: number): Places | undefined {
  const numbers = state.split(',');
  if (numbers.length !== partitions || !numbers.every(isNumber)) return undefined;
  return numbers.map((number, partition) => startOf(partition) + Number(number));
}

const isNumber = (text: string): boolean =>
  /^(0|[1-9]\d{0,12})$/.test(text) && Number(text) < PARTITION_PLACES;

export const partitionsOf = (state: Position): number => state.split(',').length;

/** Whether a state holds the event at a place. */
export const isWithin = (place: number, state: Places): boolean => place <= (state[partitionOf(place)] ?? -1);
