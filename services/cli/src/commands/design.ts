import { InvalidArgumentError, Option } from 'commander';
import { EXIT, Exit } from '../exit.ts';
import { DesignDocument } from '../generated/documents.ts';
import type { AddCommand } from '../program.ts';
import { experimentByPrefix } from '../server/find-by-prefix.ts';
import { ask } from '../server/graphql.ts';
import { withServer } from '../server/reach.ts';
import type { CommonOptions, CliContext } from '../context.ts';
import { designAnswer, designText } from '../text/design.ts';
import type { Design } from '../text/design.ts';

type DesignOptions = CommonOptions & {
  readonly capability: string;
  readonly slice: string;
  readonly displacement?: string;
  readonly experiment?: string;
  readonly effect?: number;
  readonly runs?: number;
  readonly power?: number;
  readonly level?: number;
  readonly at?: string;
};

export function addDesign(add: AddCommand, context: CliContext): void {
  add('design', 'the runs to launch next for a question, what they cost, and what they would find')
    .addOption(new Option('--capability <name>', 'the capability').makeOptionMandatory())
    .addOption(new Option('--slice <slice>', 'the slice').makeOptionMandatory())
    .addOption(
      new Option(
        '--displacement <rule>',
        'what is displaced: proportional, swap:<slice>, within:<domain>, added_budget',
      ),
    )
    .addOption(new Option('--experiment <id>', 'the experiment, or an unambiguous prefix of its id'))
    .addOption(
      new Option('--effect <size>', 'smallest effect of interest, in the unit of the score').argParser(
        numberFrom,
      ),
    )
    .addOption(
      new Option('--runs <number>', 'most runs to launch (default: 6, and 60 with --effect)').argParser(
        numberFrom,
      ),
    )
    .addOption(new Option('--power <part>', 'power to find an effect (default: 0.8)').argParser(numberFrom))
    .addOption(
      new Option('--level <part>', 'level of intervals and tests (default: 0.95)').argParser(numberFrom),
    )
    .addOption(new Option('--at <position>', 'as of a position of the log, a date or a time (UTC)'))
    .action(async (options: DesignOptions) => {
      const design = await withServer(options, (url) => designOf(url, options));
      context.print(`${options.json ? JSON.stringify(designAnswer(design)) : designText(design)}\n`);
    });
}

function numberFrom(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isFinite(value)) return value;
  throw new InvalidArgumentError('It is not a number.');
}

async function designOf(url: string, options: DesignOptions): Promise<Design> {
  const { at, capability, slice, displacement, effect, runs, power, level } = options;
  const experiment =
    options.experiment === undefined ? undefined : (await experimentByPrefix(url, options.experiment, at)).id;
  const question = { capability, slice, displacement, experiment, effect, runs, power, level };
  const { design } = await ask(url, DesignDocument, { ...question, asOf: at });
  if (design.__typename === 'ExperimentDesign') return design;
  throw new Exit(EXIT.failed, design.text, design.refusal);
}
