import { InvalidArgumentError } from 'commander';
import type { PlannedBy } from './generated/documents.ts';

/** How far a plan is followed: tokens in all, and their steps where the plan changes with them. */
export type Horizon = {
  readonly tokens: number;
  readonly steps?: number | undefined;
  readonly by: PlannedBy;
};

/** What planned tokens can be summed by. */
export const PLANNED_BY: readonly PlannedBy[] = ['slice', 'source', 'licence', 'shard'];

/** Parses a whole number above zero, such as 1000000 or 2e12. Throws InvalidArgumentError for any other text. */
export function wholeFrom(text: string): number {
  const value = Number(text);
  if (/\d/.test(text) && Number.isSafeInteger(value) && value > 0) return value;
  throw new InvalidArgumentError('It is an integer above zero.');
}
