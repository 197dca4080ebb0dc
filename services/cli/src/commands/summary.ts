import { writeFileSync } from 'node:fs';
import { InvalidArgumentError, Option } from 'commander';
import type { CommonOptions, CliContext } from '../context.ts';
import { TrainingContentSummaryDocument } from '../generated/documents.ts';
import type { AddCommand } from '../program.ts';
import { runByPrefix } from '../server/find-by-prefix.ts';
import { ask, present } from '../server/graphql.ts';
import { withServer } from '../server/reach.ts';
import { contentSummaryPage } from '../text/content-summary-page.ts';
import { contentSummaryText } from '../text/content-summary.ts';
import type { ContentSummary } from '../text/content-summary.ts';

type SummaryOptions = CommonOptions & {
  readonly checkpoint?: string;
  readonly at?: string;
  readonly markdown?: string;
};

export function addSummary(add: AddCommand, context: CliContext): void {
  add(
    'summary',
    'what facts say to the public summary of training content (AI Act, Article 53), and what no fact says',
  )
    .argument('<run>', 'the run, or an unambiguous prefix of its id')
    .addOption(new Option('--checkpoint <id>', 'up to this checkpoint of the run'))
    .addOption(new Option('--at <position>', 'as of a position of the log, a date or a time (UTC)'))
    .addOption(
      new Option('--markdown <file.md>', 'also write it as a page with the evidence as footnotes').argParser(
        markdownFile,
      ),
    )
    .action(async (run: string, options: SummaryOptions) => {
      const summary = await withServer(options, (url) => summaryOf(url, run, options));
      if (options.markdown !== undefined) writeFileSync(options.markdown, contentSummaryPage(summary));
      context.print(`${options.json ? JSON.stringify(summary) : contentSummaryText(summary)}\n`);
    });
}

function markdownFile(file: string): string {
  if (file.toLowerCase().endsWith('.md')) return file;
  throw new InvalidArgumentError('The page is written as Markdown: the name of the file ends in .md.');
}

async function summaryOf(
  url: string,
  prefix: string,
  { at, checkpoint }: SummaryOptions,
): Promise<ContentSummary> {
  const run = await runByPrefix(url, prefix, at);
  const { trainingContentSummary } = await ask(url, TrainingContentSummaryDocument, {
    run,
    checkpoint,
    asOf: at,
  });
  return present(trainingContentSummary, url);
}
