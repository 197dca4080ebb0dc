type WellKnown = 'loss' | 'learningRate' | 'gradNorm';

/** Names that trainers use, in order of preference, in lower case with `_` as separator. */
const NAMES: Readonly<Record<WellKnown, readonly string[]>> = {
  loss: [
    'loss',
    'train_loss',
    'training_loss',
    'lm_loss',
    'train_lm_loss',
    'train_lm_loss_train',
    'reduced_train_loss',
    'train_cross_entropy_loss',
    'train_crossentropyloss',
    'loss_metrics_global_avg_loss',
  ],
  learningRate: [
    'learning_rate',
    'learningrate',
    'lr',
    'train_learning_rate',
    'train_lr',
    'optim_learning_rate',
    'optim_lr',
    'optim_learning_rate_group0',
  ],
  gradNorm: [
    'grad_norm',
    'gradnorm',
    'gradient_norm',
    'train_grad_norm',
    'train_gradient_norm',
    'optim_grad_norm',
    'optim_total_grad_norm',
    'train_total_grad_norm',
  ],
};

const plain = (key: string): string => key.toLowerCase().replaceAll(/[^a-z0-9]+/g, '_');

/**
 * The column of each key: the well-known name for the loss, learning rate and gradient norm of training, otherwise the
 * key itself.
 */
export function columnNames(keys: readonly string[]): Map<string, string> {
  const columns = new Map(keys.map((key) => [key, key]));
  for (const [column, names] of Object.entries(NAMES)) {
    const chosen = names.flatMap((name) => keys.find((key) => plain(key) === name) ?? [])[0];
    if (chosen !== undefined) columns.set(chosen, column);
  }
  return withoutCollisions(columns);
}

/** Renames a key that has the name of a well-known column to which another key was mapped. */
function withoutCollisions(columns: Map<string, string>): Map<string, string> {
  const chosen = new Map(
    [...columns].filter(([key, column]) => key !== column).map(([key, to]) => [to, key]),
  );
  for (const [key, column] of columns) {
    if (key === column && chosen.has(key)) columns.set(key, `${key} (source)`);
  }
  return columns;
}
