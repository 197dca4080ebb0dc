import { looseCountIn } from '../files/untyped-values.ts';
import type { TableRow } from '../files/table.ts';

const MOST_LAYERS = 100_000;
const MOST_EXPERTS = 10_000;

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

const NAMES = {
  model: ['model', 'checkpoint'],
  domain: ['domain', 'dataset'],
  layer: ['layer', 'layer_idx', 'layer_id'],
  expert: ['expert', 'expert_idx', 'expert_id'],
  count: ['count', 'counts', 'tokens', 'num_tokens', 'token_count'],
  topk: ['topk'],
  top_k: ['top_k'],
} as const;

/** Where each column is. */
export type CountColumns = Readonly<Partial<Record<keyof typeof NAMES, number>>>;

/** Undefined where a table does not count tokens by expert. */
export function countColumns(columns: readonly string[]): CountColumns | undefined {
  const lower = columns.map((column) => column.toLowerCase());
  const at = (names: readonly string[]) => lower.findIndex((column) => names.includes(column));
  const [model, domain, layer] = [at(NAMES.model), at(NAMES.domain), at(NAMES.layer)];
  const [expert, count] = [at(NAMES.expert), at(NAMES.count)];
  if ([model, domain, layer, expert, count].some((column) => column < 0)) return undefined;
  return { model, domain, layer, expert, count, topk: at(NAMES.topk), top_k: at(NAMES.top_k) };
}

/** A row of the table, or why it is none. */
export function countRowOf(columns: CountColumns, { cells, line }: TableRow): CountRow | string {
  const cell = (name: keyof CountColumns) => cells[columns[name] ?? -1] ?? '';
  const [layer, expert, count] = [cell('layer'), cell('expert'), cell('count')].map(looseCountIn);
  const model = cell('model');
  const domain = cell('domain');
  if (model === '' || domain === '') return 'the row names no model or no domain';
  if (layer === undefined || expert === undefined) return 'layer and expert must be whole numbers';
  if (layer > MOST_LAYERS) return `layer ${layer} is beyond what a model has`;
  if (count === undefined) return `the count "${cell('count').slice(0, 40)}" is no whole number`;
  const chosen = choiceIn(cell('topk'), cell('top_k'));
  if ((chosen.topK ?? 0) > MOST_EXPERTS) return `top ${chosen.topK} is beyond what a layer has`;
  return { model, ...chosen, domain, layer, expert, count, line };
}

/** `top1` counts first choices, `top8` all of eight; a column of its own may say how many there are. */
function choiceIn(topk: string, topK: string): Pick<CountRow, 'choice' | 'topK'> {
  const number = looseCountIn(topK || /^(?:top[-_]?)?(\d+)$/i.exec(topk)?.[1]);
  if (/^(top[-_]?1|first)$/i.test(topk)) return { choice: 'first', topK: undefined };
  return { choice: 'all', topK: number === 0 ? undefined : number };
}

/** Counts in the order of the experts; a missing expert is not one without tokens. */
export function countsOf(rows: readonly CountRow[]): number[] | string {
  const counts: (number | undefined)[] = [];
  for (const { expert, count } of rows) {
    if (expert >= MOST_EXPERTS) return `expert ${expert} is beyond what a layer has`;
    if (counts[expert] !== undefined) return `expert ${expert} is counted twice`;
    counts[expert] = count;
  }
  const missing = Array.from(counts).findIndex((count) => count === undefined);
  if (missing >= 0) return `expert ${missing} is missing; write 0 where it got no token`;
  return counts.flatMap((count) => count ?? []);
}
