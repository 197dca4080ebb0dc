declare const position: unique symbol;

/**
 * The text form of an `EventPosition` or of a `LogPosition`, for clients, cursors and files: opaque outside this module.
 * An event of the first partition reads `17`, of another partition `3:17`; a log position reads `4,0,9,17`.
 */
export type Position = string & { readonly [position]: true };

/**
 * The position of one event: its partition and its number within the partition, packed into one safe integer that is
 * also a UInt64 column. Numbers begin at 1 (the Kafka offset plus one); 0 stands before the first event of a partition.
 * A log on one machine has one partition.
 */
export type EventPosition = number;

/** A state of the log: the position of the last event that counts, one for each partition, in their order. */
export type LogPosition = EventPosition[];

/** How many positions a partition has: partition `p` begins at `p` · 2^40. */
export const PARTITION_CAPACITY = 2 ** 40;

const EVENT_POSITION = /^(?:(0|[1-9]\d{0,3}):)?(0|[1-9]\d{0,15})$/;

/** Brands a text as a position without a check. `parseEventPosition` and `parseLogPosition` check. */
export function positionFromText(text: string): Position {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the one place that makes the brand
  return text as Position;
}

/** Before the first event of a log with one partition. */
export const START: Position = positionFromText('0');

/** The position of an event by its number within its partition (0: before the first event). */
export const eventPosition = (partition: number, number: number): EventPosition =>
  partition * PARTITION_CAPACITY + number;

/** The position before the first event of a partition. */
export const partitionStart = (partition: number): EventPosition => eventPosition(partition, 0);

/** The last position that a partition can have. */
export const partitionEnd = (partition: number): EventPosition =>
  eventPosition(partition, PARTITION_CAPACITY - 1);

/** The partition of an event. */
export const partitionOf = (event: EventPosition): number => Math.floor(event / PARTITION_CAPACITY);

/** The event's number within its partition: the Kafka offset of the record after it. */
export const numberInPartition = (event: EventPosition): number => event % PARTITION_CAPACITY;

/** The packed position of a text; NaN where the text is not the position of an event. */
export function parseEventPosition(text: Position): EventPosition {
  const [, partition = '0', number] = EVENT_POSITION.exec(text) ?? [];
  if (number === undefined || Number(number) >= PARTITION_CAPACITY) return NaN;
  const event = eventPosition(Number(partition), Number(number));
  return Number.isSafeInteger(event) ? event : NaN;
}

/** The text of an event's position: its number alone in the first partition, `<partition>:<number>` in others. */
export function formatEventPosition(event: EventPosition): Position {
  const partition = partitionOf(event);
  const number = numberInPartition(event);
  return positionFromText(partition === 0 ? String(number) : `${partition}:${number}`);
}

/** The log position of a text; undefined where the text is not a log position of so many partitions. */
export function parseLogPosition(text: Position, partitions: number): LogPosition | undefined {
  const numbers = text.split(',');
  if (numbers.length !== partitions || !numbers.every(isNumber)) return undefined;
  return numbers.map((number, partition) => eventPosition(partition, Number(number)));
}

const isNumber = (text: string): boolean =>
  /^(0|[1-9]\d{0,12})$/.test(text) && Number(text) < PARTITION_CAPACITY;

/** The text of a log position: one number for each partition, separated by commas. */
export const formatLogPosition = (log: Readonly<LogPosition>): Position =>
  positionFromText(log.map(numberInPartition).join(','));

/** How many partitions the text of a log position names. */
export const partitionCount = (text: Position): number => text.split(',').length;

/** Whether a log position includes the event at a position. */
export const isCovered = (event: EventPosition, log: Readonly<LogPosition>): boolean =>
  event <= (log[partitionOf(event)] ?? -1);
