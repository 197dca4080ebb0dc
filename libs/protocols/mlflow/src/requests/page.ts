import { invalid } from '../errors.ts';
import { integer } from './fields.ts';
import type { RequestFields } from './fields.ts';

export type Page = { readonly skip: number; readonly first: number };

/** The page that `max_results` and `page_token` select. Throws MlflowFault for what is out of range. */
export function pageOf(body: RequestFields, most: number, usual: number): Page {
  const first = integer(body, 'max_results', usual);
  if (first < 1 || first > most) throw invalid(`max_results must be between 1 and ${most}, not ${first}`);
  return { skip: skipOf(body['page_token']), first };
}

/** The tables count what they skip in 32 bits. */
const MAX_SKIP = 2 ** 32 - 1;

function skipOf(token: unknown): number {
  if (token === undefined || token === null || token === '') return 0;
  const text = typeof token === 'string' ? Buffer.from(token, 'base64').toString('utf8') : '';
  const skip = Number(/^after:(\d+)$/.exec(text)?.[1]);
  if (skip <= MAX_SKIP) return skip;
  throw invalid('page_token must be the next_page_token of the previous page');
}

/** The token of the next page, if there is one. */
export const nextToken = ({ skip, first }: Page, found: number): { next_page_token?: string } =>
  found > skip + first ? { next_page_token: Buffer.from(`after:${skip + first}`).toString('base64') } : {};
