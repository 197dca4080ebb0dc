import { InvalidArgumentError, Option } from 'commander';
import type { CliContext, CommonOptions } from '../context.ts';
import { ContaminationDocument } from '../generated/documents.ts';
import type { AddCommand } from '../program.ts';
import { runByPrefix } from '../server/find-by-prefix.ts';
import { ask, present } from '../server/graphql.ts';
import { withServer } from '../server/reach.ts';
import { contaminationText } from '../text/contamination.ts';
import type { Contamination } from '../text/contamination.ts';

type ContaminationOptions = CommonOptions & {
  readonly benchmarkVersion?: string;
  readonly first: number;
  readonly after?: string;
  readonly at?: string;
};

export function addContamination(add: AddCommand, context: CliContext): void {
  add(
    'contamination',
    'whether items of a benchmark were in what a run consumed, and which checkpoints hold them',
  )
    .argument('<benchmark>', 'the benchmark, by the name that its scores have')
    .argument('<run>', 'the run, or an unambiguous prefix of its id')
    .addOption(new Option('--benchmark-version <version>', 'only searches for this version of the benchmark'))
    .addOption(new Option('--first <number>', 'shards to show, at most 1000').argParser(shown).default(20))
    .addOption(new Option('--after <cursor>', 'only shards after this cursor, which the page before names'))
    .addOption(new Option('--at <position>', 'as of a position of the log, a date or a time (UTC)'))
    .action(async (benchmark: string, run: string, options: ContaminationOptions) => {
      const answer = await withServer(options, (url) => contaminationOf(url, { benchmark, run }, options));
      context.print(`${options.json ? JSON.stringify(answer) : contaminationText(answer)}\n`);
    });
}

function shown(text: string): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= 1 && value <= 1_000) return value;
  throw new InvalidArgumentError('It is a whole number from 1 to 1000.');
}

async function contaminationOf(
  url: string,
  named: { readonly benchmark: string; readonly run: string },
  { benchmarkVersion: version, first, after, at }: ContaminationOptions,
): Promise<Contamination> {
  const run = await runByPrefix(url, named.run, at);
  const asked = { benchmark: named.benchmark, run, version, first, after, asOf: at };
  const { contamination } = await ask(url, ContaminationDocument, asked);
  return present(contamination, url);
}
