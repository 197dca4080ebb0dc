import { Option } from 'commander';
import { EXIT, Exit } from '../exit.ts';
import { bySlices } from '../measured-slices.ts';
import type { MeasuredSlices } from '../measured-slices.ts';
import { mixturesFor } from '../mixture-file.ts';
import type { AskedMixture } from '../mixture-file.ts';
import { predictAnswer } from '../prediction.ts';
import type { Prediction } from '../prediction.ts';
import { PredictionDocument } from '../generated/documents.ts';
import type { AddCommand } from '../program.ts';
import { experimentByPrefix } from '../server/find-by-prefix.ts';
import { ask } from '../server/graphql.ts';
import { withServer } from '../server/reach.ts';
import type { CommonOptions, CliContext } from '../context.ts';
import type { ExportedModel, Predicted } from '../export-model.ts';
import { aligned, brief, footer, printable } from '../text/format.ts';

type PredictOptions = CommonOptions & {
  readonly experiment: string;
  readonly mixtures: string;
  readonly by?: MeasuredSlices;
  readonly at?: string;
  readonly export?: string;
  readonly capability?: string;
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
    .addOption(
      new Option('--export <file>', 'write the surface of one outcome as an ONNX model to this file too'),
    )
    .addOption(new Option('--capability <name>', 'the outcome that --export writes'))
    .addOption(new Option('--at <position>', 'as of a position of the log, a date or a time (UTC)'))
    .action(async (options: PredictOptions) => {
      checkExport(options);
      const { prediction, mixtures } = await withServer(options, (url) => predictionOf(url, options));
      const exported = await exportedTo(options, prediction, mixtures);
      const answer = { ...predictAnswer(prediction), ...(exported && { exported }) };
      const note = exported ? `\n\n${printable(exportText(exported))}` : '';
      context.print(`${options.json ? JSON.stringify(answer) : `${predictText(prediction)}${note}`}\n`);
    });
}

function checkExport({ export: file, capability }: PredictOptions): void {
  if ((file === undefined) === (capability === undefined)) return;
  throw new Exit(
    EXIT.usage,
    '--export writes the surface of one outcome: name it with --capability, which is for nothing else',
  );
}

async function exportedTo(
  { export: file, capability }: PredictOptions,
  prediction: Prediction,
  mixtures: readonly AskedMixture[],
): Promise<ExportedModel | undefined> {
  if (file === undefined || capability === undefined) return undefined;
  /* Loaded when it is used: other commands start without the runtime. */
  const { exportModel } = await import('../export-model.ts');
  return exportModel(file, capability, { prediction, mixtures });
}

const exportText = ({ file, outcome, sha256, largestDifference }: ExportedModel): string =>
  `the surface of ${outcome} is in ${file} (sha256:${sha256.slice(0, 16)}); the runtime gives the numbers above, within ${largestDifference.toExponential(0)} of an interval's width`;

async function predictionOf(
  url: string,
  { experiment, mixtures: file, by, at, capability }: PredictOptions,
): Promise<Predicted> {
  const known = await experimentByPrefix(url, experiment, at);
  const mixtures = await mixturesFor(by ? { id: known.id } : known, file);
  const variables = { experiment: known.id, mixtures, by, model: capability, asOf: at };
  const { prediction } = await ask(url, PredictionDocument, variables);
  if (prediction.__typename === 'Prediction') return { prediction, mixtures };
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
