import { stringify } from 'yaml';
import { OPEN } from './table-map.ts';
import type { Proposal } from './table-map.ts';

/** What a key stands for, where a proposal leaves it open. */
const HINTS = new Map([
  ['step', 'a column, or {is: NUMBER}; without this key, points have no step'],
  ['run', 'a column, or {is: NAME}'],
  ['metric', 'a column, or {is: NAME}'],
  ['first_step', 'a column, or {is: NUMBER}: over which steps were the tokens consumed?'],
  ['last_step', 'a column, or {is: NUMBER}'],
  ['numbers', '"1,234.5" if the comma separates thousands, "1234,5" if it is the decimal sign'],
]);

/** The keys that a proposal leaves open. */
export const openKeys = (proposal: Proposal): string[] =>
  Object.entries(proposal).flatMap(([key, value]) =>
    value === OPEN || (Array.isArray(value) && value.includes(OPEN)) ? [key] : [],
  );

/** A proposal as the YAML of a map. What is open stands as `?`, with a hint. */
export function proposalText(proposal: Proposal): string {
  const lines = Object.entries(proposal).map(([key, value]) => {
    if (value === OPEN) return `${key}: ? # ${HINTS.get(key) ?? 'a column'}\n`;
    return stringify({ [key]: value }, { lineWidth: 0 });
  });
  return lines.join('');
}
