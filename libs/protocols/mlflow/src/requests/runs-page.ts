import type { OrderValue } from '@tributary/training';
import { invalid } from '../errors.ts';
import type { RequestFields } from './fields.ts';
import { contentOf, encoded, firstOf, INVALID_TOKEN, isFirst } from './page.ts';

/** A page that begins behind a run, of which it has the value of each order; the first one has none. */
export type RunsPage = { readonly first: number; readonly after?: readonly OrderValue[] };

/** As `pageOf`, for a list that has so many orders and whose pages begin behind a run. */
export function runsPageOf(body: RequestFields, orders: number, most: number, usual: number): RunsPage {
  const first = firstOf(body, most, usual);
  const token = body['page_token'];
  if (isFirst(token)) return { first };
  const after = valuesIn(contentOf(token));
  if (after?.length !== orders) throw invalid(`${INVALID_TOKEN}, with the same order_by`);
  return { first, after };
}

/** The token of the page that begins behind a run. JSON has no NaN and no infinity, so numbers are texts. */
export const runToken = (values: readonly OrderValue[]) => ({
  next_page_token: encoded(
    JSON.stringify(
      values.map((value) => (typeof value === 'number' ? { number: String(value) } : (value ?? null))),
    ),
  ),
});

function valuesIn(content: string): OrderValue[] | undefined {
  try {
    const values: unknown = JSON.parse(content);
    return Array.isArray(values) ? values.map(valueIn) : undefined;
  } catch {
    return undefined;
  }
}

/** Throws TypeError for what stands in no token. */
function valueIn(value: unknown): OrderValue {
  if (value === null) return undefined;
  if (typeof value === 'string') return value;
  if (typeof value === 'object' && 'number' in value && typeof value.number === 'string')
    return Number(value.number);
  throw new TypeError('a value of an order is a text, a number or null');
}
