/** How far behind the last time a clock may be, in microseconds, for a later fact to get a later time all the same. */
const MOST_BEHIND = 60_000_000;

/**
 * The record time of the next fact of this process: the clock, or right after the one before where the clock is up to a
 * minute behind it. A clock that is further behind was wrong before and has been set right. Times that went on from the wrong
 * one would be refused by every reader; in a partition that has a fact of it, readers keep times ascending.
 */
export function nextRecordTime(last: number, now: number): number {
  const next = last + 1;
  return next > now + MOST_BEHIND ? now : Math.max(now, next);
}
