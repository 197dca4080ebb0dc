import { createHash } from 'node:crypto';
import { redactSecrets } from '@tributary/kernel';
import { isObject } from '../files/untyped-values.ts';

/** SHA-256 of a text in lower-case hex. */
export const sha256Of = (text: string): string => createHash('sha256').update(text).digest('hex');

/** SHA-256 of a JSON value in lower-case hex. The order of members does not count; numbers without a JSON form do. */
export const contentDigest = (value: unknown): string =>
  sha256Of(
    JSON.stringify(value, (_key, inner: unknown) => {
      if (typeof inner === 'number' && !Number.isFinite(inner)) return String(inner);
      return isObject(inner)
        ? Object.fromEntries(Object.entries(inner).toSorted(([left], [right]) => (left < right ? -1 : 1)))
        : inner;
    }),
  );

/** Text for a fact: secrets redacted, truncated to `maxLength`, without lone surrogates. */
export const truncate = (text: string, maxLength: number): string =>
  redactSecrets(text).value.slice(0, maxLength).toWellFormed();

const DIGITS = 12;

/** Truncates a name and keeps it unique: the end becomes a digest of the whole name. */
export function truncateName(name: string, maxLength: number): string {
  if (name.length <= maxLength) return truncate(name, maxLength);
  const digest = sha256Of(name).slice(0, DIGITS);
  return `${truncate(name, maxLength - DIGITS - 1)}~${digest}`;
}

/** The text without a run of one character at its end. A pattern would try every run in the text up to its end. */
export function withoutTrailing(text: string, character: string): string {
  let end = text.length;
  while (text[end - 1] === character) end -= 1;
  return text.slice(0, end);
}

/** A value for a message: strings and numbers truncated to 40 characters, the type of anything else. */
export const preview = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint'
    ? truncate(String(value), 40)
    : typeof value;
