import { InvalidArgumentError, Option } from 'commander';
import type { CliContext, CommonOptions } from '../context.ts';
import { BatchDocument } from '../generated/documents.ts';
import type { AddCommand } from '../program.ts';
import { runByPrefix } from '../server/find-by-prefix.ts';
import { ask, present } from '../server/graphql.ts';
import { withServer } from '../server/reach.ts';
import { batchText } from '../text/batch.ts';
import type { Batch } from '../text/batch.ts';

type BatchOptions = CommonOptions & {
  readonly step: number;
  readonly attempt?: number;
  readonly first: number;
  readonly after?: string;
  readonly at?: string;
};

export function addBatch(add: AddCommand, context: CliContext): void {
  add('batch', 'what a run read in one step: the documents of each sample, where its order is recorded')
    .argument('<run>', 'the run, or an unambiguous prefix of its id')
    .addOption(new Option('--step <step>', 'the step').argParser(whole).makeOptionMandatory())
    .addOption(
      new Option('--attempt <number>', 'an attempt of the run (default: the one that counts)').argParser(
        whole,
      ),
    )
    .addOption(
      new Option('--first <number>', 'documents to show, at most 1000').argParser(whole).default(100),
    )
    .addOption(
      new Option('--after <cursor>', 'only documents after this cursor, which the page before names'),
    )
    .addOption(new Option('--at <position>', 'as of a position of the log, a date or a time (UTC)'))
    .action(async (run: string, options: BatchOptions) => {
      const batch = await withServer(options, (url) => batchOf(url, run, options));
      context.print(`${options.json ? JSON.stringify(batch) : batchText(batch)}\n`);
    });
}

/** The largest step that the server takes. */
const MAX_STEP = 2 ** 31 - 1;

function whole(text: string): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value <= MAX_STEP) return value;
  throw new InvalidArgumentError(`It is a whole number from 0 to ${MAX_STEP}.`);
}

async function batchOf(url: string, prefix: string, options: BatchOptions): Promise<Batch> {
  const { step, attempt, first, after, at } = options;
  const run = await runByPrefix(url, prefix, at);
  const { batch } = await ask(url, BatchDocument, { run, step, attempt, first, after, asOf: at });
  return present(batch, url);
}
