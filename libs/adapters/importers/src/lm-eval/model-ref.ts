import { objectIn, statedIn } from '../files/untyped-values.ts';
import { sha256Of, withoutTrailing } from '../facts/text.ts';
import { redactSecrets } from '@tributary/kernel';

/** The evaluated model: the run that trained it, and the checkpoint if it is named. */
export type ModelRef = {
  readonly runId: string;
  readonly checkpointId?: string;
  readonly step?: number;
  readonly precision?: string;
  /** The model as the harness writes it, with secrets redacted. */
  readonly text: string;
};

const REVISION_STEP = /(?:^|[-_/])(?:global_)?(?:step|iter)[-_]?(\d+)(?=$|[-_])/i;
const CHECKPOINT_FOLDER = /^(.*\S)\/(?:checkpoint|step|global_step|iter)[-_]?(\d+)(?:[-_][\w.-]*)?\/?$/i;

/** What Megatron and gpt-neox write without `=`: the folder of the checkpoints, and which of them was loaded. */
const LOADED = /^\s*(load|iteration)\s*:\s*(.+)$/;

/** Parses model arguments: an object, or `k=v,k=v` whose values can contain `=` and commas. */
export function modelArgs(value: unknown): ReadonlyMap<string, string> {
  if (typeof value === 'string') return argsInText(value);
  const isPlain = (member: unknown) => ['string', 'number', 'boolean'].includes(typeof member);
  const members = Object.entries(objectIn(value) ?? {}).filter(([, member]) => isPlain(member));
  return new Map(members.map(([key, member]) => [key, String(member)]));
}

function argsInText(value: string): ReadonlyMap<string, string> {
  const args = new Map<string, string>();
  let last: string | undefined;
  for (const part of value.split(',')) {
    const [, loaded, text] = LOADED.exec(part) ?? [];
    if (loaded !== undefined && text !== undefined) {
      args.set(loaded, text.trim());
      last = loaded;
      continue;
    }
    const at = part.indexOf('=');
    const key = part.slice(0, Math.max(at, 0)).trim();
    if (/^[A-Za-z_][\w.-]*$/.test(key)) {
      args.set(key, part.slice(at + 1).trim());
      last = key;
    } else if (last !== undefined) {
      args.set(last, `${args.get(last) ?? ''},${part}`);
    }
  }
  return args;
}

/**
 * The model in the arguments, otherwise `fallback`, otherwise the checkpoint that a trainer loaded (`load`, `iteration`).
 * Undefined if none names it.
 */
export function modelRefOf(value: unknown, fallback: string | undefined): ModelRef | undefined {
  const args = modelArgs(value);
  const base = ['pretrained', 'model_name', 'model', 'engine', 'path']
    .map((key) => args.get(key))
    .find(Boolean);
  const name = base ?? fallback;
  if (name === undefined) return loadedModel(args);
  if (name === '') return undefined;
  const adapter = args.get('peft') ?? args.get('delta');
  return {
    ...checkpointOf(adapter ? `${name}+${adapter}` : name, args.get('revision')),
    ...precisionIn(args),
    text: textOf(value, name),
  };
}

function precisionIn(args: ReadonlyMap<string, string>): { readonly precision?: string } {
  const precision = (args.get('dtype') ?? args.get('precision'))?.replace(/^torch\./, '');
  return precision && precision !== 'auto' ? { precision: precision.slice(0, 64) } : {};
}

function loadedModel(args: ReadonlyMap<string, string>): ModelRef | undefined {
  const [folder, iteration] = [statedIn(args.get('load')), args.get('iteration')];
  if (folder === undefined) return undefined;
  const checkpoint = loadedCheckpoint(folder, iteration);
  return { ...checkpoint, ...precisionIn(args), text: loadedText(folder, iteration) };
}

/** A checkpoint by the folder that was loaded and its iteration, unless the folder is that of the iteration. */
function loadedCheckpoint(folder: string, iteration: string | undefined): ReturnType<typeof checkpointOf> {
  const inFolder = checkpointOf(withoutTrailing(folder, '/'));
  const isSaid = iteration !== undefined && /^\d+$/.test(iteration);
  return !isSaid || inFolder.step === Number(iteration)
    ? inFolder
    : checkpointOf(withoutTrailing(folder, '/'), `iter${iteration}`);
}

/** Run and checkpoint from a revision such as `step3000`, or from a folder such as `run/checkpoint-500`. */
export function checkpointOf(
  name: string,
  revision?: string,
): Pick<ModelRef, 'runId' | 'checkpointId' | 'step'> {
  if (revision !== undefined && revision !== '' && revision !== 'main') {
    const step = stepIn(REVISION_STEP.exec(revision)?.[1]);
    return {
      runId: bounded(name, 256),
      checkpointId: bounded(`${name}@${revision}`, 512),
      ...(step !== undefined && { step }),
    };
  }
  const [, run, number] = CHECKPOINT_FOLDER.exec(name) ?? [];
  const step = stepIn(number);
  if (run === undefined || step === undefined) return { runId: bounded(name, 256) };
  return { runId: bounded(run, 256), checkpointId: bounded(name, 512), step };
}

function stepIn(digits: string | undefined): number | undefined {
  const step = Number(digits ?? Number.NaN);
  return Number.isSafeInteger(step) ? step : undefined;
}

const DIGITS = 16;

/** Keeps the end of a long path, which is readable, behind a digest of the whole, which tells it apart. */
const bounded = (text: string, length: number): string =>
  text.length <= length ? text : `${sha256Of(text).slice(0, DIGITS)}/${text.slice(-(length - DIGITS - 1))}`;

/** Of a trainer's arguments, which are hundreds, the two that say what was loaded. */
const loadedText = (folder: string, iteration: string | undefined): string =>
  textOf(iteration === undefined ? `load=${folder}` : `load=${folder},iteration=${iteration}`, folder);

function textOf(value: unknown, name: string): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value ?? {});
  return redactSecrets(text === '' || text === '{}' ? name : text).value.slice(0, 1024);
}
