import { valueIn } from '@tributary/kernel';
import type { Condition, Field, Order } from './filter.ts';
import { invalidFilter } from './filter-tokens.ts';
import { EXACT, IGNORING_CASE, likePattern } from './like.ts';

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
    return (candidate.datasets ?? []).some((dataset) => compare(valueIn(dataset, condition.key), condition));
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
      if (Object.hasOwn(candidate.attributes, key)) return valueIn(candidate.attributes, key);
      throw invalidFilter(
        `unknown attribute ${key}; known are ${Object.keys(candidate.attributes).join(', ')}`,
      );
  }
}

function compare(value: string | number | undefined, condition: Condition): boolean {
  const { operator, value: operand } = condition;
  if (operator === 'IS NULL') return value === undefined;
  if (value === undefined) return false;
  switch (operator) {
    case 'IS NOT NULL':
      return true;
    case 'IN':
      return listOf(condition).has(String(value));
    case 'NOT IN':
      return !listOf(condition).has(String(value));
    case 'LIKE':
      return patternOf(condition)(String(value));
    case 'ILIKE':
      return patternOfAnyCase(condition)(String(value));
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

/** Computed once for a condition, which is compared with many values. */
function forEach<Made extends object>(make: (operand: Condition['value']) => Made): (of: Condition) => Made {
  const known = new WeakMap<Condition, Made>();
  return (condition) => {
    const made = known.get(condition) ?? make(condition.value);
    known.set(condition, made);
    return made;
  };
}

const listOf = forEach((operand) => new Set(Array.isArray(operand) ? operand : []));
const patternOf = forEach((operand) => likePattern(String(operand), EXACT));
const patternOfAnyCase = forEach((operand) => likePattern(String(operand), IGNORING_CASE));

/** Compares by several orders, the first with the highest priority. Missing values come last, after NaN. */
export const comparing =
  (orders: readonly Order[]) =>
  (left: Filterable, right: Filterable): number => {
    for (const order of orders) {
      const difference = compareBy(order, valueOf(left, order), valueOf(right, order));
      if (difference !== 0) return difference;
    }
    return 0;
  };

/** What a candidate is compared by: its value of each order. */
export const orderValues = (candidate: Filterable, orders: readonly Order[]): OrderValue[] =>
  orders.map((order) => valueOf(candidate, order));

/** As `comparing`, of the values alone. */
export function compareOrderValues(
  orders: readonly Order[],
  left: readonly OrderValue[],
  right: readonly OrderValue[],
): number {
  for (const [at, order] of orders.entries()) {
    const difference = compareBy(order, left[at], right[at]);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Sorts by several orders. The sort is stable. */
export const sorted = <Item extends Filterable>(items: readonly Item[], orders: readonly Order[]): Item[] =>
  items.toSorted(comparing(orders));

/** Undefined where it is missing. */
export type OrderValue = string | number | undefined;

function compareBy({ descending }: Order, left: OrderValue, right: OrderValue): number {
  const byRank = rank(left) - rank(right);
  if (byRank !== 0 || left === undefined || right === undefined || Number.isNaN(left)) return byRank;
  if (left === right) return 0;
  return left < right === descending ? 1 : -1;
}

function rank(value: OrderValue): number {
  if (value === undefined) return 2;
  return Number.isNaN(value) ? 1 : 0;
}
