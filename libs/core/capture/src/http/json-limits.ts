import { excessOf } from '@tributary/json';
import { Fault } from '@tributary/kernel';
import type { EventLimits } from './content-limits.ts';
import { metLimit, orSet } from './limit-keys.ts';

/** How many members an object in the JSON of a body may have. */
export type JsonLimits = Pick<EventLimits, 'eventKeys'>;

/**
 * Levels of arrays and objects in the JSON of a body that is no event. A protocol nests by itself: an attribute of OTLP is on
 * level 10, and each map in one takes four more. So this is no variable, and more than any client sends.
 */
const JSON_DEPTH = 128;

/**
 * The refusal of bytes of JSON that nests deeper than 128 levels or exceeds the limits, which is never retryable: Fault
 * `too_deep` or `too_many_keys`. Undefined where it keeps both. What is no JSON is left to its parser. `what` names it in the
 * refusal.
 */
export function beyondJsonLimits(
  bytes: Uint8Array,
  { eventKeys }: JsonLimits,
  what = 'the body',
): Fault | undefined {
  const excess = excessOf(bytes, { depth: JSON_DEPTH, keys: eventKeys });
  if (excess === undefined) return undefined;
  if (excess === 'depth')
    return new Fault(
      'too_deep',
      `${what} is nested deeper than ${JSON_DEPTH} levels, and nothing of it was stored; send it flatter`,
    );
  const met = metLimit('eventKeys', eventKeys);
  return new Fault(
    'too_many_keys',
    `${what} has an object with more than ${eventKeys} members, and nothing of it was stored; send it in parts${orSet(met)}`,
    { met },
  );
}
