import type { SourceFile } from '../files/folder.ts';
import { objectIn, textIn } from '../files/untyped-values.ts';
import type { JsonObject } from '../files/untyped-values.ts';
import { checkpointOf, modelRefOf } from './model-ref.ts';
import type { ModelRef } from './model-ref.ts';

/**
 * A model with where its name comes from: `elsewhere` is absent where the file itself names the model, and `from` is the name
 * that it is inferred from.
 */
export type EvaluatedModel = ModelRef &
  ({ readonly elsewhere?: 'caller' } | { readonly elsewhere: 'path'; readonly from: string });

/** A model that the file names and that is not the one that the caller names. */
type Contradiction = { readonly pointer: string; readonly reason: string };

/**
 * The evaluated model: as the file names it, otherwise as the caller does, otherwise as the harness calls the folder of
 * its results. Undefined if nothing names it.
 */
export function evaluatedModel(
  root: JsonObject,
  file: SourceFile,
  declared: string | undefined,
): EvaluatedModel | Contradiction | undefined {
  const named = modelInFile(root);
  if (named && declared !== undefined && !isOf(named, declared))
    return {
      pointer: '/config/model_args',
      reason: `the file names the model ${named.checkpointId ?? named.runId}; --model says ${declared}`,
    };
  if (named) return named;
  if (declared !== undefined) return { ...checkpointOf(declared), text: declared, elsewhere: 'caller' };
  const { model, from } = modelInPath(root, file);
  return model === undefined ? undefined : { ...checkpointOf(model), text: model, elsewhere: 'path', from };
}

function modelInFile(root: JsonObject): ModelRef | undefined {
  const config = objectIn(root['config']) ?? {};
  const named = textIn(root['model_name']) ?? textIn(config['model_name']);
  return modelRefOf(config['model_args'], named) ?? loadedModel(config);
}

/** Megatron-DeepSpeed writes the arguments of the trainer where the harness writes its own configuration. */
const loadedModel = ({ load, iteration }: JsonObject): ModelRef | undefined =>
  modelRefOf({ load, iteration }, undefined);

const isOf = ({ runId, checkpointId }: ModelRef, declared: string): boolean =>
  declared === runId || declared === checkpointId;

/** `org__model`, as the harness writes the `/` of a model's name in the folder of its results. */
const SANITIZED = /^([A-Za-z0-9][\w.-]*?)__([A-Za-z0-9][\w.-]*)$/;
const RESULTS = /^results_\d{4}-\d\d-\d\dT[\d.:-]+\.json(?:\.gz)?$/;

/** The model that the name of a folder means, if it can be read in one way only. */
function modelInPath(root: JsonObject, { name, folder }: SourceFile): { model?: string; from: string } {
  const own = textIn(root['model_name_sanitized']);
  const from = own ?? (RESULTS.test(name) ? folder.slice(folder.lastIndexOf('/') + 1) : '');
  const [, organisation, model] = SANITIZED.exec(from) ?? [];
  const isOneWay = organisation !== undefined && model !== undefined && !model.includes('__');
  return isOneWay ? { model: `${organisation}/${model}`, from } : { from };
}
