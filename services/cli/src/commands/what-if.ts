import { InvalidArgumentError, Option } from 'commander';
import type { CommonOptions, CliContext } from '../context.ts';
import { PlannedExposureDocument } from '../generated/documents.ts';
import type { PlannedBy } from '../generated/documents.ts';
import { PLANNED_BY, wholeFrom } from '../horizon.ts';
import type { AddCommand } from '../program.ts';
import { ask, present } from '../server/graphql.ts';
import { withServer } from '../server/reach.ts';
import { plannedText } from '../text/planned.ts';
import type { PlannedExposure } from '../text/planned.ts';

type WhatIfOptions = CommonOptions & {
  readonly tokens: number;
  readonly steps?: number;
  readonly by: PlannedBy;
  readonly maxEpochs: number;
  readonly at?: string;
};

export function addWhatIf(add: AddCommand, context: CliContext): void {
  add('what-if', 'what a mixture would consume by a horizon, before anything is trained, and what runs out')
    .argument('<mixture>', 'the mixture')
    .addOption(
      new Option('--tokens <number>', 'the horizon, such as 1000000 or 2e12')
        .argParser(wholeFrom)
        .makeOptionMandatory(),
    )
    .addOption(
      new Option('--steps <number>', 'steps of the horizon, where the plan changes with them').argParser(
        wholeFrom,
      ),
    )
    .addOption(new Option('--by <part>', 'what to sum by').choices(PLANNED_BY).default('slice'))
    .addOption(
      new Option('--max-epochs <number>', 'more passes than this are too many')
        .argParser(passesFrom)
        .default(1),
    )
    .addOption(new Option('--at <position>', 'as of a position of the log, a date or a time (UTC)'))
    .action(async (mixture: string, options: WhatIfOptions) => {
      const planned = await withServer(options, (url) => plannedOf(url, mixture, options));
      context.print(`${options.json ? JSON.stringify(planned) : plannedText(planned)}\n`);
    });
}

function passesFrom(text: string): number {
  const value = Number(text);
  if (Number.isFinite(value) && value > 0) return value;
  throw new InvalidArgumentError('It is a number above zero.');
}

async function plannedOf(
  url: string,
  mixture: string,
  { tokens, steps, by, maxEpochs, at }: WhatIfOptions,
): Promise<PlannedExposure> {
  const asked = { mixture, tokens, steps, by, maxEpochs, asOf: at };
  const { plannedExposure } = await ask(url, PlannedExposureDocument, asked);
  return present(plannedExposure, url);
}
