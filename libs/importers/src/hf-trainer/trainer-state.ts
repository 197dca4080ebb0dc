import type { SourceFile } from '../folder.ts';
import { isObject } from '../run-history/json-object.ts';
import type { JsonObject } from '../run-history/json-object.ts';
import { count } from '../run-history/start-run.ts';

export type TrainerState = {
  readonly file: SourceFile;
  readonly state: JsonObject;
  readonly history: readonly unknown[];
  readonly step: number | undefined;
  /** Tokens that the trainer counted; 0 says only that it did not count. */
  readonly tokens: number | undefined;
};

const KEYS = ['global_step', 'epoch', 'max_steps', 'num_train_epochs', 'total_flos', 'is_world_process_zero'];

/** Whether JSON is what `transformers` writes as `trainer_state.json`. */
export function isTrainerState(json: unknown): json is JsonObject {
  if (!isObject(json) || !Array.isArray(json['log_history'])) return false;
  return 'global_step' in json && KEYS.filter((key) => key in json).length >= 3;
}

export function trainerState(file: SourceFile, state: JsonObject): TrainerState {
  const history: unknown = state['log_history'];
  const tokens = count(state['num_input_tokens_seen']);
  return {
    file,
    state,
    history: Array.isArray(history) ? history : [],
    step: count(state['global_step']),
    tokens: tokens === 0 ? undefined : tokens,
  };
}

const CHECKPOINT_FOLDER = /^checkpoint-\d+$/;

/** The folder of a run, and the name of the checkpoint in it where the file is one's. */
export function placeOfState(path: string): {
  readonly run: string;
  readonly checkpoint: string | undefined;
} {
  const folders = path.split('/').slice(0, -1);
  const last = folders.at(-1);
  if (last === undefined || !CHECKPOINT_FOLDER.test(last))
    return { run: folders.join('/'), checkpoint: undefined };
  return { run: folders.slice(0, -1).join('/'), checkpoint: last };
}
