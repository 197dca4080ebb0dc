import { excessOf } from '@tributary/json';
import { Fault } from '@tributary/kernel';
import type { EventLimits } from './content-limits.ts';
import { metLimit, orSet } from './limit-keys.ts';

/** How deep the JSON of a body may nest, and how many members one of its objects may have. */
export type JsonLimits = Pick<EventLimits, 'eventDepth' | 'eventKeys'>;

/**
 * The refusal of bytes of JSON that exceeds them, which is never retryable: Fault `too_deep` or `too_many_keys`. Undefined
 * where it keeps both. What is no JSON is left to its parser. `what` names it in the refusal.
 */
export function beyondJsonLimits(
  bytes: Uint8Array,
  limits: JsonLimits,
  what = 'the body',
): Fault | undefined {
  const excess = excessOf(bytes, { depth: limits.eventDepth, keys: limits.eventKeys });
  if (excess === undefined) return undefined;
  const limit = excess === 'depth' ? 'eventDepth' : 'eventKeys';
  const met = metLimit(limit, limits[limit]);
  const found =
    excess === 'depth'
      ? `is nested deeper than ${met.value} levels`
      : `has an object with more than ${met.value} members`;
  return new Fault(
    excess === 'depth' ? 'too_deep' : 'too_many_keys',
    `${what} ${found}, and nothing of it was stored; send it flatter or in parts${orSet(met)}`,
    { met },
  );
}
