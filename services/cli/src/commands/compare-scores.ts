import { Option } from 'commander';
import type { CliContext, CommonOptions } from '../context.ts';
import { ScoreComparisonDocument } from '../generated/documents.ts';
import { wholeFrom } from '../horizon.ts';
import type { AddCommand } from '../program.ts';
import { runByPrefix } from '../server/find-by-prefix.ts';
import { ask, present } from '../server/graphql.ts';
import { withServer } from '../server/reach.ts';
import { scoreComparisonText } from '../text/score-comparison.ts';
import type { ScoreComparison } from '../text/score-comparison.ts';

type CompareOptions = CommonOptions & {
  readonly capability?: string;
  readonly benchmark?: string;
  readonly first: number;
  readonly at?: string;
};

export function addCompareScores(add: AddCommand, context: CliContext): void {
  add('compare-scores', 'which scores of two runs can be compared, and why the others cannot')
    .argument('<run>', 'the run, or an unambiguous prefix of its id')
    .argument('<other>', 'another run')
    .addOption(new Option('--capability <name>', 'only scores of this capability'))
    .addOption(new Option('--benchmark <name>', 'only scores of this benchmark'))
    .addOption(
      new Option('--first <number>', 'scores to show of each list; JSON has all')
        .argParser(wholeFrom)
        .default(20),
    )
    .addOption(new Option('--at <position>', 'as of a position of the log, a date or a time (UTC)'))
    .action(async (run: string, other: string, options: CompareOptions) => {
      const answer = await withServer(options, (url) => comparisonOf(url, [run, other], options));
      context.print(
        `${options.json ? JSON.stringify(answer) : scoreComparisonText(answer, options.first)}\n`,
      );
    });
}

async function comparisonOf(
  url: string,
  [first, second]: readonly [string, string],
  { capability, benchmark, at }: CompareOptions,
): Promise<ScoreComparison> {
  const run = await runByPrefix(url, first, at);
  const otherRun = await runByPrefix(url, second, at);
  const asked = { run, otherRun, capability, benchmark, asOf: at };
  const { scoreComparison } = await ask(url, ScoreComparisonDocument, asked);
  return present(scoreComparison, url);
}
