import { fileImporter } from '../../file-importer.ts';
import type { SourceFile } from '../../files/folder.ts';
import { mayBeYaml } from '../../files/plain-yaml.ts';
import { listIn, objectIn, pointerTo, textIn, textsIn } from '../../files/untyped-values.ts';
import type { JsonObject } from '../../files/untyped-values.ts';
import type { FactCollector } from '../../facts/fact-collector.ts';
import { namesHeldOut } from '../../facts/held-out.ts';
import { isPlaceholder, placeholderIn } from '../../facts/placeholders.ts';
import { addPlan } from '../../facts/mixture-plan.ts';
import type { MixtureWeight } from '../../facts/mixture-plan.ts';
import { sliceName } from '../../facts/slice-names.ts';
import { fileStem } from '../naming.ts';
import { yamlConfig } from '../yaml-config.ts';

/** Larger deviations from a sum of one are not rounding errors. */
const ROUNDING = 1e-9;

/** A declarative mixture: sources with their target shares of tokens. */
export const olmoSourceMixture = fileImporter({
  kind: 'olmo-source-mixture',
  version: '1.0',
  looksFor: 'YAML sources with a source_name and a target_ratio',
  recognise: async (file) => {
    const head = await file.headText();
    const [sources, named, ratio] = [/^(- )?[ \t]*sources:/m, /source_name:/, /target_ratio:/].map((part) =>
      part.test(head),
    );
    return sources && named && ratio && (mayBeYaml(file) || holdsSources(await file.text()))
      ? { confidence: 0.97, evidence: 'has sources with source_name and target_ratio' }
      : undefined;
  },
  readFile,
});

/** Whether a file without the name of YAML is one all the same. The program that reads such mixtures is none. */
function holdsSources(text: string): boolean {
  const config = yamlConfig(text);
  return (
    typeof config !== 'string' && sourcesIn(config.members).some((source) => weightOf(source) !== undefined)
  );
}

function sourcesIn(members: JsonObject): readonly unknown[] {
  const nested = objectIn(members['dataset']) ?? objectIn(members['mix']) ?? {};
  return listIn(members['sources']) ?? listIn(nested['sources']) ?? [];
}

async function readFile(file: SourceFile, collector: FactCollector): Promise<void> {
  const { findings } = collector;
  const config = yamlConfig(await file.text());
  if (typeof config === 'string') {
    findings.reject(file.path, '', config);
    return;
  }
  const listed = sourcesIn(config.members);
  if (isNoMixture(file, listed, collector)) return;
  const weights = listed.flatMap((source, index) => {
    const weight = weightOf(source);
    if (weight) return [weight];
    findings.reject(
      file.path,
      pointerTo('sources', index),
      'the source needs a source_name and a target_ratio that is not negative',
    );
    return [];
  });
  if (listed.length === 0) findings.reject(file.path, '/sources', 'the file has no sources');
  if (weights.length === 0) return;
  reportSum(file, weights, collector);
  addPlan(
    collector,
    { sha256: await file.sha256(), pointer: '/sources' },
    {
      name: fileStem(file.name),
      unit: 'token_share',
      phases: [{ name: 'all', fromStep: 0, weights }],
      rationale: 'imported from a source mixture; who decided and why is not recorded there',
    },
  );
}

/** Templates, and mixtures for validation and tests: no run trained on what they list. The report names them. */
function isNoMixture(
  { path, name }: SourceFile,
  listed: readonly unknown[],
  { findings }: FactCollector,
): boolean {
  const parts = listed.map((source) => {
    const { source_name: label, target_ratio: weight, paths } = objectIn(source) ?? {};
    return { source: textsIn(paths).find(isPlaceholder) ?? textIn(label) ?? '', weight };
  });
  const placeholder = placeholderIn(parts);
  if (placeholder !== undefined)
    findings.warn('template_left_out', `${path}: ${placeholder} is a placeholder; no fact was made of it`);
  else if (namesHeldOut(name))
    findings.warn('held_out_blend_left_out', `${path}: by its name no run trains on it; it is no mixture`);
  else return false;
  return true;
}

function weightOf(value: unknown): MixtureWeight | undefined {
  const source = objectIn(value) ?? {};
  const label = textIn(source['source_name'])?.slice(0, 512);
  const weight = source['target_ratio'];
  if (label === undefined || typeof weight !== 'number' || !Number.isFinite(weight) || weight < 0)
    return undefined;
  const paths = (listIn(source['paths']) ?? []).flatMap((path) => textIn(path) ?? []);
  const sourcePaths = paths.join(' ').slice(0, 2048);
  return { slice: sliceName(label), weight, label, ...(sourcePaths !== '' && { source: sourcePaths }) };
}

function reportSum(file: SourceFile, weights: readonly MixtureWeight[], { findings }: FactCollector): void {
  const sum = weights.reduce((total, { weight }) => total + weight, 0);
  if (Math.abs(sum - 1) > ROUNDING) findings.warn('shares_sum', `${file.path}: the ratios sum to ${sum}`);
  const repeated = weights.length - new Set(weights.map(({ slice }) => slice)).size;
  if (repeated > 0)
    findings.warn('slice_repeated', `${file.path}: several sources have the same slice name`, repeated);
}
