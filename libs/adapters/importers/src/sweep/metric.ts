import { tokensOf } from './column-names.ts';

export type Metric = {
  readonly name: string;
  readonly unit: string;
  readonly higherIsBetter: boolean;
  /** False where the name does not tell which direction is better. */
  readonly directionKnown: boolean;
};

const UNITS: Readonly<Record<string, string>> = {
  loss: 'nats', nll: 'nats', ppl: 'perplexity', perplexity: 'perplexity', bpb: 'bits_per_byte', bpc: 'bits_per_character',
  acc: 'accuracy', accuracy: 'accuracy',
}; // prettier-ignore
const LOWER = new Set(
  'loss nll ce ppl perplexity bpb bpc error err errors wer cer mse rmse mae brier entropy'.split(' '),
);
const HIGHER = new Set(
  'acc accuracy score scores f1 em exact_match bleu rouge pass auc mcc correct reward recall precision win'.split(
    ' ',
  ),
);
const QUALIFIERS = new Set('val valid validation test eval train norm mean avg average rate'.split(' '));

export function metricOf(name: string, hint = ''): Metric {
  const words = [...tokensOf(name), ...tokensOf(hint)];
  const word = words.find((token) => LOWER.has(token) || HIGHER.has(token));
  return {
    name,
    unit: (word && UNITS[word]) ?? name,
    higherIsBetter: word === undefined || HIGHER.has(word),
    directionKnown: word !== undefined,
  };
}

/** Whether a column's name says that it holds an outcome. */
export const namesMetric = (column: string): boolean =>
  tokensOf(column).some((token) => LOWER.has(token) || HIGHER.has(token));

/** `hellaswag_acc_norm` is the metric `acc_norm` of `hellaswag`; a name that is all metric stands for itself. */
export function splitMetric(column: string): { readonly name: string; readonly metric: string } {
  const tokens = column.split(/([_/\-. ]+)/);
  let start = tokens.length;
  while (start > 0 && isMetricWord(tokens[start - 1] ?? '')) start -= 2;
  const metric = tokens.slice(Math.max(start, 0) + (start > 0 ? 1 : 0)).join('');
  const name = tokens.slice(0, Math.max(start, 0)).join('');
  if (!namesMetric(metric)) return { name: column, metric: 'value' };
  return { name: name || column, metric };
}

function isMetricWord(token: string): boolean {
  const word = token.toLowerCase();
  return LOWER.has(word) || HIGHER.has(word) || QUALIFIERS.has(word);
}
