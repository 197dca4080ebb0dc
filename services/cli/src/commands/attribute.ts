import { Option } from 'commander';
import { attributeAnswer } from '../attribution.ts';
import type { Attribution } from '../attribution.ts';
import { EXIT, Exit } from '../exit.ts';
import { AttributionDocument } from '../generated/documents.ts';
import type { AddCommand } from '../program.ts';
import { experimentByPrefix } from '../server/experiments.ts';
import { ask } from '../server/graphql.ts';
import { withServer } from '../server/reach.ts';
import type { CommonOptions, CliContext } from '../shell.ts';
import { effectsText } from '../text/effects.ts';

type AttributeOptions = CommonOptions & {
  readonly capability?: string[];
  readonly slice?: string[];
  readonly displacement?: string;
  readonly experiment?: string;
  readonly at?: string;
};

export function addAttribute(add: AddCommand, shell: CliContext): void {
  add('attribute', 'which effect slices of the data have on capabilities, how sure that is and why')
    .addOption(new Option('--capability <name...>', 'capabilities; every one of the experiment where absent'))
    .addOption(new Option('--slice <slice...>', 'slices; every domain where absent'))
    .addOption(
      new Option(
        '--displacement <rule>',
        'what gives way: proportional, swap:<slice>, within:<domain>, added_budget',
      ),
    )
    .addOption(new Option('--experiment <id>', 'the experiment, or an unambiguous prefix of its id'))
    .addOption(new Option('--at <position>', 'answer as of this position of the log'))
    .action(async (options: AttributeOptions) => {
      const attribution = await withServer(options, (url) => attributionOf(url, options));
      shell.print(
        `${options.json ? JSON.stringify(attributeAnswer(attribution)) : effectsText(attribution)}\n`,
      );
    });
}

async function attributionOf(url: string, options: AttributeOptions): Promise<Attribution> {
  const { at, displacement } = options;
  const experiment =
    options.experiment === undefined ? undefined : (await experimentByPrefix(url, options.experiment, at)).id;
  const variables = {
    capabilities: options.capability,
    slices: options.slice,
    displacement,
    experiment,
    asOf: at,
  };
  const { attribution } = await ask(url, AttributionDocument, variables);
  if (attribution.__typename === 'Attribution') return attribution;
  throw new Exit(EXIT.failed, attribution.text, attribution.refusal);
}
