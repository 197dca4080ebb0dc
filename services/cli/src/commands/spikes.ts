import { InvalidArgumentError, Option } from 'commander';
import type { CommonOptions, CliContext } from '../context.ts';
import { LossSpikesDocument } from '../generated/documents.ts';
import type { ExposureBy } from '../generated/documents.ts';
import type { AddCommand } from '../program.ts';
import { runByPrefix } from '../server/find-by-prefix.ts';
import { ask, present } from '../server/graphql.ts';
import { withServer } from '../server/reach.ts';
import { spikesText } from '../text/spikes.ts';
import type { LossSpikes } from '../text/spikes.ts';
import { PARTS } from './exposure.ts';

type SpikesOptions = CommonOptions & {
  readonly threshold: number;
  readonly by: ExposureBy;
  readonly attribute?: string;
  readonly first: number;
  readonly at?: string;
};

export function addSpikes(add: AddCommand, context: CliContext): void {
  add('spikes', 'spikes of the loss of a run, and what their batches had more of than the batches before')
    .argument('<run>', 'the run, or an unambiguous prefix of its id')
    .addOption(
      new Option('--threshold <spreads>', 'how far above the steps before a spike is')
        .argParser(positive)
        .default(6),
    )
    .addOption(new Option('--by <part>', 'what to compare batches by').choices(PARTS).default('slice'))
    .addOption(new Option('--attribute <name>', 'the attribute, with --by attribute'))
    .addOption(new Option('--first <number>', 'spikes to show, at most 50').argParser(positive).default(10))
    .addOption(new Option('--at <position>', 'as of a position of the log, a date or a time (UTC)'))
    .action(async (run: string, options: SpikesOptions) => {
      const spikes = await withServer(options, (url) => spikesOf(url, run, options));
      context.print(`${options.json ? JSON.stringify(spikes) : spikesText(spikes)}\n`);
    });
}

function positive(text: string): number {
  const value = Number(text);
  if (Number.isFinite(value) && value > 0) return value;
  throw new InvalidArgumentError('It is a number above zero.');
}

async function spikesOf(
  url: string,
  prefix: string,
  { at, threshold, by, attribute, first }: SpikesOptions,
): Promise<LossSpikes> {
  const run = await runByPrefix(url, prefix, at);
  const asked = { run, threshold, by, attribute, first: Math.trunc(first), asOf: at };
  const { lossSpikes } = await ask(url, LossSpikesDocument, asked);
  return present(lossSpikes, url);
}
