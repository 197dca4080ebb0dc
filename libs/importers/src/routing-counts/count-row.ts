import { countOf } from '../manifest/shape.ts';
import type { TableRow } from '../table.ts';

/** Tokens that one expert of a layer got in a domain. */
export type CountRow = {
  readonly model: string;
  readonly choice: 'all' | 'first';
  /** Experts chosen for a token, where the row says it. */
  readonly topK: number | undefined;
  readonly domain: string;
  readonly layer: number;
  readonly expert: number;
  readonly count: number;
  readonly line: number;
};

/** A row of the table, or why it is none. */
export function countRowOf(columns: readonly string[], { cells, line }: TableRow): CountRow | string {
  const cell = (name: string) => cells[columns.indexOf(name)] ?? '';
  const [layer, expert, count] = [cell('layer'), cell('expert'), cell('count')].map(countOf);
  const model = cell('model');
  const domain = cell('domain');
  if (model === '' || domain === '') return 'the row names no model or no domain';
  if (layer === undefined || expert === undefined) return 'layer and expert must be whole numbers';
  if (count === undefined) return `the count "${cell('count').slice(0, 40)}" is no whole number`;
  const topk = cell('topk');
  const number = countOf(cell('top_k') || /^(?:top[-_]?)?(\d+)$/i.exec(topk)?.[1]);
  const choice = /^(top[-_]?1|first)$/i.test(topk) ? 'first' : 'all';
  const topK = choice === 'all' && number !== undefined && number > 0 ? number : undefined;
  return { model, choice, topK, domain, layer, expert, count, line };
}

/** Counts in the order of the experts; a missing expert is not one without tokens. */
export function countsOf(rows: readonly CountRow[]): number[] | string {
  const counts: (number | undefined)[] = [];
  for (const { expert, count } of rows) {
    if (expert >= 10_000) return `expert ${expert} is beyond what a layer has`;
    if (counts[expert] !== undefined) return `expert ${expert} is counted twice`;
    counts[expert] = count;
  }
  const missing = Array.from(counts).findIndex((count) => count === undefined);
  if (missing >= 0) return `expert ${missing} is missing; write 0 where it got no token`;
  return counts.flatMap((count) => count ?? []);
}
