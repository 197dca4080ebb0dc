import type { Condition, Field, Order } from './filter.ts';
import { invalidFilter } from './filter.ts';

/** The values of a run, a project or a model that a filter can refer to. */
export type Filterable = {
  readonly attributes: Readonly<Record<string, string | number | undefined>>;
  readonly metrics?: ReadonlyMap<string, number>;
  readonly params?: ReadonlyMap<string, string>;
  readonly tags?: ReadonlyMap<string, string>;
  readonly datasets?: readonly Readonly<Record<string, string>>[];
};

/** Whether all conditions hold. A missing value meets IS NULL only. */
export const matches = (candidate: Filterable, conditions: readonly Condition[]): boolean =>
  conditions.every((condition) => holds(candidate, condition));

function holds(candidate: Filterable, condition: Condition): boolean {
  if (condition.kind === 'dataset')
    return (candidate.datasets ?? []).some((dataset) =>
      compare(Object.hasOwn(dataset, condition.key) ? dataset[condition.key] : undefined, condition),
    );
  return compare(valueOf(candidate, condition), condition);
}

function valueOf(candidate: Filterable, { kind, key }: Field): string | number | undefined {
  switch (kind) {
    case 'metric':
      return candidate.metrics?.get(key);
    case 'param':
      return candidate.params?.get(key);
    case 'tag':
      return candidate.tags?.get(key);
    case 'dataset':
      return undefined;
    case 'attribute':
      if (Object.hasOwn(candidate.attributes, key)) return candidate.attributes[key];
      throw invalidFilter(
        `unknown attribute ${key}; known are ${Object.keys(candidate.attributes).join(', ')}`,
      );
  }
}

function compare(value: string | number | undefined, { operator, value: operand }: Condition): boolean {
  if (operator === 'IS NULL') return value === undefined;
  if (value === undefined) return false;
  switch (operator) {
    case 'IS NOT NULL':
      return true;
    case 'IN':
      return Array.isArray(operand) && operand.includes(String(value));
    case 'NOT IN':
      return Array.isArray(operand) && !operand.includes(String(value));
    case 'LIKE':
      return isLike(String(value), String(operand), exactly);
    case 'ILIKE':
      return isLike(String(value), String(operand), ignoringCase);
    default:
      return ordered(operator, typeof operand === 'number' ? Number(value) : String(value), operand);
  }
}

type Ordering = '=' | '!=' | '>' | '>=' | '<' | '<=';

function ordered(operator: Ordering, value: number | string, operand: Condition['value']): boolean {
  switch (operator) {
    case '=':
      return value === operand;
    case '!=':
      return value !== operand;
    case '>':
      return value > operand;
    case '>=':
      return value >= operand;
    case '<':
      return value < operand;
    case '<=':
      return value <= operand;
  }
}

type Same = (left: string | undefined, right: string | undefined) => boolean;

const exactly: Same = (left, right) => left === right;
const ignoringCase: Same = (left, right) =>
  left === right ||
  left?.toLowerCase() === right?.toLowerCase() ||
  left?.toUpperCase() === right?.toUpperCase();

/**
 * Whether a text matches a pattern in which `%` stands for any text and `_` for one character. It resumes at the last
 * `%` only, so the cost is at most the product of the lengths.
 */
function isLike(text: string, pattern: string, same: Same): boolean {
  const [given, wanted] = [Array.from(text), Array.from(pattern)];
  let [at, read, wildcard, resume] = [0, 0, -1, 0];
  while (read < given.length) {
    if (wanted[at] === '%') {
      [wildcard, resume] = [at, read];
      at += 1;
    } else if (at < wanted.length && (wanted[at] === '_' || same(wanted[at], given[read]))) {
      at += 1;
      read += 1;
    } else if (wildcard >= 0) {
      resume += 1;
      [at, read] = [wildcard + 1, resume];
    } else return false;
  }
  return wanted.slice(at).every((rest) => rest === '%');
}

/** Sorts by several orders, the first with the highest priority. Missing values come last, after NaN. The sort is stable. */
export function sorted<Item extends Filterable>(items: readonly Item[], orders: readonly Order[]): Item[] {
  return items.toSorted((left, right) => {
    for (const order of orders) {
      const difference = compareBy(order, valueOf(left, order), valueOf(right, order));
      if (difference !== 0) return difference;
    }
    return 0;
  });
}

type Value = string | number | undefined;

function compareBy({ descending }: Order, left: Value, right: Value): number {
  const byRank = rank(left) - rank(right);
  if (byRank !== 0 || left === undefined || right === undefined || Number.isNaN(left)) return byRank;
  if (left === right) return 0;
  return left < right === descending ? 1 : -1;
}

function rank(value: Value): number {
  if (value === undefined) return 2;
  return Number.isNaN(value) ? 1 : 0;
}
