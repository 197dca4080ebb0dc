import type { NewEvent, Omission, RecordedEvent } from '../event-log.ts';

/** Stands where the topic holds no event of the log, so that places and offsets go together. */
const OMITTED = 'log:omitted';

/** What an event must not have: an envelope asks for a source, so nobody can take an id of what is omitted. */
const SOURCE = '';

const REASONS: readonly string[] = ['duplicate', 'conflict', 'refused', 'gap'] satisfies Omission[];

/** It takes the time of the record before it: what is no event must not move the times of those behind it. */
export const omittedAt = (offset: number, why: Omission): NewEvent => ({
  source: SOURCE,
  id: String(offset),
  type: `${OMITTED}:${why}`,
  stream: OMITTED,
  bytes: new Uint8Array(),
  recordTime: 0,
});

export function omissionOf({ source, type }: Pick<RecordedEvent, 'source' | 'type'>): Omission | undefined {
  if (source !== SOURCE) return undefined;
  const reason = type.slice(OMITTED.length + 1);
  return isOmission(reason) ? reason : 'refused';
}

/** Whether an event has the name of something omitted: it is refused. */
export const isReserved = ({ source }: Pick<NewEvent, 'source'>): boolean => source === SOURCE;

const isOmission = (reason: string): reason is Omission => REASONS.includes(reason);

export const isOmittedType = (type: string): boolean => type.startsWith(`${OMITTED}:`);
