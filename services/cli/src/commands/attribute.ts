import { Option } from 'commander';
import { answerName } from '../text/answers.ts';
import { printable } from '../text/format.ts';
import { designHint } from '../text/design.ts';
import { attributeAnswer, effectsText } from '../text/effects.ts';
import type { Attribution } from '../text/effects.ts';
import { EXIT, Exit } from '../exit.ts';
import { AttributionDocument, KeepAnswerDocument } from '../generated/documents.ts';
import type { AttributionQueryVariables } from '../generated/documents.ts';
import type { AddCommand } from '../program.ts';
import { experimentByPrefix } from '../server/find-by-prefix.ts';
import { ask } from '../server/graphql.ts';
import { withServer } from '../server/reach.ts';
import { whyUnrecorded } from '../unrecorded.ts';
import { bySlices } from '../measured-slices.ts';
import type { MeasuredSlices } from '../measured-slices.ts';
import type { CommonOptions, CliContext } from '../context.ts';

type AttributeOptions = CommonOptions & {
  readonly capability?: string[];
  readonly slice?: string[];
  readonly displacement?: string;
  readonly experiment?: string;
  readonly negativeControl?: string[];
  readonly by?: MeasuredSlices;
  readonly family?: string;
  /** False with --no-record. */
  readonly record: boolean;
  /** Whether it fails where nothing can be recorded. */
  readonly keep?: boolean;
  readonly at?: string;
};

/** Effects, and the id of the recorded answer, or why nothing was recorded. */
type Answered = {
  readonly attribution: Attribution;
  readonly kept?: string;
  readonly unrecorded?: string;
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
    .addOption(bySlices())
    .addOption(new Option('--experiment <id>', 'the experiment, or an unambiguous prefix of its id'))
    .addOption(
      new Option(
        '--negative-control <name...>',
        'capabilities that the slices cannot change: the same estimate of them should find nothing',
      ),
    )
    .addOption(
      new Option('--family <name>', 'the family that the tests are recorded in (default: the experiment)'),
    )
    .addOption(
      new Option(
        '--no-record',
        'leave the question, the answer and its tests out of the log; they are tested in the order of the family',
      ),
    )
    .addOption(
      new Option('--keep', 'record them, or fail where they cannot be').conflicts('record').hideHelp(),
    )
    .addOption(new Option('--at <position>', 'as of a position of the log, a date or a time (UTC)'))
    .action(async (options: AttributeOptions) => {
      const answered = await withServer(options, (url) => answerOf(url, options));
      context.print(`${options.json ? jsonText(answered) : text(answered)}\n`);
      /* A design is of recorded slices. */
      const isRecorded = answered.attribution.counting === null;
      if (isRecorded && !options.json && !options.quiet) context.report(designHint(answered.attribution));
    });
}

const jsonText = ({ attribution, kept, unrecorded }: Answered): string =>
  JSON.stringify(attributeAnswer(attribution, { kept: kept && `answer:${kept}`, unrecorded }));

/* The same words whether it was recorded now or before: a question that is asked again has the same answer. */
const text = ({ attribution, kept, unrecorded }: Answered): string =>
  `${effectsText(attribution)}\n${kept === undefined ? printable(`not recorded: ${unrecorded}`) : `kept as ${answerName(kept)}`}`;

async function answerOf(url: string, options: AttributeOptions): Promise<Answered> {
  const { at, displacement, family } = options;
  const experiment =
    options.experiment === undefined ? undefined : (await experimentByPrefix(url, options.experiment, at)).id;
  const variables = {
    capabilities: options.capability,
    slices: options.slice,
    displacement,
    experiment,
    negativeControlOutcomes: options.negativeControl,
    by: options.by,
    family,
    asOf: at,
  };
  if (!options.record) return askedAlone(url, variables, 'asked for with --no-record');
  try {
    const { keepAnswer } = await ask(url, KeepAnswerDocument, variables);
    if (keepAnswer.__typename === 'AnswerKept')
      return { attribution: keepAnswer.attribution, kept: keepAnswer.id };
    throw new Exit(EXIT.failed, keepAnswer.text, keepAnswer.refusal);
  } catch (error) {
    return askedAlone(url, variables, whyUnrecorded(error, options.keep ?? false));
  }
}

/** An answer that is not recorded: it is tested in the order of its family, and what is asked later doesn't count its tests. */
async function askedAlone(
  url: string,
  variables: AttributionQueryVariables,
  unrecorded: string,
): Promise<Answered> {
  const { attribution } = await ask(url, AttributionDocument, variables);
  if (attribution.__typename !== 'Attribution')
    throw new Exit(EXIT.failed, attribution.text, attribution.refusal);
  const { name } = attribution.family;
  const read = name === null ? 'tested alone' : `tested in the order of the family ${name}`;
  return { attribution, unrecorded: `${unrecorded}; ${read}, and no later question counts these tests` };
}
