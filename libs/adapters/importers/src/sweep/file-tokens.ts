import { tokensOf } from '../facts/metric.ts';

/** The tokens of a file name, and what they say about the table. Its folders say nothing: they depend on what was named to import it. */
export type FileTokens = {
  readonly tokens: readonly string[];
  /** The size of the model, such as 1m. */
  readonly scale: string | undefined;
  readonly split: SplitToken | undefined;
};
type SplitToken = { readonly token: string; readonly role: ArmRole };
export type ArmRole = 'train' | 'held_out';

const SCALE = /^\d+(\.\d+)?[kmb]$/;
const HELD_OUT = new Set('test valid validation val heldout held_out holdout dev eval evaluation'.split(' '));
/** In the name of an outcome table these tokens describe its content and not a split of runs. */
const AMBIGUOUS = new Set('val eval evaluation'.split(' '));

export function fileTokens(path: string): FileTokens {
  const stem = path
    .slice(path.lastIndexOf('/') + 1)
    .replace(/\.[^./]*(\.gz)?$/, '')
    .replaceAll(/held[_-]out/gi, 'heldout');
  const tokens = tokensOf(stem);
  const token = tokens.find((token) => token === 'train' || HELD_OUT.has(token));
  return {
    tokens,
    scale: tokens.find((token) => SCALE.test(token)),
    split: token === undefined ? undefined : { token, role: token === 'train' ? 'train' : 'held_out' },
  };
}

/** The role of a split. Every split that is not known to be held out is used for training. */
export const roleOf = (split: string | undefined): ArmRole =>
  split !== undefined && HELD_OUT.has(split.toLowerCase()) ? 'held_out' : 'train';

/** The number of common tokens of two file names; undefined if their scales or splits contradict each other. */
export function affinity(mixtures: FileTokens, outcomes: FileTokens): number | undefined {
  if (mixtures.scale && outcomes.scale && mixtures.scale !== outcomes.scale) return undefined;
  const unambiguous = outcomes.split && !AMBIGUOUS.has(outcomes.split.token);
  if (mixtures.split && unambiguous && mixtures.split.role !== outcomes.split.role) return undefined;
  return mixtures.tokens.filter((token) => outcomes.tokens.includes(token)).length;
}

/** The parameters that a scale stands for: 60m is 60,000,000. */
export function parametersOf(scale: string): number {
  const factor = { k: 1e3, m: 1e6, b: 1e9 }[scale.slice(-1)] ?? 1;
  return Math.round(Number(scale.slice(0, -1)) * factor);
}
