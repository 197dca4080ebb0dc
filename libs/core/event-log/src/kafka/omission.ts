import type { NewEvent, Omission, RecordedEvent } from '../event-log.ts';
import type { TopicRecord } from './topic.ts';

/** Type and stream of the events that fill positions without an event, so that positions and offsets correspond. */
const OMITTED = 'log:omitted';

/** The source of omissions. No event has it, because an envelope requires a source. */
const SOURCE = '';

const REASONS: readonly string[] = ['duplicate', 'conflict', 'refused', 'gap'] satisfies Omission[];

/** Time 0 gives it the time after its predecessor: an omission must not move the times of later events. */
export const omittedAt = (offset: number, why: Omission): NewEvent => ({
  source: SOURCE,
  id: String(offset),
  type: `${OMITTED}:${why}`,
  stream: OMITTED,
  bytes: new Uint8Array(),
  recordTime: 0,
});

/** Why there is no event at an offset without a record, where `next` is the first record after it. */
export const omissionBefore = (offset: number, { unreadable }: TopicRecord): Omission =>
  unreadable && offset >= unreadable.first ? 'refused' : 'gap';

/** Why an event is an omission; undefined for other events. */
export function omissionOf({ source, type }: Pick<RecordedEvent, 'source' | 'type'>): Omission | undefined {
  if (source !== SOURCE) return undefined;
  const reason = type.slice(OMITTED.length + 1);
  return isOmission(reason) ? reason : 'refused';
}

/** Whether an event has the source of omissions. Such an event is refused. */
export const isReserved = ({ source }: Pick<NewEvent, 'source'>): boolean => source === SOURCE;

const isOmission = (reason: string): reason is Omission => REASONS.includes(reason);

export const isOmittedType = (type: string): boolean => type.startsWith(`${OMITTED}:`);
