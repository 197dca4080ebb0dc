import {
  isObject,
  listIn,
  objectIn,
  looseNumberIn,
  looseCountIn,
  textIn,
  textsIn,
} from '../files/untyped-values.ts';
import type { JsonObject } from '../files/untyped-values.ts';
import type { MixtureWeight } from '../facts/mixture-plan.ts';
import { slicesOf } from '../facts/slice-names.ts';
import { truncate } from '../facts/text.ts';

/** A stage of training data, or the reason why it is invalid. */
export type Stage =
  | {
      readonly ok: true;
      readonly name: string;
      readonly fromStep: number;
      readonly weights: readonly MixtureWeight[];
    }
  | { readonly ok: false; readonly reason: string };

/** The stages of a nanotron configuration; undefined if no stage has a start step and data. */
export function stagesIn(config: unknown): readonly unknown[] | undefined {
  const stages = listIn(objectIn(config)?.['data_stages']) ?? [];
  return stages.filter(isObject).some((stage) => 'start_training_step' in stage && isObject(stage['data']))
    ? stages
    : undefined;
}

export function stageOf(stage: unknown, index: number): Stage {
  if (!isObject(stage)) return invalid('the stage is not a mapping');
  const fromStep = looseCountIn(stage['start_training_step']);
  if (fromStep === undefined) return invalid('start_training_step is not a non-negative whole number');
  const dataset = objectIn(objectIn(stage['data'])?.['dataset']);
  if (!dataset) return invalid('the stage names no dataset');
  const pathWeights = weightsOf(dataset);
  if (typeof pathWeights === 'string') return invalid(pathWeights);
  const slices = slicesOf(pathWeights.map(({ path }) => path));
  const weights = pathWeights.map(({ path, weight }, at) => ({
    slice: slices[at] ?? 'unnamed',
    weight,
    source: truncate(path, 2048),
  }));
  return { ok: true, name: textIn(stage['name']) ?? `stage ${index + 1}`, fromStep, weights };
}

const invalid = (reason: string): Stage => ({ ok: false, reason });

type PathWeight = { readonly path: string; readonly weight: number };

/** The folders in the list of datasets of later versions. */
const foldersIn = (dataset: JsonObject): unknown =>
  listIn(dataset['datasets'])?.map(
    (one) => objectIn(one)?.['folder'] ?? objectIn(one)?.['dataset_folder'] ?? one,
  );

/**
 * Parses `dataset_folder`: a path, a list of paths with `dataset_weights`, or an object of weights by path. Hub
 * datasets have the same forms.
 */
function weightsOf(dataset: JsonObject): readonly PathWeight[] | string {
  const named = dataset['dataset_folder'] ?? dataset['hf_dataset_or_datasets'] ?? foldersIn(dataset);
  const byPath = objectIn(named);
  const paths = byPath ? Object.keys(byPath).map((path) => path.toWellFormed()) : textsIn(named);
  if (paths.length === 0) return 'the stage names no dataset';
  const listed = byPath ? Object.values(byPath) : listIn(dataset['dataset_weights']);
  const given = listed ?? (paths.length === 1 ? [1] : undefined);
  if (!given)
    return `the stage has ${paths.length} datasets and no weights: the shares depend on lengths that are known only at run time`;
  if (given.length !== paths.length)
    return `the stage has ${paths.length} datasets but ${given.length} weights`;
  const weights = given.map(looseNumberIn);
  const wrong = weights.findIndex((weight) => weight === undefined || weight < 0);
  if (wrong >= 0) return `the weight of ${paths[wrong] ?? ''} is not a non-negative number`;
  return paths.map((path, at) => ({ path, weight: weights[at] ?? 0 }));
}
