import { printable } from './aligned.ts';

export type AsOf = { readonly position: string; readonly time: string | null };

/** What every answer ends with: the state of the log behind it. */
export function footer(answer: {
  asOf: AsOf;
  complete: boolean;
  lag: number;
  reason?: string | null;
}): string {
  const at = `as of position ${answer.asOf.position}${answer.asOf.time ? ` (${answer.asOf.time})` : ''}`;
  if (answer.complete) return `${at}, complete`;
  const reason =
    answer.reason ?? (answer.lag > 0 ? `${answer.lag} events are not in the tables yet` : 'no reason given');
  return `${at}, NOT complete: ${printable(reason)}`;
}
