import type { SourceFile } from '../files/folder.ts';
import { isObject } from '../files/untyped-values.ts';
import type { JsonObject } from '../files/untyped-values.ts';
import { count } from '../run-history/start-run.ts';

export type TrainerState = {
  readonly file: SourceFile;
  readonly state: JsonObject;
  readonly history: readonly unknown[];
  readonly step: number | undefined;
  /** Tokens that the trainer counted; undefined if the file says 0, which means that it did not count. */
  readonly tokens: number | undefined;
};

/** Whether JSON is what `transformers` writes as `trainer_state.json`. */
export function isTrainerState(json: unknown): json is JsonObject {
  return isObject(json) && Array.isArray(json['log_history']) && 'global_step' in json;
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

/** Checkpoints by step, incomplete ones with the prefix `tmp-`, and copies such as `checkpoint-best`. */
const CHECKPOINT_FOLDER = /^(tmp-)?checkpoint-[\w.-]+$/;

/** The folder of the run, and the name of the checkpoint if the file belongs to one. */
export function runAndCheckpoint(path: string): {
  readonly run: string;
  readonly checkpoint: string | undefined;
} {
  const folders = path.split('/').slice(0, -1);
  const last = folders.at(-1);
  if (last === undefined || !CHECKPOINT_FOLDER.test(last))
    return { run: folders.join('/'), checkpoint: undefined };
  return { run: folders.slice(0, -1).join('/'), checkpoint: last };
}
