import { setTimeout } from 'node:timers/promises';

/** Microseconds since 1970-01-01T00:00:00Z. Whole numbers stay exact until the year 2255. */
export type Clock = () => number;

/** The time of the system, exact to milliseconds. */
export const systemClock: Clock = () => Date.now() * 1000;

/** A reading of the two clocks of a machine, in milliseconds. */
export type Instant = {
  /** Never goes back, and is set by nobody. It may stand still while the machine is suspended. */
  readonly monotonic: number;
  /** Since 1970. It may be set. */
  readonly wall: number;
};

/** What both clocks say now. */
export const instantNow = (): Instant => ({ monotonic: performance.now(), wall: Date.now() });

/**
 * Milliseconds from one instant to another by the clock that has gone further: a suspended machine stops the monotonic one,
 * and the wall clock may be set back. For what may have ended meanwhile; one that was set forward ends it early.
 */
export const millisBetween = (earlier: Instant, later: Instant): number =>
  Math.max(later.monotonic - earlier.monotonic, later.wall - earlier.wall);

/** Resolves after milliseconds; rejects with an AbortError when the signal aborts. */
export const sleep = (milliseconds: number, signal?: AbortSignal): Promise<void> =>
  setTimeout(milliseconds, undefined, { signal });

/** A time in microseconds since 1970 as RFC 3339 text in UTC with six fractional digits. */
export function rfc3339(micros: number): string {
  const millis = Math.floor(micros / 1000);
  const rest = String(micros - millis * 1000).padStart(3, '0');
  return `${new Date(millis).toISOString().slice(0, -1)}${rest}Z`;
}
