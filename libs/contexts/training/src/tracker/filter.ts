import { filterTooLong, invalidFilter, Tokens, tokensOf } from './filter-tokens.ts';
import type { Token } from './filter-tokens.ts';
import { EXACT, likePattern } from './like.ts';

type FieldKind = 'attribute' | 'metric' | 'param' | 'tag' | 'dataset';

/** What a condition or an order refers to, such as the metric `loss`. */
export type Field = { readonly kind: FieldKind; readonly key: string };

type Operator =
  '=' | '!=' | '>' | '>=' | '<' | '<=' | 'LIKE' | 'ILIKE' | 'IN' | 'NOT IN' | 'IS NULL' | 'IS NOT NULL';

export type Condition = Field & {
  readonly operator: Operator;
  readonly value: number | string | readonly string[];
};

const KINDS: ReadonlyMap<string, FieldKind> = new Map<string, FieldKind>(
  Object.entries({
    metric: 'metric',
    metrics: 'metric',
    param: 'param',
    params: 'param',
    parameter: 'param',
    parameters: 'param',
    tag: 'tag',
    tags: 'tag',
    attribute: 'attribute',
    attributes: 'attribute',
    attr: 'attribute',
    run: 'attribute',
    dataset: 'dataset',
    datasets: 'dataset',
  } as const),
);

/**
 * Parses a filter such as `metrics.loss < 2 AND tags."mlflow.user" LIKE 'a%'` into conditions, all of which must hold.
 * A name without a kind is an attribute. Throws Fault `filter_invalid`, and `filter_too_long` where there are more than `most`,
 * of which each would be asked of every candidate.
 */
export function filterOf(text: string | undefined, most = Infinity): readonly Condition[] {
  const tokens = new Tokens(text ?? '');
  const conditions: Condition[] = [];
  while (tokens.next) {
    if (conditions.length > 0 && !tokens.takeWord('AND'))
      throw invalidFilter(`expected AND between conditions, found ${tokens.next.text}`);
    if (conditions.length === most) throw filterTooLong(`a filter has at most ${most} conditions`);
    conditions.push(condition(tokens));
  }
  return conditions;
}

function condition(tokens: Tokens): Condition {
  const field = fieldOf(tokens.take());
  const operator = operatorOf(tokens);
  if (operator === 'IS NULL' || operator === 'IS NOT NULL') return { ...field, operator, value: '' };
  const value = operator === 'IN' || operator === 'NOT IN' ? listOf(tokens) : valueOf(tokens.take());
  requireComparable({ ...field, operator, value });
  return { ...field, operator, value };
}

function requireComparable({ kind, key, operator, value }: Condition): void {
  if (kind === 'metric' && typeof value !== 'number')
    throw invalidFilter(`metric ${key} must be compared with a number`);
  if ((kind === 'param' || kind === 'tag') && typeof value === 'number')
    throw invalidFilter(`${kind} ${key} is a string: put the value that it is compared with in quotes`);
  if ((operator === 'LIKE' || operator === 'ILIKE') && typeof value !== 'string')
    throw invalidFilter(`${operator} needs a quoted pattern`);
  if ((operator === 'LIKE' || operator === 'ILIKE') && typeof value === 'string') likePattern(value, EXACT);
}

/** `metrics.loss`, `params."learning rate"`, `start_time`. */
function fieldOf(token: Token | undefined): Field {
  if (token?.kind !== 'name')
    throw invalidFilter(`expected a name such as metrics.loss, found ${token?.text ?? 'the end'}`);
  const dot = token.path ? token.path.prefix : undefined;
  if (dot === undefined) return { kind: 'attribute', key: token.text };
  const kind = KINDS.get(dot.toLowerCase());
  if (!kind) throw invalidFilter(`unknown field ${dot}: use metrics, params, tags, attributes or datasets`);
  return { kind, key: token.path?.key ?? '' };
}

const COMPARATORS = new Set<string>(['=', '!=', '>', '>=', '<', '<=']);
const isComparator = (text: string): text is Operator => COMPARATORS.has(text);

function operatorOf(tokens: Tokens): Operator {
  const token = tokens.take();
  if (token?.kind === 'operator' && isComparator(token.text)) return token.text;
  const worded = token?.kind === 'name' ? namedOperator(token.text.toUpperCase(), tokens) : undefined;
  if (worded) return worded;
  throw invalidFilter(
    `expected a comparison, found ${token?.text ?? 'the end'}: use =, !=, >, >=, <, <=, LIKE, ILIKE, IN, NOT IN, IS NULL or IS NOT NULL`,
  );
}

function namedOperator(word: string, tokens: Tokens): Operator | undefined {
  switch (word) {
    case 'LIKE':
    case 'ILIKE':
    case 'IN':
      return word;
    case 'NOT':
      return tokens.takeWord('IN') ? 'NOT IN' : undefined;
    case 'IS':
      return nullOperator(tokens);
    default:
      return undefined;
  }
}

function nullOperator(tokens: Tokens): Operator | undefined {
  const negated = tokens.takeWord('NOT');
  if (!tokens.takeWord('NULL')) return undefined;
  return negated ? 'IS NOT NULL' : 'IS NULL';
}

function valueOf(token: Token | undefined): number | string {
  if (token?.kind === 'number') return Number(token.text);
  if (token?.kind === 'text') return token.text;
  throw invalidFilter(`expected a number or a quoted string, found ${token?.text ?? 'the end'}`);
}

function listOf(tokens: Tokens): string[] {
  if (tokens.take()?.text !== '(') throw invalidFilter('IN needs a list in parentheses');
  const list: string[] = [];
  for (;;) {
    const item = valueOf(tokens.take());
    if (typeof item === 'number') throw invalidFilter('IN needs quoted strings');
    list.push(item);
    const next = tokens.take();
    if (next?.text === ')') return list;
    if (next?.text !== ',')
      throw invalidFilter('the items of IN must be separated by commas and end with a parenthesis');
  }
}

export type Order = Field & { readonly descending: boolean };

/** The orders that are given, and those that decide where these do not. Throws Fault `filter_invalid`. */
export function ordersOf(given: readonly string[], last: readonly string[]): Order[] {
  return [...given, ...last].map(orderOf);
}

/** Parses an order such as `metrics.loss DESC` or `params.lr`. Throws Fault `filter_invalid`. */
export function orderOf(text: string): Order {
  const [name, direction, ...rest] = tokensOf(text);
  const word = direction?.text.toUpperCase() ?? 'ASC';
  if (rest.length > 0 || (word !== 'ASC' && word !== 'DESC'))
    throw invalidFilter(`${JSON.stringify(text)} is not an order: write a name, then ASC or DESC`);
  return { ...fieldOf(name), descending: word === 'DESC' };
}
