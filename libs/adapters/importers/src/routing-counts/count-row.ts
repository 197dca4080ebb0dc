import { looseCountIn } from '../files/untyped-values.ts';
import type { TableRow } from '../files/table.ts';

const MAX_LAYERS = 100_000;
const MAX_EXPERTS = 10_000;

/** The number of tokens that were routed to an expert of a layer in a domain. */
export type CountRow = {
  readonly model: string;
  readonly choice: 'all' | 'first';
  /** Experts for each token, if the row states it. */
  readonly topK: number | undefined;
  readonly domain: string;
  readonly layer: number;
  readonly expert: number;
  readonly count: number;
  readonly line: number;
};

const NAMES = {
  model: ['model', 'checkpoint'],
  domain: ['domain', 'dataset'],
  layer: ['layer', 'layer_idx', 'layer_id'],
  expert: ['expert', 'expert_idx', 'expert_id'],
  count: ['count', 'counts', 'tokens', 'num_tokens', 'token_count'],
  topk: ['topk'],
  top_k: ['top_k'],
} as const;

/** The index of each column. */
export type CountColumns = Readonly<Partial<Record<keyof typeof NAMES, number>>>;

/** The columns of a table; undefined if it does not count tokens by expert. */
export function countColumns(columns: readonly string[]): CountColumns | undefined {
  const lower = columns.map((column) => column.toLowerCase());
  const at = (names: readonly string[]) => lower.findIndex((column) => names.includes(column));
  const [model, domain, layer] = [at(NAMES.model), at(NAMES.domain), at(NAMES.layer)];
  const [expert, count] = [at(NAMES.expert), at(NAMES.count)];
  if ([model, domain, layer, expert, count].some((column) => column < 0)) return undefined;
  return { model, domain, layer, expert, count, topk: at(NAMES.topk), top_k: at(NAMES.top_k) };
}

/** Parses a row. Returns the reason as a string if it is invalid. */
export function countRowOf(columns: CountColumns, { cells, line }: TableRow): CountRow | string {
  const cell = (name: keyof CountColumns) => cells[columns[name] ?? -1] ?? '';
  const [layer, expert, count] = [cell('layer'), cell('expert'), cell('count')].map(looseCountIn);
  const model = cell('model');
  const domain = cell('domain');
  if (model === '' || domain === '') return 'the row has no model or no domain';
  if (layer === undefined || expert === undefined)
    return 'the layer or the expert is not a non-negative whole number';
  if (layer > MAX_LAYERS) return `layer ${layer} is out of range; the maximum is ${MAX_LAYERS}`;
  if (count === undefined)
    return `the count "${cell('count').slice(0, 40)}" is not a non-negative whole number`;
  const chosen = choiceIn(cell('topk'), cell('top_k'));
  if ((chosen.topK ?? 0) > MAX_EXPERTS)
    return `top_k ${chosen.topK} is out of range; the maximum is ${MAX_EXPERTS}`;
  return { model, ...chosen, domain, layer, expert, count, line };
}

/** `top1` counts first choices and `top8` all eight choices. A separate column can state the number of choices. */
function choiceIn(topk: string, topK: string): Pick<CountRow, 'choice' | 'topK'> {
  const number = looseCountIn(topK || /^(?:top[-_]?)?(\d+)$/i.exec(topk)?.[1]);
  if (/^(top[-_]?1|first)$/i.test(topk)) return { choice: 'first', topK: undefined };
  return { choice: 'all', topK: number === 0 ? undefined : number };
}

/**
 * The counts in the order of the experts, or the reason why they are invalid. A missing expert is invalid, because it
 * can have tokens.
 */
export function countsOf(rows: readonly CountRow[]): number[] | string {
  const counts: (number | undefined)[] = [];
  for (const { expert, count } of rows) {
    if (expert >= MAX_EXPERTS) return `expert ${expert} is out of range; the maximum is ${MAX_EXPERTS - 1}`;
    if (counts[expert] !== undefined) return `expert ${expert} has two rows`;
    counts[expert] = count;
  }
  const missing = Array.from(counts).findIndex((count) => count === undefined);
  if (missing >= 0) return `expert ${missing} has no row; add one with the count 0 if it got no tokens`;
  return counts.flatMap((count) => count ?? []);
}
