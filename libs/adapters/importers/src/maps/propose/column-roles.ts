import { cellOf } from '../cell.ts';
import type { NumberFormat } from '../cell.ts';
import type { Role } from '../map.ts';

/** What the first rows say about a column. */
export type ColumnProfile = {
  readonly name: string;
  /** Cells that are not empty. */
  readonly filled: number;
  readonly numbers: number;
  readonly whole: boolean;
  readonly distinct: number;
};

/** Names that columns usually have, in lower case with `_` between words. */
const NAMES: Partial<Record<Role, RegExp>> = {
  run: /^(run|run_?id|run_?name|experiment|exp|exp_?name)$/,
  model: /^(model|model_?name|model_?id|checkpoint)$/,
  seed: /^(seed|init_?seed|random_?seed)$/,
  attempt: /^(attempt|attempt_?(id|no|number))$/,
  step: /^(step|steps|global_?steps?|train(ing)?_?steps?|trainer_global_step|iter|iters|iteration|iter_?num|update|num_?updates)$/,
  first_step: /^(first_?step|from_?step|start_?step)$/,
  last_step: /^(last_?step|to_?step|end_?step)$/,
  time: /^(wall_?time|timestamp|time_?stamp)$/,
  metric: /^(metric|metric_?name|key|tag|measure)$/,
  value: /^(value|val)$/,
  tokens: /^(tokens|n_?tokens|num_?tokens|token_?count|tokens_?consumed|amount)$/,
  slice: /^(slice|domain|source|dataset|subset|category|data_?source|corpus|component)$/,
  shard: /^(shard|shard_?id)$/,
  tokenizer: /^tokenizer$/,
  benchmark: /^(task|task_?name|benchmark|bench|eval|eval_?name|evaluation)$/,
  score: /^(score|value|result|acc|accuracy)$/,
  stderr: /^(stderr|std_?err|se|standard_?error)$/,
  items: /^(items|n_?items|num_?items|n_?samples|n)$/,
  shots: /^(shots|n_?shots?|num_?fewshot|few_?shot|k_?shot)$/,
  split: /^split$/,
  harness: /^harness$/,
  unit: /^units?$/,
  direction: /^(direction|higher_?is_?better)$/,
};

/** Roles whose columns hold numbers. */
const NUMERIC = new Set<Role>([
  'seed',
  'attempt',
  'step',
  'first_step',
  'last_step',
  'value',
  'tokens',
  'score',
  'stderr',
  'items',
  'shots',
]);

export const plainName = (name: string): string =>
  name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^_+|_+$/g, '');

/** The column of a role by its name and its values; undefined if there is none. */
export function columnFor(role: Role, columns: readonly ColumnProfile[]): string | undefined {
  const isNumeric = NUMERIC.has(role);
  return columns.find(
    (column) => NAMES[role]?.test(plainName(column.name)) && (!isNumeric || isNumberColumn(column)),
  )?.name;
}

/** Whether most filled cells are numbers. The others are refused by line when the table is read, and not overlooked. */
export const isNumberColumn = ({ filled, numbers }: ColumnProfile): boolean => numbers * 2 > filled;

/** What the cells of each column are like. */
export function profilesOf(
  columns: readonly string[],
  rows: readonly (readonly (string | undefined)[])[],
  format: NumberFormat,
): ColumnProfile[] {
  return columns.map((name, index) => {
    const cells = rows
      .map((row) => ({ text: row[index] ?? '', cell: cellOf(row[index] ?? '', format) }))
      .filter(({ cell }) => cell.kind !== 'empty');
    const numbers = cells.flatMap(({ cell }) => (cell.kind === 'number' ? [cell] : []));
    return {
      name,
      filled: cells.length,
      numbers: numbers.length,
      whole: numbers.every(({ value, unit }) => unit === '' && Number.isSafeInteger(value)),
      distinct: new Set(cells.map(({ text }) => text)).size,
    };
  });
}
