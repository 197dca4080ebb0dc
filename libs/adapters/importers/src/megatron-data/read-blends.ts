import type { SourceFile } from '../files/folder.ts';
import { stemOf } from '../facts/shard-list.ts';
import { addPlan, reportSum } from '../facts/mixture-plan.ts';
import type { MixturePhase, MixtureWeight } from '../facts/mixture-plan.ts';
import type { PlannedData } from '../facts/planned-run.ts';
import { reportTemplate } from '../facts/templates.ts';
import { namesHeldOut } from '../facts/held-out.ts';
import { placeholderIn } from '../facts/placeholders.ts';
import { slicesOf } from '../facts/slice-names.ts';
import type { FactCollector } from '../facts/fact-collector.ts';
import { blendOf } from './blend.ts';
import type { DataArguments, DataBlend, DataSplit } from './blend.ts';
import type { FindCorpus } from './indexed-corpora.ts';
import { truncate } from '../facts/text.ts';

type BlendContext = {
  readonly file: SourceFile;
  readonly collector: FactCollector;
  readonly findCorpus: FindCorpus;
  /** Whether the file is nothing but the list of one blend, so that its name says what it is for. */
  readonly isList: boolean;
};

/** The mixture that is trained on, or the data whose weights are unknown. */
export type ReadBlends = PlannedData & { readonly unweighted?: readonly string[] };

/**
 * Adds the mixtures of a command line. Weights are shares of the training samples, independent of the sizes of the
 * corpora.
 */
export async function readBlends(args: DataArguments, context: BlendContext): Promise<ReadBlends> {
  const sha256 = await context.file.sha256();
  let found: ReadBlends = {};
  const parts = new Map<DataSplit | 'all', { items: readonly string[] }[]>();
  for (const { split, items } of args.blends) parts.set(split, [...(parts.get(split) ?? []), { items }]);
  for (const [split, blends] of parts) {
    const left = isNoMixture(split, blends, context);
    if (left === 'template') found = { ...found, isTemplate: true };
    if (left !== undefined) continue;
    const read = blends.map(({ items }) => weightsOf(items, split, context));
    const name = stemOf(context.file.path);
    const mixtureId = addPlan(
      context.collector,
      { sha256, pointer: `--${split === 'all' ? '' : `${split}-`}data-path` },
      { name, unit: 'sample_share', phases: phasesOf(read, args, context), rationale: rationaleOf(args) },
    );
    found = { ...found, ...(mixtureId === undefined ? { unweighted: prefixesIn(blends) } : { mixtureId }) };
  }
  return found;
}

const prefixesIn = (blends: readonly { readonly items: readonly string[] }[]): string[] =>
  blends.flatMap(({ items }) => {
    const blend = blendOf(items);
    return typeof blend === 'string' || blend.weights ? [] : blend.prefixes;
  });

/** Blends for validation and tests, and those of templates: no run trained on what they list. The report names them. */
function isNoMixture(
  split: DataSplit | 'all',
  blends: readonly { readonly items: readonly string[] }[],
  { file, isList, collector }: BlendContext,
): 'held out' | 'template' | undefined {
  const items = blends.flatMap((blend) => blend.items);
  const placeholder = placeholderIn(items.map((source) => ({ source })));
  if (split === 'valid' || split === 'test' || (isList && namesHeldOut(file.name))) {
    const example = `${file.path} ${split}: no run trains on ${items.slice(0, 4).join(' ').slice(0, 100)}; it is no mixture`;
    collector.findings.warn('held_out_blend_left_out', example);
    return 'held out';
  }
  if (placeholder === undefined || isUnset(placeholder)) return undefined;
  reportTemplate(`${file.path} ${split}`, placeholder, collector);
  return 'template';
}

/** A variable that is set elsewhere is left unresolved where the blend is read. */
const isUnset = (placeholder: string): boolean => placeholder.startsWith('$');

const rationaleOf = ({ split }: DataArguments): string => {
  const parts = split === undefined ? '' : ` Its corpora are split ${split} into train, valid and test.`;
  return `Imported from a command line that does not say why it was decided.${parts}`;
};

function weightsOf(items: readonly string[], split: string, context: BlendContext): MixtureWeight[] {
  const { file, collector } = context;
  const blend = blendOf(items);
  const where = `${file.path} ${split}`;
  if (typeof blend === 'string') {
    collector.findings.leaveUnresolved(where, '--data-path', blend);
    return [];
  }
  const given = blend.weights ?? (blend.prefixes.length === 1 ? [1] : lengthShares(blend, context));
  if (!given) {
    const why =
      'the weights depend on the lengths of the corpora, and not all of their .idx files are in the import';
    collector.findings.leaveUnresolved(where, '--data-path', why);
    return [];
  }
  const slices = slicesOf(blend.prefixes.map(corpusName));
  const weights = blend.prefixes.map((prefix, at) => ({
    slice: slices[at] ?? 'unnamed',
    weight: given[at] ?? 0,
    source: truncate(prefix, 2048),
  }));
  reportSum(collector, where, weights);
  return weights;
}

/** The name of a corpus without the suffix that the preprocessing of Megatron appends. */
export const corpusName = (prefix: string): string =>
  prefix.replace(/_(text|content)_(document|sentence)$/, '');

function lengthShares(
  { prefixes }: DataBlend,
  { file, collector, findCorpus }: BlendContext,
): number[] | undefined {
  const lengths = prefixes.flatMap((prefix) => findCorpus(prefix)?.tokens ?? []);
  const total = lengths.reduce((sum, length) => sum + length, 0);
  if (lengths.length < prefixes.length || total === 0) return undefined;
  collector.findings.warn(
    'weights_from_lengths',
    `${file.path}: the weights are the token shares in the .idx files`,
  );
  return lengths.map((length) => length / total);
}

/** The phases of a run: one blend for each phase, or one blend for all. The data order restarts at every transition. */
function phasesOf(
  blends: readonly MixtureWeight[][],
  args: DataArguments,
  { file, collector }: BlendContext,
): MixturePhase[] {
  const starts = [0, ...new Set(args.phaseTransitions)].toSorted((left, right) => left - right);
  const named = (weights: readonly MixtureWeight[], index: number): MixturePhase => ({
    name: starts.length === 1 ? 'all' : `phase ${index + 1}`,
    fromStep: starts[index] ?? 0,
    weights,
  });
  const [only = []] = blends;
  if (blends.length === 1) return starts.map((_start, index) => named(only, index));
  if (blends.length === starts.length) return blends.map(named);
  const example = `${file.path}: ${blends.length} blends for ${starts.length} phases; the last blend was imported`;
  collector.findings.warn('blends_do_not_match_phases', example);
  return [{ name: 'all', fromStep: 0, weights: blends.at(-1) ?? [] }];
}
