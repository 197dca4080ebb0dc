import type { Condition, Field, Order } from './filter.ts';
import { refusal } from './filter.ts';

/** What a filter can ask of a run, a project or a model. */
export type Candidate = {
  readonly attributes: Readonly<Record<string, string | number | undefined>>;
  readonly metrics?: ReadonlyMap<string, number>;
  readonly params?: ReadonlyMap<string, string>;
  readonly tags?: ReadonlyMap<string, string>;
  readonly datasets?: readonly Readonly<Record<string, string>>[];
};

/** Whether every condition holds. What a candidate lacks meets no condition but IS NULL. */
export const matches = (candidate: Candidate, conditions: readonly Condition[]): boolean =>
  conditions.every((condition) => holds(candidate, condition));

function holds(candidate: Candidate, condition: Condition): boolean {
  if (condition.kind === 'dataset')
    return (candidate.datasets ?? []).some((dataset) => compare(dataset[condition.key], condition));
  return compare(valueOf(candidate, condition), condition);
}

function valueOf(candidate: Candidate, { kind, key }: Field): string | number | undefined {
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
      throw refusal(`${key} is no attribute; known are ${Object.keys(candidate.attributes).join(', ')}`);
  }
}

function compare(value: string | number | undefined, { operator, value: asked }: Condition): boolean {
  if (operator === 'IS NULL') return value === undefined;
  if (value === undefined) return false;
  switch (operator) {
    case 'IS NOT NULL':
      return true;
    case 'IN':
      return Array.isArray(asked) && asked.includes(String(value));
    case 'NOT IN':
      return Array.isArray(asked) && !asked.includes(String(value));
    case 'LIKE':
      return like(String(asked), '').test(String(value));
    case 'ILIKE':
      return like(String(asked), 'i').test(String(value));
    default:
      return ordered(operator, typeof asked === 'number' ? Number(value) : String(value), asked);
  }
}

type Ordering = '=' | '!=' | '>' | '>=' | '<' | '<=';

function ordered(operator: Ordering, value: number | string, asked: Condition['value']): boolean {
  switch (operator) {
    case '=':
      return value === asked;
    case '!=':
      return value !== asked;
    case '>':
      return value > asked;
    case '>=':
      return value >= asked;
    case '<':
      return value < asked;
    case '<=':
      return value <= asked;
  }
}

/** `%` stands for any text, `_` for one character. */
function like(pattern: string, flags: string): RegExp {
  const source = Array.from(pattern, (character) => {
    if (character === '%') return '.*';
    return character === '_' ? '.' : character.replace(/[.*+?^${}()|[\]\\]/, String.raw`\$&`);
  });
  return new RegExp(`^${source.join('')}$`, `su${flags}`);
}

/** Sorts by orders, the first one most; what lacks a value comes last, NaN before that. The sort is stable. */
export function sorted<Item extends Candidate>(items: readonly Item[], orders: readonly Order[]): Item[] {
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
  const place = rank(left) - rank(right);
  if (place !== 0 || left === undefined || right === undefined || Number.isNaN(left)) return place;
  if (left === right) return 0;
  return left < right === descending ? 1 : -1;
}

function rank(value: Value): number {
  if (value === undefined) return 2;
  return Number.isNaN(value) ? 1 : 0;
}
