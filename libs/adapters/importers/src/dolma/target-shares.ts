import type { SourceFile } from '../files/folder.ts';
import { stemOf } from '../facts/shard-list.ts';
import { isObject, listIn, objectIn, looseNumberIn, textIn } from '../files/untyped-values.ts';
import type { JsonObject } from '../files/untyped-values.ts';
import { addPlan, reportSum } from '../facts/mixture-plan.ts';
import { numbered, slicesOf, sliceName } from '../facts/slice-names.ts';
import type { FactCollector } from '../facts/fact-collector.ts';
import { truncate, withoutTrailing } from '../facts/text.ts';

export type Share = { readonly label: string; readonly weight: number };

/** Target shares by `topic/vigintile_NNNN`, or a list of domains with weights; undefined if JSON is something else. */
export function sharesIn(json: unknown): Share[] | undefined {
  const list = listIn(json);
  const shares = list ? list.map(listedShare) : Object.entries(objectIn(json) ?? {}).map(vigintileShare);
  const found = shares.flatMap((share) => share ?? []);
  return found.length > 0 && found.length === shares.length ? found : undefined;
}

function listedShare(item: unknown): Share | undefined {
  if (!isObject(item) || Object.keys(item).some((key) => key !== 'domain' && key !== 'weight'))
    return undefined;
  return shareOf(textIn(item['domain']), item['weight']);
}

const vigintileShare = ([label, weight]: [string, unknown]): Share | undefined =>
  shareOf(/\/.*vigintile_?\d+$/.test(label) ? label : undefined, weight);

function shareOf(label: string | undefined, value: unknown): Share | undefined {
  const weight = typeof value === 'number' ? looseNumberIn(value) : undefined;
  return label === undefined || weight === undefined || weight < 0 ? undefined : { label, weight };
}

export async function readShares(
  file: SourceFile,
  shares: readonly Share[],
  collector: FactCollector,
): Promise<void> {
  const slices = numbered(shares.map(({ label }) => sliceName(label.replaceAll(':', '/'))));
  const weights = shares.map(({ label, weight }, at) => ({
    slice: slices[at] ?? 'unnamed',
    weight,
    label: truncate(label, 512),
  }));
  reportSum(collector, file.path, weights);
  const sum = weights.reduce((total, { weight }) => total + weight, 0);
  addPlan(
    collector,
    { sha256: await file.sha256(), pointer: '' },
    {
      name: stemOf(file.path),
      unit: Math.abs(sum - 1) <= 0.01 ? 'token_share' : 'unnormalised',
      phases: [{ name: 'all', fromStep: 0, weights }],
    },
  );
}

/**
 * Adds the sample rates of a resharding. The rate is the number of epochs: 3.5 takes a source three and a half times.
 */
export async function readSampleRates(
  file: SourceFile,
  root: JsonObject,
  collector: FactCollector,
): Promise<void> {
  const sources = (listIn(root['source_prefixes']) ?? []).flatMap((source, index) => {
    const prefix = textIn(objectIn(source)?.['prefix']);
    const weight = looseNumberIn(objectIn(source)?.['sample_rate'] ?? 1);
    if (prefix !== undefined && weight !== undefined && weight >= 0) return [{ prefix, weight }];
    collector.findings.reject(
      file.path,
      `/source_prefixes/${index}`,
      'the source needs a prefix and a sample_rate that is not negative',
    );
    return [];
  });
  const destination = withoutTrailing(textIn(root['destination_prefix']) ?? '', '/');
  const domain = sliceName(destination.slice(destination.lastIndexOf('/') + 1));
  const inside = slicesOf(sources.map(({ prefix }) => prefix));
  const weights = sources.map(({ prefix, weight }, at) => {
    const part = inside[at] ?? '';
    const slice = sources.length === 1 || part === domain ? domain : sliceName(`${domain}/${part}`);
    return { slice, weight, source: truncate(prefix, 2048) };
  });
  addPlan(
    collector,
    { sha256: await file.sha256(), pointer: '/source_prefixes' },
    {
      name: destination.split('/').slice(-2).join('/') || stemOf(file.path),
      unit: 'epochs',
      phases: [{ name: 'all', fromStep: 0, weights }],
    },
  );
}
