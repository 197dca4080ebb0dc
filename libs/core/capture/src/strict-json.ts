import { isExactNumber } from './exact-number.ts';

export type JsonFlaw = {
  readonly code: 'too_deep' | 'duplicate_key' | 'number_not_exact' | 'invalid_text';
  readonly pointer: string;
  readonly message: string;
};

const MAX_DEPTH = 32;

type Level = { keys: Set<string> | undefined; key: string; index: number };

/**
 * What JSON.parse lets pass although it loses something: duplicate keys, numbers that change, NUL and lone
 * surrogates, bottomless nesting. `text` must be valid JSON. Returns the first flaw.
 */
export function findFlaw(text: string): JsonFlaw | undefined {
  const path: Level[] = [];
  let at = 0;
  while (at < text.length) {
    const token = tokenAt(text, at);
    const flaw = inspect(text, token, path);
    if (flaw) return flaw;
    at = token.end;
  }
  return undefined;
}

type Token = { kind: string; start: number; end: number };

function tokenAt(text: string, start: number): Token {
  const kind = text.charAt(start);
  if (kind === '"') return { kind, start, end: endOfString(text, start) };
  if (kind !== '-' && !(kind >= '0' && kind <= '9')) return { kind, start, end: start + 1 };
  let end = start + 1;
  while (end < text.length && '+-.eE0123456789'.includes(text.charAt(end))) end += 1;
  return { kind: '0', start, end };
}

/** Just behind the closing quote; 0 where there is none. */
export function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end + 1;
}

function isEscaped(text: string, at: number): boolean {
  let backslashes = 0;
  while (text.charAt(at - 1 - backslashes) === '\\') backslashes += 1;
  return backslashes % 2 === 1;
}

function inspect(text: string, token: Token, path: Level[]): JsonFlaw | undefined {
  const level = path.at(-1);
  switch (token.kind) {
    case '{':
    case '[':
      path.push({ keys: token.kind === '{' ? new Set() : undefined, key: '', index: 0 });
      return path.length > MAX_DEPTH
        ? flawAt('too_deep', path, `nested deeper than ${MAX_DEPTH} levels`)
        : undefined;
    case '}':
    case ']':
      path.pop();
      return undefined;
    case ',':
      if (level) level.index += 1;
      return undefined;
    case '"':
      return inspectString(text, token, path);
    case '0':
      return inspectNumber(text.slice(token.start, token.end), path);
    default:
      return undefined;
  }
}

function inspectNumber(literal: string, path: readonly Level[]): JsonFlaw | undefined {
  if (isExactNumber(literal)) return undefined;
  const message = `${literal.slice(0, 40)} does not survive as a 64-bit float; send it as text or with fewer digits`;
  return flawAt('number_not_exact', path, message);
}

function inspectString(text: string, token: Token, path: readonly Level[]): JsonFlaw | undefined {
  const raw = text.slice(token.start, token.end);
  const value: unknown = raw.includes('\\') ? JSON.parse(raw) : raw.slice(1, -1);
  if (typeof value !== 'string') return undefined;
  const level = path.at(-1);
  if (level?.keys && isKey(text, token.end)) {
    level.key = value;
    if (level.keys.has(value)) return flawAt('duplicate_key', path, 'the same key stands twice');
    level.keys.add(value);
  }
  if (value.isWellFormed() && !value.includes('\0')) return undefined;
  return flawAt('invalid_text', path, 'text holds a NUL or half of a surrogate pair');
}

const isKey = (text: string, end: number): boolean => /^\s*:/.test(text.slice(end, end + 64));

function flawAt(code: JsonFlaw['code'], path: readonly Level[], message: string): JsonFlaw {
  const pointer = path.map((level) => `/${level.keys ? escapePointer(level.key) : level.index}`).join('');
  return { code, pointer, message };
}

const escapePointer = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1');
