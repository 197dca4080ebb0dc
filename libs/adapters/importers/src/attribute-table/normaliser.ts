import type { SourceFile } from '../files/folder.ts';
import { truncateName } from '../facts/text.ts';
import { contentId, stemOf } from '../facts/shard-list.ts';
import { looseCountIn, listIn, objectIn, looseNumberIn, textsIn } from '../files/untyped-values.ts';
import type { JsonObject } from '../files/untyped-values.ts';
import type { FactCollector } from '../facts/fact-collector.ts';

const MAX_FEATURES = 1000;

/** Means and standard deviations by feature, in feature order; undefined if the file has none. */
export function normaliserIn(json: unknown): Record<string, Record<string, number>> | undefined {
  const root = objectIn(json);
  const features = textsIn(root?.['feature_order']);
  if (!root || features.length === 0) return undefined;
  const means = (listIn(root['corpus_mean']) ?? []).map(looseNumberIn);
  const deviations = (listIn(root['corpus_sd_population']) ?? []).map(looseNumberIn);
  if (means.length !== features.length || deviations.length !== features.length) return undefined;
  const statistics = statisticsOf(features, means, deviations);
  return statistics && { ...statistics, ...logicOf(root) };
}

/** Undefined if a mean or a deviation is not a number. */
function statisticsOf(
  features: readonly string[],
  means: readonly (number | undefined)[],
  deviations: readonly (number | undefined)[],
): Record<string, Record<string, number>> | undefined {
  const entries = features.flatMap((feature, at) => {
    const [mean, sd] = [means[at], deviations[at]];
    return mean === undefined || sd === undefined ? [] : [[feature, { mean, sd }] as const];
  });
  return entries.length < features.length ? undefined : Object.fromEntries(entries);
}

function logicOf(root: JsonObject): Record<string, Record<string, number>> {
  const [mean, sd] = [looseNumberIn(root['logic_mean']), looseNumberIn(root['logic_sd_population'])];
  return mean === undefined || sd === undefined ? {} : { logic: { mean, sd } };
}

/** Adds the normaliser and returns its id in a list, empty if the file was rejected. */
export async function readNormaliser(
  file: SourceFile,
  collector: FactCollector,
  corpus: string,
): Promise<string[]> {
  const json = await file.json();
  const statistics = normaliserIn(json);
  if (!statistics) {
    collector.findings.reject(file.path, '', 'the file has no means and standard deviations by feature');
    return [];
  }
  if (Object.keys(statistics).length > MAX_FEATURES) {
    collector.findings.reject(file.path, '/feature_order', `the file has more than ${MAX_FEATURES} features`);
    return [];
  }
  const sha256 = await file.sha256();
  const normaliserId = contentId(stemOf(file.path), sha256);
  const root = objectIn(json);
  const items = looseCountIn(root?.['n_kept']) ?? looseCountIn(root?.['n_input']);
  collector.add({ sha256, pointer: '/corpus_mean' }, `${normaliserId}|${corpus}`, {
    type: 'corpus.normaliser.frozen',
    data: {
      normaliserId,
      attribute: 'cirs',
      corpus: truncateName(corpus, 512),
      ...(items !== undefined && { items }),
      statistics,
    },
  });
  return [normaliserId];
}
