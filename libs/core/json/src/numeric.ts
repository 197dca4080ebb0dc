import { isJsonObject } from './values.ts';
import { numberArray } from './number-array.ts';
import { BACKSLASH, OPEN_ARRAY, QUOTE } from './tokens.ts';

/** A parsed text, and `rest`: the text without its arrays of numbers, each replaced by `[n]`. Those numbers are exact. */
export type ParsedNumeric = { readonly value: unknown; readonly rest: Buffer };

/** Shorter texts are as fast with JSON.parse alone. */
const LONG_BYTES = 2_048;

/**
 * Parses a text that consists of arrays of numbers for the most part, as telemetry does. JSON.parse makes an object of
 * every number on the way, and the exactness of each would have to be checked afterwards; here the arrays are read from
 * the bytes, and JSON.parse reads the rest. Undefined for every text that this cannot read, right or wrong.
 */
export function parseNumeric(bytes: Buffer): ParsedNumeric | undefined {
  if (bytes.length < LONG_BYTES) return undefined;
  const lifted = lift(bytes);
  if (!lifted) return undefined;
  const { rest, arrays } = lifted;
  try {
    const value: unknown = JSON.parse(rest.toString('utf8'));
    return putBack(value, arrays, 0) === arrays.length ? { value, rest: Buffer.from(rest) } : undefined;
  } catch {
    return undefined;
  }
}

/** Holds what is no array of numbers. Reading is synchronous, so one buffer serves every call. */
const scratch = Buffer.allocUnsafeSlow(64 * 1_024);

type Lifted = { readonly rest: Buffer; readonly arrays: readonly unknown[] };

function lift(bytes: Buffer): Lifted | undefined {
  const arrays: unknown[] = [];
  let isString = false;
  let size = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    scratch[size++] = byte;
    if (isString && byte === BACKSLASH) scratch[size++] = bytes[++at] ?? 0;
    else if (byte === QUOTE) isString = !isString;
    else if (byte === OPEN_ARRAY && !isString) {
      const found = numberArray(bytes, at + 1);
      if (found === 'unreadable') return undefined;
      if (found === 'other') continue;
      size += scratch.write(`${arrays.length}]`, size, 'latin1');
      arrays.push(found.values);
      at = found.end;
    }
    if (size > scratch.length - 16) return undefined;
  }
  return { rest: scratch.subarray(0, size), arrays };
}

/** The depth at which the columns of an event are found. */
const DEPTH = 3;

/** Returns how many arrays found their place. A repeated key loses one. */
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

const isRecord = (value: unknown): value is Record<string, unknown> => isJsonObject(value);
