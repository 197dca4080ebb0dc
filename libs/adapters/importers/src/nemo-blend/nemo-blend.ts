import { fileImporter } from '../file-importer.ts';
import type { SourceFile } from '../files/folder.ts';
import { stemOf } from '../facts/shard-list.ts';
import { addSourceList } from '../facts/source-list.ts';
import { reportTemplate } from '../facts/templates.ts';
import { isObject, listIn, objectIn, looseNumberIn, textIn } from '../files/untyped-values.ts';
import type { JsonObject } from '../files/untyped-values.ts';
import { addPlan, reportSum } from '../facts/mixture-plan.ts';
import type { MixtureWeight } from '../facts/mixture-plan.ts';
import { corpusName } from '../megatron-data/read-blends.ts';
import { namesHeldOut } from '../facts/held-out.ts';
import { placeholderIn } from '../facts/placeholders.ts';
import { numbered, slicesOf, sliceName } from '../facts/slice-names.ts';
import type { FactCollector } from '../facts/fact-collector.ts';
import { truncate } from '../facts/text.ts';

/** Data blends of NeMo recipes: datasets with weights. NeMo normalises the weights when a run starts. */
export const nemoBlend = fileImporter({
  kind: 'nemo-blend',
  version: '1.0',
  looksFor:
    'JSON with datasets that have a name, a path and usually a weight, or with dataset_path and ratio',
  async recognise(file) {
    const blend = blendIn(await file.json());
    if (!blend) return undefined;
    const { entries } = blend;
    const hasWeights = entries.some((entry) => 'weight' in entry) || '_missing_categories' in blend.root;
    const evidence = `lists ${entries.length} datasets with name and path`;
    if (entries.length === 0)
      return { confidence: hasWeights ? 0.9 : 0.7, evidence: 'has an empty list of datasets' };
    return { confidence: hasWeights ? 0.95 : 0.8, evidence };
  },
  readFile: readBlend,
});

type NemoBlend = {
  readonly root: JsonObject;
  readonly entries: readonly JsonObject[];
  /** Whether the file is a list of `dataset_path` and `ratio`. */
  readonly ofPaths: boolean;
};

/** Parses a blend. A file with more than two other members is something else. */
function blendIn(json: unknown): NemoBlend | undefined {
  const ofPaths = listIn(json) !== undefined;
  const root = ofPaths ? ratiosIn(json) : objectIn(json);
  const list = listIn(root?.['datasets']);
  if (!root || !list) return undefined;
  const entries = list.map((entry) => objectIn(entry) ?? {});
  const others = Object.keys(root).filter((key) => key !== 'datasets' && !key.startsWith('_'));
  if (list.length === 0) return others.length === 0 ? { root, entries, ofPaths } : undefined;
  const shaped = entries.filter(
    (entry) => textIn(entry['path']) !== undefined && textIn(entry['name']) !== undefined,
  );
  return others.length <= 2 && shaped.length * 2 > list.length ? { root, entries, ofPaths } : undefined;
}

/** Converts a list of `dataset_path` and `ratio`, such as that of BLOOM, to a blend. The path is also the name. */
function ratiosIn(json: unknown): JsonObject | undefined {
  const list = listIn(json) ?? [];
  const shaped = list.filter((item) => isObject(item) && 'dataset_path' in item && 'ratio' in item);
  if (shaped.length === 0 || shaped.length * 2 <= list.length) return undefined;
  return { datasets: list.map((item) => (isObject(item) ? ratioEntry(item) : item)) };
}

const ratioEntry = (item: JsonObject): JsonObject => ({
  path: item['dataset_path'],
  name: item['dataset_path'],
  weight: item['ratio'],
});

