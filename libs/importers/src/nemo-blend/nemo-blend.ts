import { fileImporter } from '../file-importer.ts';
import type { SourceFile } from '../folder.ts';
import { contentId, stemOf } from '../manifest/shard-list.ts';
import { isMembers, listOf, membersOf, numberOf, textOf } from '../manifest/shape.ts';
import type { Members } from '../manifest/shape.ts';
import { addPlan, tellSum } from '../nanotron/plan.ts';
import type { Weight } from '../nanotron/plan.ts';
import { numbered } from '../nanotron/slice-labels.ts';
import type { Reading } from '../reading.ts';
import { sliceName } from '../slice-name.ts';

/** Data blends of NeMo recipes: datasets with weights that are normalised when a run starts. */
export const nemoBlend = fileImporter({
  kind: 'nemo-blend',
  version: '1.0',
  looksFor: 'JSON with datasets that have a name and a path, and mostly a weight',
  async recognise(file) {
    const blend = blendIn(await file.json());
    if (!blend) return undefined;
    const { entries } = blend;
    const told = entries.some((entry) => 'weight' in entry) || '_missing_categories' in blend.root;
    const evidence = `lists ${entries.length} datasets with name and path`;
    if (entries.length === 0) return { confidence: told ? 0.9 : 0.7, evidence: 'holds an empty blend' };
    return { confidence: told ? 0.95 : 0.8, evidence };
  },
  readFile: readBlend,
});

type Blend = { readonly root: Members; readonly entries: readonly Members[] };

/** A blend says little beside its datasets; a descriptor with many other members is something else. */
function blendIn(json: unknown): Blend | undefined {
  const root = membersOf(json);
  const list = listOf(root?.['datasets']);
  if (!root || !list) return undefined;
  const entries = list.filter(isMembers);
  const others = Object.keys(root).filter((key) => key !== 'datasets' && !key.startsWith('_'));
  if (list.length === 0) return others.length === 0 ? { root, entries } : undefined;
  const shaped = entries.filter(
    (entry) => textOf(entry['path']) !== undefined && textOf(entry['name']) !== undefined,
  );
  return others.length <= 2 && shaped.length * 2 > list.length ? { root, entries } : undefined;
}

async function readBlend(file: SourceFile, reading: Reading): Promise<void> {
  const blend = blendIn(await file.json());
  if (!blend) return reading.findings.reject(file.path, '', 'holds no list of datasets');
  const { root, entries } = blend;
  if (entries.length === 0) return reading.findings.warn('blend_empty', file.path);
  const origin = { sha256: await file.sha256(), pointer: '/datasets' };
  const name = stemOf(file.path);
  if (entries.every((entry) => entry['weight'] === undefined || entry['weight'] === null)) {
    reading.findings.warn('weights_absent', `${file.path}: imported as a list of sources, not as a mixture`);
    const snapshotId = contentId(name, origin.sha256);
    const sources = entries.map((entry) => ({
      kind: 'uri' as const,
      ref: sourceOf(entry),
      multiplicity: 1,
      ...(textOf(entry['name']) !== undefined && { name: String(entry['name']).slice(0, 512) }),
    }));
    return reading.add(origin, snapshotId, {
      type: 'corpus.snapshot.registered',
      data: { snapshotId, name, sources: sources.slice(0, 5000) },
    });
  }
  const weights = weightsOf(file.path, entries, reading);
  tellSum(reading, file.path, weights);
  const comment = textOf(root['_comment']);
  const citation = textOf(root['_mixture_source']);
  addPlan(reading, origin, {
    name,
    unit: 'unnormalised',
    phases: [{ name: 'all', fromStep: 0, weights }],
    missing: missingIn(root),
    ...(comment !== undefined && { rationale: comment }),
    ...(citation !== undefined && { citation }),
  });
}

const sourceOf = (entry: Members): string => {
  const part = textOf(entry['subset']);
  const path = textOf(entry['path']) ?? textOf(entry['name']) ?? '';
  return `${path}${part === undefined ? '' : `#${part}`}`.slice(0, 2048);
};

function weightsOf(path: string, entries: readonly Members[], reading: Reading): Weight[] {
  const found = entries.flatMap((entry, index) => {
    const weight = numberOf(entry['weight']);
    if (weight !== undefined && weight >= 0) return [{ entry, weight }];
    const reason =
      entry['weight'] === undefined ? 'has no weight while others do' : 'the weight is no number';
    reading.findings.reject(
      path,
      `/datasets/${index}/weight`,
      `${textOf(entry['name']) ?? 'a dataset'}: ${reason}`,
    );
    return [];
  });
  const slices = numbered(found.map(({ entry }) => sliceName(textOf(entry['name']) ?? sourceOf(entry))));
  return found.map(({ entry, weight }, at) => {
    const source = sourceOf(entry);
    const label = textOf(entry['name']) ?? textOf(entry['category']);
    return {
      slice: slices[at] ?? 'unnamed',
      weight,
      ...(source !== '' && { source }),
      ...(label !== undefined && { label: label.slice(0, 512) }),
    };
  });
}

/** Left out on purpose: the blend that was trained had these too. */
function missingIn(root: Members) {
  return Object.entries(membersOf(root['_missing_categories']) ?? {}).flatMap(([category, part]) => {
    const weight = numberOf(isMembers(part) ? part['weight'] : part);
    if (weight === undefined || weight < 0) return [];
    const description = isMembers(part) ? textOf(part['description']) : undefined;
    const words = description === undefined ? category : `${category}: ${description}`;
    return [{ description: words.slice(0, 1024), weight }];
  });
}
