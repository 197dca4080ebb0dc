import { Fault, rfc3339 } from '@tributary/kernel';
import type { Clock } from '@tributary/kernel';

const SECOND = 1_000_000;
const YEAR = 365.25 * 86_400 * SECOND;

/** A clock before it has lost its time: such clocks begin in 1970, 1980 or 2000. */
const EARLIEST = Date.UTC(2020) * 1000;

/** When this version was written, at the latest: its first fact may be recorded long after, and not decades. */
const WRITTEN = Date.UTC(2026) * 1000;

/** How much later than anything known a time may be. Longer than any directory lies unused, shorter than a wrong century. */
const MOST_LATER = 20 * YEAR;

/** What the clocks of several machines, and one that is set back, may differ by. */
const MOST_BEHIND = 5 * 60 * SECOND;

export type ClockCondition = { readonly code: string; readonly detail: string };

/** Compares the clock with the record times of the log at each call. */
export type RecordClock = {
  /**
   * Throws Fault `clock_wrong` (retryable) where the clock cannot be right. Record times ascend, so one event of a wrong
   * clock would hold the times of all later events.
   */
  readonly admit: () => void;
  /** Readiness condition `clock_wrong`: new facts are refused. */
  conditions(): ClockCondition[];
  /** Condition `clock_behind`: the log ends minutes ahead of the clock. It keeps nothing from its work. */
  warnings(): ClockCondition[];
};

type Times = {
  /** Of the last event of the log, microseconds since 1970; 0 where it has none. */
  lastRecordTime(): number;
};

/** The clock by which facts are recorded in a log. */
export function recordClock(log: Times, clock: Clock): RecordClock {
  const wrong = (): string | undefined => wrongText(clock(), log.lastRecordTime());
  return {
    admit() {
      const text = wrong();
      if (text !== undefined)
        throw new Fault('clock_wrong', `nothing was stored: ${text}`, { retryable: true });
    },
    conditions() {
      const text = wrong();
      return text === undefined ? [] : [{ code: 'clock_wrong', detail: text }];
    },
    warnings() {
      const [now, last] = [clock(), log.lastRecordTime()];
      return last <= now + MOST_BEHIND ? [] : [{ code: 'clock_behind', detail: behindText(now, last) }];
    },
  };
}

function wrongText(now: number, last: number): string | undefined {
  const latest = Math.max(last, WRITTEN) + MOST_LATER;
  if (now >= EARLIEST && now <= latest) return undefined;
  const why = now < EARLIEST ? 'before 2020' : `more than 20 years after ${sinceText(last)}`;
  return `the clock of this machine says ${rfc3339(now)}, which is ${why}: new facts are refused until it is set, so that they do not get that time and hold those of all later ones; set the clock`;
}

const sinceText = (last: number): string =>
  last > WRITTEN ? `the last fact (${rfc3339(last)})` : 'this version was written (2026)';

const behindText = (now: number, last: number): string =>
  `the last fact was recorded at ${rfc3339(last)}, ${Math.round((last - now) / SECOND)} s ahead of the clock of this machine: the clock is wrong, or one was when that fact came. Facts are accepted and answered, and positions are right; but record times ascend, so until then new facts are recorded right after that time, and the times in answers are wrong. Set the clock where it is wrong. Where it is right, go by positions; to have right times, import the sources again into a new data directory`;
