import { setTimeout } from 'node:timers/promises';

/** Microseconds since 1970-01-01T00:00:00Z. Whole numbers stay exact until the year 2255. */
export type Clock = () => number;

/** The time of the system, exact to milliseconds. */
export const systemClock: Clock = () => Date.now() * 1000;

/** Resolves after milliseconds; rejects with an AbortError when the signal aborts. */
export const sleep = (milliseconds: number, signal?: AbortSignal): Promise<void> =>
  setTimeout(milliseconds, undefined, { signal });

/** A time in microseconds since 1970 as RFC 3339 text in UTC with six fractional digits. */
export function rfc3339(micros: number): string {
  const millis = Math.floor(micros / 1000);
  const rest = String(micros - millis * 1000).padStart(3, '0');
  return `${new Date(millis).toISOString().slice(0, -1)}${rest}Z`;
}
