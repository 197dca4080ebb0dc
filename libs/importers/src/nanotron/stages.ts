import { isMembers, listOf, membersOf, numberOf, countOf, textOf, textsOf } from '../manifest/shape.ts';
import type { Members } from '../manifest/shape.ts';
import type { Weight } from './plan.ts';
import { slicesOf } from './slice-labels.ts';

/** A stage of training data, or why it cannot be one. */
export type Stage =
  | {
      readonly ok: true;
      readonly name: string;
      readonly fromStep: number;
      readonly weights: readonly Weight[];
    }
  | { readonly ok: false; readonly reason: string };

/** Whether a value is a nanotron configuration: stages that start at a step and name their data. */
export function stagesIn(config: unknown): readonly Members[] | undefined {
  const stages = listOf(membersOf(config)?.['data_stages'])?.filter(isMembers) ?? [];
  return stages.some((stage) => 'start_training_step' in stage && isMembers(stage['data']))
    ? stages
    : undefined;
}

export function stageOf(stage: Members, index: number): Stage {
  const fromStep = countOf(stage['start_training_step']);
  if (fromStep === undefined) return refused('start_training_step is no step');
  const dataset = membersOf(membersOf(stage['data'])?.['dataset']);
  if (!dataset) return refused('the stage names no dataset');
  const found = weightsOf(dataset);
  if (typeof found === 'string') return refused(found);
  const slices = slicesOf(found.map(({ path }) => path));
  const weights = found.map(({ path, weight }, at) => ({
    slice: slices[at] ?? 'unnamed',
    weight,
    source: path.slice(0, 2048),
  }));
  return { ok: true, name: textOf(stage['name']) ?? `stage ${index + 1}`, fromStep, weights };
}

const refused = (reason: string): Stage => ({ ok: false, reason });

type PathWeight = { readonly path: string; readonly weight: number };

/** `dataset_folder` is a path, paths beside `dataset_weights`, or weights by path; hub datasets are written alike. */
function weightsOf(dataset: Members): readonly PathWeight[] | string {
  const named = dataset['dataset_folder'] ?? dataset['hf_dataset_or_datasets'];
  const byPath = membersOf(named);
  const paths = byPath ? Object.keys(byPath) : textsOf(named);
  if (paths.length === 0) return 'the stage names no dataset';
  const listed = byPath ? Object.values(byPath) : listOf(dataset['dataset_weights']);
  const given = listed ?? (paths.length === 1 ? [1] : undefined);
  if (!given)
    return `weights of ${paths.length} datasets are not given: they depend on lengths known at run time`;
  if (given.length !== paths.length)
    return `${paths.length} datasets and ${given.length} weights do not match`;
  const weights = given.map(numberOf);
  const wrong = weights.findIndex((weight) => weight === undefined || weight < 0);
  if (wrong >= 0) return `the weight of ${paths[wrong] ?? ''} is no share`;
  return paths.map((path, at) => ({ path, weight: weights[at] ?? 0 }));
}
