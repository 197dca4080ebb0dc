import { Option } from 'commander';
import { attributeAnswer, effectsText } from '../text/effects.ts';
import type { Attribution } from '../text/effects.ts';
import { EXIT, Exit } from '../exit.ts';
import { AttributionDocument } from '../generated/documents.ts';
import type { AddCommand } from '../program.ts';
import { experimentByPrefix } from '../server/find-by-prefix.ts';
import { ask } from '../server/graphql.ts';
import { withServer } from '../server/reach.ts';
import type { CommonOptions, CliContext } from '../context.ts';

type AttributeOptions = CommonOptions & {
  readonly capability?: string[];
  readonly slice?: string[];
  readonly displacement?: string;
  readonly experiment?: string;
  readonly at?: string;
};

export function addAttribute(add: AddCommand, context: CliContext): void {
  add('attribute', 'effects of slices of the data on capabilities, with intervals and evidence')
    .addOption(new Option('--capability <name...>', 'capabilities (default: all of the experiment)'))
    .addOption(new Option('--slice <slice...>', 'slices (default: every domain)'))
    .addOption(
      new Option(
        '--displacement <rule>',
        'what is displaced: proportional, swap:<slice>, within:<domain>, added_budget',
      ),
    )
    .addOption(new Option('--experiment <id>', 'the experiment, or an unambiguous prefix of its id'))
    .addOption(new Option('--at <position>', 'answer as of this position of the log'))
    .action(async (options: AttributeOptions) => {
      const attribution = await withServer(options, (url) => attributionOf(url, options));
      context.print(
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
