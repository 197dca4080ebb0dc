import { Fault } from '@tributary/kernel';
import { tokensOf } from './filter-tokens.ts';
import type { Token } from './filter-tokens.ts';

type FieldKind = 'attribute' | 'metric' | 'param' | 'tag' | 'dataset';

/** What a condition or an order speaks of, such as the metric `loss`. */
export type Field = { readonly kind: FieldKind; readonly key: string };

type Operator =
  '=' | '!=' | '>' | '>=' | '<' | '<=' | 'LIKE' | 'ILIKE' | 'IN' | 'NOT IN' | 'IS NULL' | 'IS NOT NULL';

export type Condition = Field & {
  readonly operator: Operator;
  readonly value: number | string | readonly string[];
};

const KINDS: Readonly<Record<string, FieldKind>> = {
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
};

/**
 * The conditions of a filter such as `metrics.loss < 2 AND tags."mlflow.user" LIKE 'a%'`, all of which must hold.
 * A name without a kind is an attribute. Throws `filter_invalid` with what is wrong.
 */
export function filterOf(text: string | undefined): readonly Condition[] {
  const tokens = [...tokensOf(text ?? '')];
  const conditions: Condition[] = [];
  while (tokens.length > 0) {
    if (conditions.length > 0 && !takesWord(tokens, 'AND'))
      throw refusal(`conditions are joined by AND, not by ${tokens[0]?.text}`);
    conditions.push(condition(tokens));
  }
  return conditions;
}

function condition(tokens: Token[]): Condition {
  const field = fieldOf(tokens.shift());
  const operator = operatorOf(tokens);
  if (operator === 'IS NULL' || operator === 'IS NOT NULL') return { ...field, operator, value: '' };
  const value = operator === 'IN' || operator === 'NOT IN' ? listOf(tokens) : valueOf(tokens.shift());
  requireFitting({ ...field, operator, value });
  return { ...field, operator, value };
}

function requireFitting({ kind, key, operator, value }: Condition): void {
  if (kind === 'metric' && typeof value !== 'number')
    throw refusal(`metric ${key} is compared with a number`);
  if ((kind === 'param' || kind === 'tag') && typeof value === 'number')
    throw refusal(`${kind} ${key} is text: quote the value it is compared with`);
  if ((operator === 'LIKE' || operator === 'ILIKE') && typeof value !== 'string')
    throw refusal(`${operator} takes a quoted pattern`);
}

/** `metrics.loss`, `params."learning rate"`, `start_time`. */
function fieldOf(token: Token | undefined): Field {
  if (token?.kind !== 'name')
    throw refusal(`a name such as metrics.loss must stand before ${token?.text ?? 'the end'}`);
  const dot = token.path ? token.path.prefix : undefined;
  if (dot === undefined) return { kind: 'attribute', key: token.text };
  const kind = KINDS[dot.toLowerCase()];
  if (!kind) throw refusal(`${dot} is none of metrics, params, tags, attributes and datasets`);
  return { kind, key: token.path?.key ?? '' };
}

const COMPARATORS = new Set<string>(['=', '!=', '>', '>=', '<', '<=']);
const isComparator = (text: string): text is Operator => COMPARATORS.has(text);

function operatorOf(tokens: Token[]): Operator {
  const token = tokens.shift();
  if (token?.kind === 'operator' && isComparator(token.text)) return token.text;
  const worded = token?.kind === 'name' ? wordedOperator(token.text.toUpperCase(), tokens) : undefined;
  if (worded) return worded;
  throw refusal(
    `${token?.text ?? 'the end'} is no comparison; use = != > >= < <= LIKE ILIKE IN, NOT IN or IS NULL`,
  );
}

function wordedOperator(word: string, tokens: Token[]): Operator | undefined {
  switch (word) {
    case 'LIKE':
    case 'ILIKE':
    case 'IN':
      return word;
    case 'NOT':
      return takesWord(tokens, 'IN') ? 'NOT IN' : undefined;
    case 'IS':
      return nullOperator(tokens);
    default:
      return undefined;
  }
}

function nullOperator(tokens: Token[]): Operator | undefined {
  const negated = takesWord(tokens, 'NOT');
  if (!takesWord(tokens, 'NULL')) return undefined;
  return negated ? 'IS NOT NULL' : 'IS NULL';
}

function takesWord(tokens: Token[], word: string): boolean {
  const [first] = tokens;
  if (first?.kind !== 'name' || first.text.toUpperCase() !== word) return false;
  tokens.shift();
  return true;
}

function valueOf(token: Token | undefined): number | string {
  if (token?.kind === 'number') return Number(token.text);
  if (token?.kind === 'text') return token.text;
  throw refusal(`${token?.text ?? 'the end'} stands where a number or quoted text is compared with`);
}

function listOf(tokens: Token[]): string[] {
  if (tokens.shift()?.text !== '(') throw refusal('IN takes a list in parentheses');
  const list: string[] = [];
  for (;;) {
    const item = valueOf(tokens.shift());
    if (typeof item === 'number') throw refusal('IN takes quoted texts');
    list.push(item);
    const next = tokens.shift();
    if (next?.text === ')') return list;
    if (next?.text !== ',') throw refusal('the items of IN are parted by commas and closed by a parenthesis');
  }
}

export type Order = Field & { readonly descending: boolean };

/** `metrics.loss DESC`, `params.lr`, `start_time ASC`. */
export function orderOf(text: string): Order {
  const [name, direction, ...rest] = tokensOf(text);
  const word = direction?.text.toUpperCase() ?? 'ASC';
  if (rest.length > 0 || (word !== 'ASC' && word !== 'DESC'))
    throw refusal(`${JSON.stringify(text)} is no order: write a name, then ASC or DESC`);
  return { ...fieldOf(name), descending: word === 'DESC' };
}

export const refusal = (message: string): Fault<'filter_invalid'> => new Fault('filter_invalid', message);
