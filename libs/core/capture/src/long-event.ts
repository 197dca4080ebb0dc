import { numberArray } from './number-array.ts';

/** A parsed event and what only a strict scan could still object to: its text without the arrays of numbers, which are exact. */
export type LongEvent = { readonly event: unknown; readonly rest: string };

/** Below, JSON.parse alone is as fast. */
const LONG_BYTES = 2_048;

/**
 * Telemetry is arrays of numbers for the most part. JSON.parse makes an object of every number on the way, and the
 * exactness of each would have to be looked at again; here arrays are read from the bytes and the rest goes to
 * JSON.parse with `[0]`, `[1]`… in their places. Undefined for any text that this cannot read, be it right or wrong.
 */
export function parseLong(bytes: Buffer): LongEvent | undefined {
  if (bytes.length < LONG_BYTES) return undefined;
  const lifted = lift(bytes);
  if (!lifted) return undefined;
  try {
    const event: unknown = JSON.parse(lifted.rest);
    return putBack(event, lifted.arrays, 0) === lifted.arrays.length
      ? { event, rest: lifted.rest }
      : undefined;
  } catch {
    return undefined;
  }
}

const QUOTE = 34;
const BACKSLASH = 92;
const OPENING = 91;

/** Room for what is no array of numbers. */
const scratch = Buffer.allocUnsafeSlow(64 * 1_024);

type Lifted = { readonly rest: string; readonly arrays: readonly unknown[] };

function lift(bytes: Buffer): Lifted | undefined {
  const arrays: unknown[] = [];
  let isString = false;
  let size = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    scratch[size++] = byte;
    if (isString && byte === BACKSLASH) scratch[size++] = bytes[++at] ?? 0;
    else if (byte === QUOTE) isString = !isString;
    else if (byte === OPENING && !isString) {
      const found = numberArray(bytes, at + 1);
      if (found === 'unreadable') return undefined;
      if (found === 'other') continue;
      size += scratch.write(`${arrays.length}]`, size, 'latin1');
      arrays.push(found.values);
      at = found.end;
    }
    if (size > scratch.length - 16) return undefined;
  }
  return { rest: scratch.toString('utf8', 0, size), arrays };
}

/** As deep as the columns of an event lie. */
const DEPTH = 3;

/** Answers how many arrays found their place: a key that stands twice loses one. */
function putBack(value: unknown, arrays: readonly unknown[], depth: number): number {
  if (depth === DEPTH || !isRecord(value)) return 0;
  let count = 0;
  for (const key in value) {
    const item = value[key];
    if (Array.isArray(item) && item.length === 1 && typeof item[0] === 'number') {
      value[key] = arrays[item[0]];
      count += 1;
    } else count += putBack(item, arrays, depth + 1);
  }
  return count;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
