import { endOfString } from './strict-json.ts';

/**
 * Whether a key stands twice somewhere in a JSON text: then the parsed event has fewer of them. `text` is valid JSON;
 * arrays of numbers may be left out of it.
 */
export const hasRepeatedKey = (text: string, event: unknown): boolean => colonsOf(text) !== keysOf(event);

const QUOTE = 34;
const COLON = 58;

/** Outside of strings, each stands behind a key. */
function colonsOf(text: string): number {
  let colons = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = endOfString(text, at) - 1;
    else if (code === COLON) colons += 1;
  }
  return colons;
}

function keysOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  if (Array.isArray(value)) return typeof value[0] === 'number' ? 0 : keysOfItems(value);
  const items = Object.values(value);
  return items.length + keysOfItems(items);
}

function keysOfItems(items: readonly unknown[]): number {
  let keys = 0;
  for (const item of items) keys += keysOf(item);
  return keys;
}
