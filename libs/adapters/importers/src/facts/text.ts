import { createHash } from 'node:crypto';
import { redactSecrets } from '../secret-scan.ts';

/** Text for a fact: secrets redacted, truncated to `maxLength`, without lone surrogates. */
export const truncate = (text: string, maxLength: number): string =>
  redactSecrets(text).value.slice(0, maxLength).toWellFormed();

const DIGITS = 12;

/** Truncates a name and keeps it unique: the end becomes a digest of the whole name. */
export function truncateName(name: string, maxLength: number): string {
  if (name.length <= maxLength) return truncate(name, maxLength);
  const digest = createHash('sha256').update(name).digest('hex').slice(0, DIGITS);
  return `${truncate(name, maxLength - DIGITS - 1)}~${digest}`;
}

/** A value for a message: strings and numbers truncated to 40 characters, the type of anything else. */
export const preview = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint'
    ? truncate(String(value), 40)
    : typeof value;

/** An escaped backslash, or a lone surrogate as JSON.stringify escapes it. */
const LONE_SURROGATE = /\\\\|\\ud[89a-f][0-9a-f]{2}/gi;

/** The same value with lone surrogates replaced by U+FFFD, because they have no UTF-8 form. Truncation can create them. */
export function wellFormed<Value>(value: Value): Value {
  const text = JSON.stringify(value);
  if (!/\\ud[89a-f]/i.test(text)) return value;
  const replaced: Value = JSON.parse(
    text.replace(LONE_SURROGATE, (token) => (token === '\\\\' ? token : '\\ufffd')),
  );
  return replaced;
}
