import { refusal } from './refused-record.ts';
import type { RefusalReason } from './refused-record.ts';

const DAY = 86_400_000_000;
const YEAR_9999 = Date.UTC(9999, 0, 1) * 1000;

export type RecordTime =
  | {
      readonly ok: true;
      /** Microseconds since 1970 at which the event was accepted. */
      readonly recordTime: number;
      /** Microseconds since 1970 that count as now when the event is validated. */
      readonly now: number;
    }
  | { readonly ok: false; readonly reason: RefusalReason };

/**
 * When an event was accepted: the time that our endpoint wrote (`stamped`, microseconds as text), or the record's
 * timestamp (milliseconds). The event's own time is compared with the later of the two and not with the reader's clock,
 * so that every reader decides alike at any time, and none refuses what our endpoint accepted where the broker's clock
 * is behind. Refuses with `no_record_time` or `clock_skew`.
 */
export function timeOf(timestamp: number, stamped: string | undefined): RecordTime {
  const produced = timestamp * 1000;
  if (!(Number.isInteger(timestamp) && produced >= 0 && produced < YEAR_9999))
    return refused('no_record_time', `the record has no usable timestamp: ${timestamp}`);
  if (stamped === undefined) return { ok: true, recordTime: produced, now: produced };
  const recordTime = /^\d{1,16}$/.test(stamped) ? Number(stamped) : NaN;
  if (!(recordTime < YEAR_9999))
    return refused('no_record_time', 'tributary-recordtime is not a number of microseconds since 1970');
  if (recordTime > produced + DAY)
    return refused('clock_skew', 'tributary-recordtime is more than a day after the timestamp of the record');
  return { ok: true, recordTime, now: Math.max(recordTime, produced) };
}

const refused = (code: 'no_record_time' | 'clock_skew', message: string): RecordTime => ({
  ok: false,
  reason: refusal(code, message),
});
