import { Option } from 'commander';
import type { CommonOptions, CliContext } from '../context.ts';
import { PredictedAgainstFoundDocument } from '../generated/documents.ts';
import type { AddCommand } from '../program.ts';
import { ask, present } from '../server/graphql.ts';
import { withServer } from '../server/reach.ts';
import { predictionsText } from '../text/predictions.ts';

export function addPredictions(add: AddCommand, context: CliContext): void {
  add('predictions', 'what a mixture was predicted to do, beside what kept answers found')
    .argument('<mixture>', 'the mixture, by its whole id')
    .addOption(new Option('--at <position>', 'as of a position of the log, a date or a time (UTC)'))
    .action(async (mixture: string, options: CommonOptions & { readonly at?: string }) => {
      const compared = await withServer(options, async (url) => {
        const asked = { mixture, asOf: options.at };
        return present((await ask(url, PredictedAgainstFoundDocument, asked)).predictedAgainstFound, url);
      });
      context.print(`${options.json ? JSON.stringify(compared) : predictionsText(compared)}\n`);
    });
}
