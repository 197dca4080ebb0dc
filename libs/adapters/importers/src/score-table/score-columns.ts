/** The columns of a score table by index. */
export type ScoreColumns = {
  readonly task: number;
  readonly metric: number;
  readonly value: number;
} & Partial<
  Readonly<
    Record<
      'stderr' | 'run' | 'model' | 'size' | 'arm' | 'seed' | 'step' | 'tokens' | 'shots' | 'items',
      number
    >
  >
>;

const NAMES = {
  task: /^(task|benchmark|bench|dataset|eval|eval_name|task_name)$/i,
  metric: /^(metric|metric_name)$/i,
  value: /^(value|score|result)$/i,
  stderr: /^(stderr|std_err|se|standard_error)$/i,
  run: /^(run|run_id|run_name)$/i,
  model: /^(model|model_name|checkpoint)$/i,
  size: /^(size|params|parameters|model_size)$/i,
  arm: /^(arm|variant|treatment|condition)$/i,
  seed: /^seed$/i,
  step: /^(step|iteration|global_step|train_step)$/i,
  tokens: /^(tokens|tokens_seen|total_tokens)$/i,
  shots: /^(num_fewshot|n_shot|shots|fewshot|k_shot)$/i,
  items: /^(n_items|items|n_samples|num_items|n)$/i,
};

/**
 * Undefined if there is no column for the task, metric or value, or none for the evaluated model, unless the caller names
 * that.
 */
export function scoreColumns(columns: readonly string[], isModelNamed = false): ScoreColumns | undefined {
  const indexes = Object.entries(NAMES)
    .map(([name, pattern]) => [name, columns.findIndex((column) => pattern.test(column))] as const)
    .filter(([, at]) => at >= 0);
  const found: Partial<ScoreColumns> = Object.fromEntries(indexes);
  const { task, metric, value, run, model, size, arm } = found;
  if (task === undefined || metric === undefined || value === undefined) return undefined;
  if (!isModelNamed && [run, model, size, arm].every((at) => at === undefined)) return undefined;
  return { ...found, task, metric, value };
}
