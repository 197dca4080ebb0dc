import { isList, isMap, isNumber } from './recorded.ts';
import type { Recorded } from './recorded.ts';

/*
 * Values of a re-executed program, as sandbox/runner.py writes them: null, booleans, texts and lists as they are;
 * {i: hexadecimal} a whole number, {f: repr} a float, {t: items} a tuple, {s: items} a set, {d: pairs} a dictionary,
 * {r: text, a: pairs} another object with its fields, {c: 1} what is cut off. A program that has taken the runner over can
 * write anything, so each shape is looked at, and an unknown one is the same as nothing.
 */

/**
 * Whether a recorded value is that of the program. Numbers are the same by value (1 is 1.0, and NaN is NaN), a boolean is no
 * number, lists and tuples are lists, a set is a list in any order, keys of dictionaries are texts as in Python's json. An
 * object without a form in JSON is its text without address and module, or the object of its fields.
 */
export function sameValue(recorded: Recorded, actual: unknown): boolean {
  const key = scalarKey(actual);
  if (key !== undefined) return recordedKey(recorded) === key || isTextOf(recorded, actual);
  if (Array.isArray(actual)) return isList(recorded) && sameItems(recorded, actual);
  const [tuple, set, pairs] = [memberOf(actual, 't'), memberOf(actual, 's'), memberOf(actual, 'd')];
  if (Array.isArray(tuple)) return isList(recorded) && sameItems(recorded, tuple);
  if (Array.isArray(set)) return isList(recorded) && sameSet(recorded, set);
  if (Array.isArray(pairs)) return isMap(recorded) && samePairs(recorded, pairs);
  return sameObject(recorded, actual);
}

const memberOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? Object.entries(value).find(([key]) => key === name)?.[1]
    : undefined;

const HEXADECIMAL = /^(-?)([0-9a-f]+)$/;

/** Null, a boolean, a text or a number of the program, by a text that is equal for equal ones. */
function scalarKey(actual: unknown): string | undefined {
  if (actual === null || typeof actual === 'boolean') return String(actual);
  if (typeof actual === 'string') return `s${actual}`;
  const [whole, float] = [memberOf(actual, 'i'), memberOf(actual, 'f')];
  const digits = typeof whole === 'string' ? HEXADECIMAL.exec(whole) : null;
  if (digits) return `n${digits[1] === '-' ? -BigInt(`0x${digits[2]}`) : BigInt(`0x${digits[2]}`)}`;
  return typeof float === 'string' ? numberKey(floatOf(float)) : undefined;
}

const SPECIAL = new Map([
  ['nan', Number.NaN],
  ['NaN', Number.NaN],
  ['inf', Infinity],
  ['Infinity', Infinity],
  ['-inf', -Infinity],
  ['-Infinity', -Infinity],
]);

const floatOf = (text: string): number => SPECIAL.get(text) ?? Number(text);

/** Whole numbers by their digits, since those of Python are exact. */
const numberKey = (value: number): string => `n${Number.isInteger(value) ? BigInt(value) : value}`;

function recordedKey(recorded: Recorded): string | undefined {
  if (recorded === null || typeof recorded === 'boolean') return String(recorded);
  if (typeof recorded === 'string') return `s${recorded}`;
  if (!isNumber(recorded)) return undefined;
  const { number } = recorded;
  return /^-?\d+$/.test(number) ? `n${BigInt(number)}` : numberKey(floatOf(number));
}

/** Strict JSON has no NaN and no infinity, which stand there as texts. */
function isTextOf(recorded: Recorded, actual: unknown): boolean {
  const float = memberOf(actual, 'f');
  const special = typeof float === 'string' ? SPECIAL.get(float) : undefined;
  return special !== undefined && typeof recorded === 'string' && Object.is(SPECIAL.get(recorded), special);
}

const sameItems = (recorded: readonly Recorded[], actual: readonly unknown[]): boolean =>
  recorded.length === actual.length && recorded.every((item, at) => sameValue(item, actual[at]));

/** Items of the same number, each with one of its own. Only those that are no scalars are compared pair by pair. */
function sameSet(recorded: readonly Recorded[], actual: readonly unknown[]): boolean {
  if (recorded.length !== actual.length) return false;
  const scalars = new Set<string>();
  const others: unknown[] = [];
  for (const item of actual) {
    const key = scalarKey(item);
    if (key === undefined) others.push(item);
    else scalars.add(key);
  }
  return recorded.every((item) => {
    const key = recordedKey(item);
    if (key !== undefined && scalars.delete(key)) return true;
    const at = others.findIndex((other) => sameValue(item, other));
    if (at >= 0) others.splice(at, 1);
    return at >= 0;
  });
}

function samePairs(recorded: ReadonlyMap<string, Recorded>, pairs: readonly unknown[]): boolean {
  const actual = new Map<string, unknown>();
  for (const pair of pairs) {
    const [key, value] = Array.isArray(pair) ? pair : [undefined, undefined];
    const name = keyText(key);
    if (name === undefined) return false;
    actual.set(name, value);
  }
  /* Two keys with one text, such as 1 and "1", have no form in JSON. */
  if (actual.size !== pairs.length || actual.size !== recorded.size) return false;
  return [...recorded].every(([name, value]) => actual.has(name) && sameValue(value, actual.get(name)));
}

/** The text of a key, as Python's json writes it; of a tuple as Python prints it. */
function keyText(key: unknown): string | undefined {
  if (typeof key === 'string') return key;
  const float = memberOf(key, 'f');
  if (typeof float === 'string') return float;
  const scalar = scalarKey(key);
  if (scalar !== undefined) return scalar.startsWith('n') && scalar !== 'null' ? scalar.slice(1) : scalar;
  return printedText(key);
}

/** A tuple of plain values as Python prints it. */
function printedText(value: unknown): string | undefined {
  const items = memberOf(value, 't');
  if (!Array.isArray(items)) return printedScalar(value);
  const texts = items.map(printedText);
  if (texts.includes(undefined)) return undefined;
  return texts.length === 1 ? `(${texts[0]},)` : `(${texts.join(', ')})`;
}

function printedScalar(value: unknown): string | undefined {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'string') return /^[^\p{C}'\\]*$/u.test(value) ? `'${value}'` : undefined;
  return keyText(value);
}

function sameObject(recorded: Recorded, actual: unknown): boolean {
  const [text, fields] = [memberOf(actual, 'r'), memberOf(actual, 'a')];
  if (typeof recorded === 'string') return plainText(recorded) === text;
  return isMap(recorded) && Array.isArray(fields) && samePairs(recorded, fields);
}

/** `<__main__.Point object at 0x7f…>` without what differs from one process to the next. */
const plainText = (text: string): string =>
  /^<.*>$/.test(text)
    ? text
        .replace(/ at 0x[0-9a-fA-F]+/, '')
        .replace(/__main__\./, '')
        .replaceAll("'", '')
    : text;