async function readBlend(file: SourceFile, collector: FactCollector): Promise<void> {
  const blend = blendIn(await file.json());
  if (!blend) return collector.findings.reject(file.path, '', 'the file has no list of datasets');
  const { root, entries, ofPaths } = blend;
  if (entries.length === 0) return collector.findings.warn('blend_empty', file.path);
  const origin = { sha256: await file.sha256(), pointer: ofPaths ? '' : '/datasets' };
  const name = stemOf(file.path);
  if (isNoMixture(file, blend, collector)) return;
  if (entries.every((entry) => entry['weight'] === undefined || entry['weight'] === null)) {
    collector.findings.warn(
      'weights_absent',
      `${file.path}: no dataset has a weight; imported as a list of sources instead of a mixture`,
    );
    const sources = entries.map((entry) => ({ ref: sourceOf(entry), name: textIn(entry['name']) }));
    const named = sources.filter(({ ref }) => ref !== '');
    await addSourceList(file, origin.pointer, named, collector);
    return;
  }
  const weights = weightsOf(file.path, blend, collector);
  reportSum(collector, file.path, weights);
  const comment = textIn(root['_comment']);
  const citation = textIn(root['_mixture_source']);
  addPlan(collector, origin, {
    name,
    unit: ofPaths ? 'sample_share' : 'unnormalised',
    phases: [{ name: 'all', fromStep: 0, weights }],
    missing: missingIn(root),
    ...(comment !== undefined && { rationale: comment }),
    ...(citation !== undefined && { citation }),
  });
}

/** Templates, and blends for validation and tests: no run trained on what they list. The report names them. */
function isNoMixture({ path, name }: SourceFile, { entries }: NemoBlend, collector: FactCollector): boolean {
  const parts = entries.map((entry) => ({ source: sourceOf(entry), weight: entry['weight'] }));
  const placeholder = placeholderIn(parts);
  if (placeholder !== undefined) reportTemplate(path, placeholder, collector);
  else if (namesHeldOut(name))
    collector.findings.warn(
      'held_out_blend_left_out',
      `${path}: by its name no run trains on it; it is no mixture`,
    );
  else return false;
  return true;
}

const sourceOf = (entry: JsonObject): string => {
  const part = textIn(entry['subset']);
  const path = textIn(entry['path']) ?? textIn(entry['name']) ?? '';
  return truncate(`${path}${part === undefined ? '' : `#${part}`}`, 2048);
};

function weightsOf(path: string, { entries, ofPaths }: NemoBlend, collector: FactCollector): MixtureWeight[] {
  const weighted = entries.flatMap((entry, index) => {
    const weight = looseNumberIn(entry['weight']);
    if (weight !== undefined && weight >= 0) return [{ entry, weight }];
    const reason =
      entry['weight'] === undefined
        ? 'has no weight, but other datasets have one'
        : 'the weight is not a non-negative number';
    collector.findings.reject(
      path,
      ofPaths ? `/${index}/ratio` : `/datasets/${index}/weight`,
      `${textIn(entry['name']) ?? 'a dataset'}: ${reason}`,
    );
    return [];
  });
  const slices = ofPaths
    ? slicesOf(weighted.map(({ entry }) => corpusName(sourceOf(entry))))
    : numbered(weighted.map(({ entry }) => sliceName(textIn(entry['name']) ?? sourceOf(entry))));
  return weighted.map(({ entry, weight }, at) => {
    const source = sourceOf(entry);
    const label = ofPaths ? undefined : (textIn(entry['name']) ?? textIn(entry['category']));
    return {
      slice: slices[at] ?? 'unnamed',
      weight,
      ...(source !== '' && { source }),
      ...(label !== undefined && { label: truncate(label, 512) }),
    };
  });
}

/** The categories that the published blend omits but the trained blend had. */
function missingIn(root: JsonObject) {
  return Object.entries(objectIn(root['_missing_categories']) ?? {}).flatMap(([category, part]) => {
    const weight = looseNumberIn(isObject(part) ? part['weight'] : part);
    if (weight === undefined || weight < 0) return [];
    const description = isObject(part) ? textIn(part['description']) : undefined;
    const text = description === undefined ? category : `${category}: ${description}`;
    return [{ description: truncate(text, 1024), weight }];
  });
}
