import { Option } from 'commander';
import { EXIT, Exit } from '../exit.ts';
import { bySlices } from '../measured-slices.ts';
import type { MeasuredSlices } from '../measured-slices.ts';
import { mixturesFor } from '../mixture-file.ts';
import { predictAnswer } from '../prediction.ts';
import type { Prediction } from '../prediction.ts';
import { PredictionDocument } from '../generated/documents.ts';
import type { AddCommand } from '../program.ts';
import { experimentByPrefix } from '../server/find-by-prefix.ts';
import { ask } from '../server/graphql.ts';
import { withServer } from '../server/reach.ts';
import type { CommonOptions, CliContext } from '../context.ts';
import { aligned, brief, footer, printable } from '../text/format.ts';

type PredictOptions = CommonOptions & {
  readonly experiment: string;
  readonly mixtures: string;
  readonly by?: MeasuredSlices;
  readonly at?: string;
};

export function addPredict(add: AddCommand, context: CliContext): void {
  add('predict', 'predicted outcomes of mixtures that were not trained')
    .addOption(
      new Option(
        '--experiment <id>',
        'the experiment, or an unambiguous prefix of its id',
      ).makeOptionMandatory(),
    )
    .addOption(
      new Option(
        '--mixtures <file>',
        'CSV, TSV or JSON lines with a key and the share of each slice',
      ).makeOptionMandatory(),
    )
    .addOption(bySlices())
    .addOption(new Option('--at <position>', 'as of a position of the log, a date or a time (UTC)'))
    .action(async (options: PredictOptions) => {
      const prediction = await withServer(options, (url) => predictionOf(url, options));
      context.print(
        `${options.json ? JSON.stringify(predictAnswer(prediction)) : predictText(prediction)}\n`,
      );
    });
}

async function predictionOf(
  url: string,
  { experiment, mixtures: file, by, at }: PredictOptions,
): Promise<Prediction> {
  const known = await experimentByPrefix(url, experiment, at);
  const mixtures = await mixturesFor(by ? { id: known.id } : known, file);
  const variables = { experiment: known.id, mixtures, by, asOf: at };
  const { prediction } = await ask(url, PredictionDocument, variables);
  if (prediction.__typename === 'Prediction') return prediction;
  throw new Exit(EXIT.failed, prediction.text, prediction.refusal);
}

function predictText(prediction: Prediction): string {
  const { experiment, outcomes, surfaces, warnings } = prediction;
  const right = { align: 'right' as const };
  const columns = [
    { title: 'mixture' },
    { title: 'outcome' },
    { title: 'mean', ...right },
    { title: 'low', ...right },
    { title: 'high', ...right },
    { title: '' },
  ];
  const lines = prediction.rows.flatMap((row) =>
    outcomes.map((outcome, at) => {
      const cells = [row.mean, row.low, row.high].map((values) => brief(values[at] ?? null));
      return [row.key, outcome, ...cells, row.extrapolates ? 'extrapolates' : ''];
    }),
  );
  const chosen = surfaces.map(({ outcome, id, version, unit, chosenBy }) =>
    printable(`${outcome} in ${unit}: ${id} ${version} (${chosenBy})`),
  );
  return [
    `${printable(experiment)}, 95 % predictive intervals`,
    '',
    aligned(columns, lines),
    '',
    ...chosen,
    ...warnings.map(({ code, text }) => printable(`! ${code}: ${text}`)),
    footer(prediction),
  ].join('\n');
}
