import type { Calibration } from './calibration.ts';
import { batchOf, documentDomain, featuresOfDocument, type DocumentDomain } from './classify.ts';

type InputTensor = {
  readonly dims: readonly number[];
  readonly data: Float32Array | Float64Array | Int32Array;
};

/** Whatever runs the model; the ONNX adapter does. A refusal has a code and a text. */
export type InferenceRunner<Refusal> = {
  run(
    inputs: Readonly<Record<string, InputTensor>>,
    options?: { readonly signal?: AbortSignal },
  ): Promise<{ readonly ok: true; readonly outputs: Readonly<Record<string, InputTensor>> } | Refusal>;
};

type Refused = { readonly ok: false; readonly refusal: string; readonly text: string };

/** The logits of each document, one row for each of its chunks and one number for each label of the model. */
type DocumentLogits = readonly (readonly number[])[];

/**
 * The domains of a few documents, in one batch of the model. Refuses what the runner refuses.
 * Memory is bounded by the documents passed: at most eight chunks each.
 */
export async function tagDocuments<Refusal extends Refused>(
  texts: readonly string[],
  runner: InferenceRunner<Refusal>,
  calibration: Calibration,
  signal?: AbortSignal,
): Promise<{ readonly ok: true; readonly documents: readonly DocumentDomain[] } | Refusal> {
  const ran = await logitsOfDocuments(texts, runner, signal);
  if (!ran.ok) return ran;
  return { ok: true, documents: ran.documents.map((logits) => documentDomain(logits, calibration)) };
}

/** Runs a model over hashed features of a few documents, in one batch. Refuses what the runner refuses. */
export async function logitsOfDocuments<Refusal extends Refused>(
  texts: readonly string[],
  runner: InferenceRunner<Refusal>,
  signal?: AbortSignal,
): Promise<{ readonly ok: true; readonly documents: readonly DocumentLogits[] } | Refusal> {
  const chunks = texts.map(featuresOfDocument);
  const { chunks: count, width, ids, weights } = batchOf(chunks.flat());
  const inputs = {
    ids: { dims: [count, width], data: ids },
    weights: { dims: [count, 1, width], data: weights },
  };
  const ran = await runner.run(inputs, signal === undefined ? {} : { signal });
  if (!ran.ok) return ran;
  const rows = rowsOf([...ran.outputs['logits']!.data], count);
  let at = 0;
  const documents = chunks.map(({ length }) => rows.slice(at, (at += length)));
  return { ok: true, documents };
}

function rowsOf(numbers: readonly number[], count: number): number[][] {
  const width = numbers.length / count;
  return Array.from({ length: count }, (_, row) => numbers.slice(row * width, (row + 1) * width));
}
