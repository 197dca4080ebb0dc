import { contentId } from '../../facts/shard-list.ts';
import { valueAt } from '../../files/config-value.ts';
import type { SourceFile } from '../../files/folder.ts';
import { countIn, statedIn, textIn } from '../../files/untyped-values.ts';
import type { JsonObject } from '../../files/untyped-values.ts';
import { fileStem } from '../naming.ts';
import { commentedTexts, yamlConfig } from '../yaml-config.ts';
import type { CommentedText } from '../yaml-config.ts';

/** A training configuration. */
export type RunConfig = {
  readonly file: SourceFile;
  readonly sha256: string;
  /** The `run_name`, or the name of the file. */
  readonly name: string;
  readonly runId: string;
  /** The data that it lists. */
  readonly snapshotId: string;
  readonly members: JsonObject;
  readonly paths: readonly CommentedText[];
  /** Sequences in a batch times their length; undefined if either is unknown. */
  readonly tokensPerStep: number | undefined;
};

const MODEL = /^model:\s*(#.*)?$/m;
const WIDTH = /^[ \t]+(d_model|hidden_size):/m;
const TRAINING = /^(global_train_batch_size|max_duration|optimizer|scheduler):/m;

/** A configuration of LLM Foundry has the same members, and a train loader in place of OLMo's list of paths. */
const OF_FOUNDRY = /^[ \t]*train_loader:/m;

export const looksLikeRunConfig = (head: string): boolean =>
  !OF_FOUNDRY.test(head) &&
  MODEL.test(head) &&
  WIDTH.test(head) &&
  TRAINING.test(head) &&
  /^(run_name|load_path|seed):/m.test(head);

/**
 * Reads a training configuration. Configurations of one recipe share their `run_name`, so a digest of the file tells their
 * runs apart. Returns the reason as a string if the file is invalid.
 */
export async function runConfig(file: SourceFile): Promise<RunConfig | string> {
  const config = yamlConfig(await file.text());
  if (typeof config === 'string') return config;
  const { members, document } = config;
  const sha256 = await file.sha256();
  const name = statedIn(valueAt(members, 'run_name')) ?? fileStem(file.name);
  return {
    file,
    sha256,
    name,
    runId: `urn:olmo:run:${contentId(name, sha256)}`,
    snapshotId: `urn:olmo:data:${contentId(name, sha256)}`,
    members,
    paths: commentedTexts(document, ['data', 'paths']),
    tokensPerStep: tokensPerStep(members),
  };
}

function tokensPerStep(members: JsonObject): number | undefined {
  const batch = countIn(valueAt(members, 'global_train_batch_size'));
  const length = countIn(valueAt(members, 'model.max_sequence_length'));
  return batch === undefined || length === undefined ? undefined : batch * length;
}

/**
 * The tokens of a duration: `300e9T` is tokens, and a bare number is steps. `1ep` is a pass over the data with an
 * unknown number of tokens.
 */
export function tokensIn(duration: unknown, perStep: number | undefined): number | undefined {
  const text = typeof duration === 'number' ? String(duration) : (textIn(duration) ?? '');
  const tokens = /^(\d[\d_]*(?:\.\d+)?(?:e\+?\d+)?)T$/i.exec(text)?.[1]?.replaceAll('_', '');
  if (tokens !== undefined) return exact(Number(tokens));
  const steps = /^\d[\d_]*(?:e\+?\d+)?$/i.test(text) ? Number(text.replaceAll('_', '')) : Number.NaN;
  return perStep === undefined ? undefined : exact(steps * perStep);
}

const exact = (value: number): number | undefined =>
  Number.isSafeInteger(Math.round(value)) ? Math.round(value) : undefined;
