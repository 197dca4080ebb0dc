import { createHash } from 'node:crypto';

/** Text as a fact may hold it: no longer than that, and without half a character. */
export const cut = (text: string, longest: number): string => text.slice(0, longest).toWellFormed();

const DIGITS = 12;

/** A name that stays one of its own when it is cut: its end becomes a digest of the whole. */
export function cutName(name: string, longest: number): string {
  if (name.length <= longest) return name.toWellFormed();
  const digest = createHash('sha256').update(name).digest('hex').slice(0, DIGITS);
  return `${cut(name, longest - DIGITS - 1)}~${digest}`;
}
