import type { Findings } from './findings.ts';

export type Metric = {
  readonly name: string;
  readonly unit: string;
  readonly higherIsBetter: boolean;
  /** False if the name does not tell which direction is better. */
  readonly directionKnown: boolean;
};

const UNITS: ReadonlyMap<string, string> = new Map([
  ['loss', 'nats'],
  ['nll', 'nats'],
  ['ppl', 'perplexity'],
  ['perplexity', 'perplexity'],
  ['bpb', 'bits_per_byte'],
  ['bpc', 'bits_per_character'],
  ['acc', 'accuracy'],
  ['accuracy', 'accuracy'],
]);
const LOWER_IS_BETTER = new Set(
  'loss nll ce ppl perplexity bpb bpc error err errors wer cer mse rmse mae brier entropy'.split(' '),
);
const HIGHER_IS_BETTER = new Set(
  'acc accuracy score scores f1 em exact_match bleu rouge pass auc mcc correct reward recall precision win'.split(
    ' ',
  ),
);
const QUALIFIERS = new Set('val valid validation test eval train norm mean avg average rate'.split(' '));

const TOKEN = /[^_/\-. ]+/g;

/** The lower-case tokens of a name, split at underscores, slashes, hyphens, dots and blanks. */
export const tokensOf = (text: string): string[] => text.toLowerCase().match(TOKEN) ?? [];

/** Unit and direction of a metric by its name; `hint` is searched if the name does not tell. */
export function metricOf(name: string, hint = ''): Metric {
  const tokens = [...tokensOf(name), ...tokensOf(hint)];
  const token = tokens.find((candidate) => LOWER_IS_BETTER.has(candidate) || HIGHER_IS_BETTER.has(candidate));
  return {
    name,
    unit: (token && UNITS.get(token)) ?? name,
    higherIsBetter: token === undefined || HIGHER_IS_BETTER.has(token),
    directionKnown: token !== undefined,
  };
}

/** Whether the name of a column says that it holds an outcome. */
export const namesMetric = (column: string): boolean =>
  tokensOf(column).some((token) => LOWER_IS_BETTER.has(token) || HIGHER_IS_BETTER.has(token));

/** Splits `hellaswag_acc_norm` into `hellaswag` and its metric `acc_norm`. A name that is all metric is its own name. */
export function splitMetric(column: string): { readonly name: string; readonly metric: string } {
  const tokens = column.split(/([_/\-. ]+)/);
  let start = tokens.length;
  while (start > 0 && isMetricToken(tokens[start - 1] ?? '')) start -= 2;
  const metric = tokens.slice(Math.max(start, 0) + (start > 0 ? 1 : 0)).join('');
  const name = tokens.slice(0, Math.max(start, 0)).join('');
  if (!namesMetric(metric)) return { name: column, metric: 'value' };
  return { name: name || column, metric };
}

function isMetricToken(text: string): boolean {
  const token = text.toLowerCase();
  return LOWER_IS_BETTER.has(token) || HIGHER_IS_BETTER.has(token) || QUALIFIERS.has(token);
}

/** Metrics of evaluation harnesses whose names do not tell which direction is better. */
const HARNESS_METRICS: ReadonlyMap<string, boolean> = new Map([
  ['bits_per_byte', false],
  ['byte_perplexity', false],
  ['word_perplexity', false],
  ['likelihood_difference', false],
  ['likelihood_diff', false],
  ['pct_stereotype', false],
  ['ter', false],
  ['mc1', true],
  ['mc2', true],
  ['mcc', true],
  ['chrf', true],
  ['bypass', false],
]);

export type Direction = { readonly unit: string; readonly higherIsBetter: boolean };

/** Unit and direction of a metric. `declared` is the direction that the harness states; a guess adds a warning. */
export function directionOf(name: string, declared: unknown, findings: Findings, source: string): Direction {
  const { unit, higherIsBetter, directionKnown } = metricOf(name);
  if (typeof declared === 'boolean') return { unit, higherIsBetter: declared };
  const known = HARNESS_METRICS.get(name);
  if (known !== undefined) return { unit, higherIsBetter: known };
  if (!directionKnown)
    findings.warn('direction_assumed', `${source}: ${name}: a larger value is assumed to be better`);
  return { unit, higherIsBetter };
}
