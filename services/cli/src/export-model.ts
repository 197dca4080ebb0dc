import { randomUUID } from 'node:crypto';
import { rename, rm, writeFile } from 'node:fs/promises';
import { openModel } from '@tributary/onnx';
import type { Tensor } from '@tributary/onnx';
import { EXIT, Exit } from './exit.ts';
import type { AskedMixture } from './mixture-file.ts';
import type { Prediction } from './prediction.ts';

/** A surface that was written as a model and asked for the mixtures of the prediction. */
export type ExportedModel = {
  readonly file: string;
  readonly outcome: string;
  readonly sha256: string;
  /** Largest difference between the prediction and what the runtime computes, in widths of the interval. */
  readonly largestDifference: number;
};

/** A prediction with the mixtures that were asked for, in the order of its rows. */
export type Predicted = { readonly prediction: Prediction; readonly mixtures: readonly AskedMixture[] };

/** Most that the runtime may differ from the prediction, in widths of the interval. */
const TOLERANCE = 1e-5;

/**
 * Writes the model of a prediction, after the runtime has given the same numbers for its mixtures. Exits with
 * `model_differs` where it does not, with what the runtime refuses, and with `file_not_written`.
 */
export async function exportModel(
  file: string,
  outcome: string,
  predicted: Predicted,
): Promise<ExportedModel> {
  const { model } = predicted.prediction;
  if (!model)
    throw new Exit(
      EXIT.failed,
      'the server is older and gives no surface as a model; replace it first',
      'server_older',
    );
  const bytes = Buffer.from(model.bytes, 'base64');
  const largestDifference = await differenceOf(bytes, model.sha256, outcome, predicted);
  if (!(largestDifference <= TOLERANCE))
    throw new Exit(
      EXIT.failed,
      `the runtime differs from the prediction by ${largestDifference} widths of an interval, so nothing was written`,
      'model_differs',
    );
  await written(file, bytes);
  return { file, outcome, sha256: model.sha256, largestDifference };
}

async function differenceOf(
  bytes: Uint8Array,
  sha256: string,
  outcome: string,
  { prediction: { rows, outcomes }, mixtures }: Predicted,
): Promise<number> {
  const opened = await openModel(bytes, { sha256 });
  if (!opened.ok) throw new Exit(EXIT.failed, opened.text, opened.refusal);
  const { runner } = opened;
  try {
    const ran = await runner.run({ shares: sharesOf(runner.model.metadata['slices'] ?? '[]', mixtures) });
    if (!ran.ok) throw new Exit(EXIT.failed, ran.text, ran.refusal);
    const column = outcomes.indexOf(outcome);
    const differences = rows.flatMap((row, at) => {
      const width = (row.high[column] ?? NaN) - (row.low[column] ?? NaN);
      return (['mean', 'low', 'high'] as const).map(
        (name) => Math.abs((ran.outputs[name]?.data[at] ?? NaN) - (row[name][column] ?? NaN)) / width,
      );
    });
    return differences.reduce((most, one) => Math.max(most, one), 0);
  } finally {
    await runner.close();
  }
}

/** One row a mixture, one column a slice, in the order of the metadata of the model. */
function sharesOf(text: string, mixtures: readonly AskedMixture[]): Tensor {
  const slices: readonly unknown[] = JSON.parse(text);
  const data = mixtures.flatMap(({ shares }) =>
    slices.map((name) => shares.find(({ slice }) => slice === name)?.share ?? 0),
  );
  return { dims: [mixtures.length, slices.length], data: Float64Array.from(data) };
}

async function written(file: string, bytes: Uint8Array): Promise<void> {
  const partial = `${file}.${randomUUID()}.part`;
  try {
    await writeFile(partial, bytes, { flag: 'wx' });
    await rename(partial, file);
  } catch (error) {
    await rm(partial, { force: true });
    const reason = error instanceof Error ? error.message : String(error);
    throw new Exit(EXIT.failed, `the model cannot be written to ${file}: ${reason}`, 'file_not_written');
  }
}
