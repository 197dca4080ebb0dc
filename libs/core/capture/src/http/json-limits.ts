import { excessOf } from '@tributary/json';
import { Fault } from '@tributary/kernel';
import type { ContentLimits } from './content-limits.ts';
import { metLimit, orSet } from './limit-keys.ts';

/** How deep the JSON of a body that is no event may nest, and how many members an object of it may have. */
export type JsonLimits = Pick<ContentLimits, 'eventKeys' | 'jsonDepth'>;

/**
 * The refusal of bytes of JSON that nests deeper or has wider objects than the limits allow, which is never retryable: Fault
 * `too_deep` or `too_many_keys`. Undefined where it keeps both. What is no JSON is left to its parser. `what` names it in the
 * refusal.
 */
export function beyondJsonLimits(
  bytes: Uint8Array,
  { eventKeys, jsonDepth }: JsonLimits,
  what = 'the body',
): Fault | undefined {
  const excess = excessOf(bytes, { depth: jsonDepth, keys: eventKeys });
  if (excess === undefined) return undefined;
  if (excess === 'depth') {
    const met = metLimit('jsonDepth', jsonDepth);
    return new Fault(
      'too_deep',
      `${what} is nested deeper than ${jsonDepth} levels, and nothing of it was stored; send it flatter${orSet(met)}`,
      { met },
    );
  }
  const met = metLimit('eventKeys', eventKeys);
  return new Fault(
    'too_many_keys',
    `${what} has an object with more than ${eventKeys} members, and nothing of it was stored; send it in parts${orSet(met)}`,
    { met },
  );
}
