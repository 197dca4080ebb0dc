import { createHash } from 'node:crypto';
import { redactSecrets } from '../secret-scan.ts';

/** Text as a fact may hold it: without secrets, no longer than that, and without half a character. */
export const cut = (text: string, longest: number): string =>
  redactSecrets(text).value.slice(0, longest).toWellFormed();

const DIGITS = 12;

/** A name that stays one of its own when it is cut: its end becomes a digest of the whole. */
export function cutName(name: string, longest: number): string {
  if (name.length <= longest) return cut(name, longest);
  const digest = createHash('sha256').update(name).digest('hex').slice(0, DIGITS);
  return `${cut(name, longest - DIGITS - 1)}~${digest}`;
}

/** A value for a message: texts and numbers as they are, of anything else only what it is. */
export const shown = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint'
    ? cut(String(value), 40)
    : typeof value;
