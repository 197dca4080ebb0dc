import type { TopicRecord } from '@tributary/event-log';
import { headersOf } from './record-headers.ts';
import { refusal } from './refused-record.ts';
import type { RefusalReason } from './refused-record.ts';

const DAY = 86_400_000_000;
const MINUTE = 60_000_000;
/** Later times are mistakes. A constant, so that every reader decides alike. */
const YEAR_2100 = Date.UTC(2100, 0, 1) * 1000;

export type RecordTime =
  | {
      readonly ok: true;
      /** Microseconds since 1970 at which the event was accepted: at most a minute after the timestamp of the record. */
      readonly recordTime: number;
      /** Microseconds since 1970 that count as now when the event is validated. */
      readonly now: number;
    }
  | { readonly ok: false; readonly reason: RefusalReason };

/**
 * When an event was accepted: the time that our endpoint wrote (`stamped`, microseconds as text), or the record's
 * timestamp (milliseconds). The event's own time is compared with the later of the two and not with the reader's clock,
 * so that every reader decides alike at any time, and none refuses what our endpoint accepted where the broker's clock
 * is behind. A header of any producer moves the times of a partition by a minute at most: they ascend, so one event from
 * the future would hold those of all later events. Refuses with `no_record_time` or `clock_skew`.
 */
export function timeOf(timestamp: number, stamped: string | undefined): RecordTime {
  const produced = timestamp * 1000;
  if (!(Number.isInteger(timestamp) && produced >= 0 && produced < YEAR_2100))
    return refused('no_record_time', `the record has no usable timestamp: ${timestamp}`);
  if (stamped === undefined) return { ok: true, recordTime: produced, now: produced };
  const stampedTime = /^\d{1,16}$/.test(stamped) ? Number(stamped) : NaN;
  if (!(stampedTime < YEAR_2100))
    return refused('no_record_time', 'tributary-recordtime is not a number of microseconds since 1970');
  if (stampedTime > produced + DAY)
    return refused('clock_skew', 'tributary-recordtime is more than a day after the timestamp of the record');
  const recordTime = Math.min(stampedTime, produced + MINUTE);
  return { ok: true, recordTime, now: Math.max(stampedTime, produced) };
}

/** The time of a record, in microseconds since 1970; 0 for one that has none and is refused. */
export function recordTimeOf(record: TopicRecord): number {
  const time = timeOf(record.timestamp, headersOf(record).recordTime);
  return time.ok ? time.recordTime : 0;
}

const refused = (code: 'no_record_time' | 'clock_skew', message: string): RecordTime => ({
  ok: false,
  reason: refusal(code, message),
});
