import { invalid } from '../errors.ts';
import { integer } from './fields.ts';
import type { RequestFields } from './fields.ts';

export type Page = { readonly skip: number; readonly first: number };

/** The page that `max_results` and `page_token` select. Throws MlflowFault for what is out of range. */
export const pageOf = (body: RequestFields, most: number, usual: number): Page => ({
  skip: skipOf(body['page_token']),
  first: firstOf(body, most, usual),
});

/** How many the page may have. Throws MlflowFault for what is out of range. */
export function firstOf(body: RequestFields, most: number, usual: number): number {
  const first = integer(body, 'max_results', usual);
  if (first < 1 || first > most) throw invalid(`max_results must be between 1 and ${most}, not ${first}`);
  return first;
}

export const INVALID_TOKEN = 'page_token must be the next_page_token of the previous page';

/** The tables count what they skip in 32 bits. */
const MAX_SKIP = 2 ** 32 - 1;

function skipOf(token: unknown): number {
  if (isFirst(token)) return 0;
  const skip = Number(/^after:(\d+)$/.exec(contentOf(token))?.[1]);
  if (skip <= MAX_SKIP) return skip;
  throw invalid(INVALID_TOKEN);
}

/** The token of the next page, if there is one. */
export const nextToken = ({ skip, first }: Page, found: number): { next_page_token?: string } =>
  found > skip + first ? { next_page_token: encoded(`after:${skip + first}`) } : {};

/** Whether a page is the first one. */
export const isFirst = (token: unknown): boolean => token === undefined || token === null || token === '';

export const encoded = (content: string): string => Buffer.from(content).toString('base64');

/** What a token says; nothing where it is no text. */
export const contentOf = (token: unknown): string =>
  typeof token === 'string' ? Buffer.from(token, 'base64').toString('utf8') : '';
