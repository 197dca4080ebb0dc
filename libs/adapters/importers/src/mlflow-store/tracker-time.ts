import { rfc3339 } from '@tributary/kernel';
import { numberIn } from '../number.ts';

/** The time of a fact by milliseconds since 1970; none outside of this century, as in the live protocol. */
export function timeOf(millis: string | undefined): { readonly time?: string } {
  const number = numberIn(millis ?? '') ?? 0;
  return number >= 946_684_800_000 && number < 4_102_444_800_000
    ? { time: rfc3339(Math.round(number * 1000)) }
    : {};
}
