import { statedIn } from '../files/untyped-values.ts';
import { fileStem } from '../olmo/naming.ts';
import { modelId } from './dclm-record.ts';
import type { DclmRecord } from './dclm-record.ts';

/** The name of a model on a hub, such as `Qwen/Qwen2-7B`, which no other model there has. */
const ON_HUB = /^[A-Za-z0-9][\w.-]*\/[A-Za-z0-9][\w.-]*$/;

/** What DCLM puts around the name of a model in the name of a file: the word, and the set of tasks. */
const AROUND = /^(?:eval(?:uation|s)?[-_])?(.*?)(?:[-_](?:heavy|medium|light|low[-_]?variance|results?))*$/i;

/** Names of files that tell nothing about the model, as the name of its architecture does not either. */
const GENERIC =
  /^(?:eval(?:uation)?s?|results?|metrics?|scores?|heavy|medium|light|output|[\d_-]*|(?:epoch|step|ckpt|checkpoint|final|last|latest)[\d_-]*)$/i;

/**
 * The model that an evaluation is of: its UUID, or else its name on a hub. Any other name, such as `open_lm_1b`, is that of an
 * architecture, which many models have; then the name of the file decides, and where that says nothing the evaluation is of a
 * model of its own.
 */
export function evaluated({ members, file, uuid }: DclmRecord): string {
  const stated = statedIn(members['model_uuid']);
  if (stated !== undefined) return modelId(stated);
  const names = [members['model'], members['model_name']].flatMap((name) => statedIn(name) ?? []);
  const onHub = names.find((name) => ON_HUB.test(name));
  if (onHub !== undefined) return modelId(`name:${onHub}`);
  const stem = AROUND.exec(fileStem(file.name))?.[1] ?? '';
  const saysNothing = GENERIC.test(stem) || names.includes(stem);
  return modelId(saysNothing ? `eval:${uuid}` : `file:${stem}`);
}

/** Whether an id of `evaluated` is of the file and not of the record alone. */
export const isNamedByFile = (id: string): boolean => id.startsWith(modelId('file:'));
