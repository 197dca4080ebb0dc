import type { NewEvent, Omission, RecordedEvent } from '../event-log.ts';

/** Stands where the topic holds no event of the log, so that places and offsets go together. */
const OMITTED = 'log:omitted';

const REASONS: readonly string[] = ['duplicate', 'conflict', 'refused', 'gap'] satisfies Omission[];

export const omittedAt = (offset: number, why: Omission, recordTime: number): NewEvent => ({
  source: OMITTED,
  id: String(offset),
  type: `${OMITTED}:${why}`,
  stream: OMITTED,
  bytes: new Uint8Array(),
  recordTime,
});

export function omissionOf({ source, type }: Pick<RecordedEvent, 'source' | 'type'>): Omission | undefined {
  if (source !== OMITTED) return undefined;
  const reason = type.slice(OMITTED.length + 1);
  return isOmission(reason) ? reason : 'refused';
}

const isOmission = (reason: string): reason is Omission => REASONS.includes(reason);

export const isOmittedType = (type: string): boolean => type.startsWith(`${OMITTED}:`);
