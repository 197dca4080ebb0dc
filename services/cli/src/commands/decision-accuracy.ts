import { InvalidArgumentError, Option } from 'commander';
import type { CliContext, CommonOptions } from '../context.ts';
import { EXIT, Exit } from '../exit.ts';
import { DecisionAccuracyDocument } from '../generated/documents.ts';
import type { AddCommand } from '../program.ts';
import { ask } from '../server/graphql.ts';
import { withServer } from '../server/reach.ts';
import { decisionAccuracyAnswer, decisionAccuracyText } from '../text/decision-accuracy.ts';
import type { DecisionAccuracy } from '../text/decision-accuracy.ts';

type DecisionAccuracyOptions = CommonOptions & {
  readonly capability: string;
  readonly benchmark?: string;
  readonly metric?: string;
  readonly proxy?: string;
  readonly proxyBenchmark?: string;
  readonly proxyMetric?: string;
  readonly small: number;
  readonly smallTokens?: number;
  readonly target: number;
  readonly targetTokens?: number;
  readonly at?: string;
};

const number = (flags: string, description: string) => new Option(flags, description).argParser(amountFrom);

export function addDecisionAccuracy(add: AddCommand, context: CliContext): void {
  add('decision-accuracy', 'how often a small scale picks the recipe that a larger one would')
    .addOption(
      new Option('--capability <name>', 'the capability that decides at the target').makeOptionMandatory(),
    )
    .addOption(new Option('--benchmark <name>', 'only this benchmark of it'))
    .addOption(new Option('--metric <name>', 'only this metric'))
    .addOption(new Option('--proxy <capability>', 'what is measured at the small scale (default: the same)'))
    .addOption(new Option('--proxy-benchmark <name>', 'only this benchmark at the small scale'))
    .addOption(new Option('--proxy-metric <name>', 'only this metric at the small scale'))
    .addOption(number('--small <parameters>', 'size of the small models, such as 150M').makeOptionMandatory())
    .addOption(number('--small-tokens <tokens>', 'tokens that they were trained on, such as 3B'))
    .addOption(
      number('--target <parameters>', 'size of the models that are decided for').makeOptionMandatory(),
    )
    .addOption(number('--target-tokens <tokens>', 'tokens that those were trained on'))
    .addOption(new Option('--at <position>', 'as of a position of the log, a date or a time (UTC)'))
    .action(async (options: DecisionAccuracyOptions) => {
      const answer = await withServer(options, (url) => answerOf(url, options));
      context.print(
        `${options.json ? JSON.stringify(decisionAccuracyAnswer(answer)) : decisionAccuracyText(answer)}\n`,
      );
    });
}

const FACTORS = new Map([
  ['', 1],
  ['K', 1e3],
  ['M', 1e6],
  ['B', 1e9],
  ['T', 1e12],
]);

/** Parses a number above zero with an optional K, M, B or T behind it. Throws InvalidArgumentError for any other text. */
export function amountFrom(text: string): number {
  const [, digits = '', unit = ''] = /^([\d.]+(?:e\+?\d+)?)([KMBT]?)$/i.exec(text.trim()) ?? [];
  const value = Number(digits) * (FACTORS.get(unit.toUpperCase()) ?? Number.NaN);
  if (digits !== '' && Number.isFinite(value) && value > 0) return value;
  throw new InvalidArgumentError('It is a number above zero, such as 150M or 1.4e9.');
}

async function answerOf(url: string, options: DecisionAccuracyOptions): Promise<DecisionAccuracy> {
  const { capability, benchmark, metric, at } = options;
  const { decisionAccuracy } = await ask(url, DecisionAccuracyDocument, {
    capability,
    benchmark,
    metric,
    proxy: proxyOf(options),
    small: { parameters: options.small, tokens: options.smallTokens },
    target: { parameters: options.target, tokens: options.targetTokens },
    asOf: at,
  });
  if (decisionAccuracy.__typename === 'DecisionAccuracy') return decisionAccuracy;
  throw new Exit(EXIT.failed, decisionAccuracy.text, decisionAccuracy.refusal);
}

/** A benchmark or metric of the small scale alone is of the same capability. */
function proxyOf({ capability, proxy, proxyBenchmark, proxyMetric }: DecisionAccuracyOptions) {
  if (proxy === undefined && proxyBenchmark === undefined && proxyMetric === undefined) return undefined;
  return { capability: proxy ?? capability, benchmark: proxyBenchmark, metric: proxyMetric };
}
