import type { SourceFile } from '../folder.ts';
import { contentId, stemOf } from '../manifest/shard-list.ts';
import { countOf, listOf, membersOf, numberOf, textsOf } from '../manifest/shape.ts';
import type { Members } from '../manifest/shape.ts';
import type { Reading } from '../reading.ts';

/** Means and deviations by feature, in the order of the features; undefined where a file holds none. */
export function normaliserIn(json: unknown): Record<string, Record<string, number>> | undefined {
  const root = membersOf(json);
  const features = textsOf(root?.['feature_order']);
  const means = listOf(root?.['corpus_mean'])?.map(numberOf);
  const deviations = listOf(root?.['corpus_sd_population'])?.map(numberOf);
  if (!root || features.length === 0 || means?.length !== features.length) return undefined;
  if (deviations?.length !== features.length) return undefined;
  const entries = features.flatMap((feature, at) => {
    const [mean, sd] = [means[at], deviations[at]];
    return mean === undefined || sd === undefined ? [] : [[feature, { mean, sd }] as const];
  });
  return { ...Object.fromEntries(entries), ...logicOf(root) };
}

function logicOf(root: Members): Record<string, Record<string, number>> {
  const [mean, sd] = [numberOf(root['logic_mean']), numberOf(root['logic_sd_population'])];
  return mean === undefined || sd === undefined ? {} : { logic: { mean, sd } };
}

/** Adds the normaliser; its id, or none where the file holds none. */
export async function readNormaliser(file: SourceFile, reading: Reading, corpus: string): Promise<string[]> {
  const json = await file.json();
  const statistics = normaliserIn(json);
  if (!statistics) {
    reading.findings.reject(file.path, '', 'holds no means and deviations by feature');
    return [];
  }
  const sha256 = await file.sha256();
  const normaliserId = contentId(stemOf(file.path), sha256).slice(0, 256);
  const root = membersOf(json);
  const items = countOf(root?.['n_kept']) ?? countOf(root?.['n_input']);
  reading.add({ sha256, pointer: '/corpus_mean' }, `${normaliserId}|${corpus}`, {
    type: 'corpus.normaliser.frozen',
    data: { normaliserId, attribute: 'cirs', corpus, ...(items !== undefined && { items }), statistics },
  });
  return [normaliserId];
}
