import { refusal } from './refused-record.ts';
import type { RefusalReason } from './refused-record.ts';

const DAY = 86_400_000_000;
const YEAR_9999 = Date.UTC(9999, 0, 1) * 1000;

export type RecordTime =
  | {
      readonly ok: true;
      /** Microseconds at which the event was taken. */
      readonly recordTime: number;
      /** Microseconds that count as now in judging it. */
      readonly now: number;
    }
  | { readonly ok: false; readonly cause: RefusalReason };

/**
 * When an event was taken: what our door wrote, or the time of the record. Whatever it claims is held against the later
 * of the two and against no clock of the reader, so that every reader judges it alike at any time, and none refuses
 * what our door took where the broker's clock is behind.
 */
export function timeOf(timestamp: number, stamped: string | undefined): RecordTime {
  const produced = timestamp * 1000;
  if (!(Number.isInteger(timestamp) && produced >= 0 && produced < YEAR_9999))
    return refused('no_record_time', `the record has no time that could be kept: ${timestamp}`);
  if (stamped === undefined) return { ok: true, recordTime: produced, now: produced };
  const recordTime = /^\d{1,16}$/.test(stamped) ? Number(stamped) : NaN;
  if (!(recordTime < YEAR_9999))
    return refused('no_record_time', 'tributary-recordtime is no count of microseconds since 1970');
  if (recordTime > produced + DAY)
    return refused('clock_skew', 'tributary-recordtime lies more than a day after the time of the record');
  return { ok: true, recordTime, now: Math.max(recordTime, produced) };
}

const refused = (code: 'no_record_time' | 'clock_skew', message: string): RecordTime => ({
  ok: false,
  cause: refusal(code, message),
});
