import { fileImporter } from '../file-importer.ts';
import { valueAt } from '../files/config-value.ts';
import type { SourceFile } from '../files/folder.ts';
import type { FactCollector } from '../facts/fact-collector.ts';
import { addPlan } from '../facts/mixture-plan.ts';
import { addPlannedRun } from '../facts/planned-run.ts';
import { placeholderIn } from '../facts/placeholders.ts';
import { stemOf } from '../facts/shard-list.ts';
import { numbered, sliceName } from '../facts/slice-names.ts';
import { isTemplate, reportTemplate } from '../facts/templates.ts';
import { truncate } from '../facts/text.ts';
import { mayBeYaml, plainYaml, yamlIn } from '../files/plain-yaml.ts';
import { looseNumberIn, objectIn, pointerTo, textIn } from '../files/untyped-values.ts';
import type { JsonObject } from '../files/untyped-values.ts';
import { filledIn, openValueIn } from './open-values.ts';
import { linguaRun } from './planned-run.ts';

/** Configurations of lingua: planned runs with the mixture of their sources, unless they are templates. */
export const lingua = fileImporter({
  kind: 'lingua',
  version: '1.0',
  looksFor: 'YAML with a model, steps, and data with a root_dir and sources with weights',
  async recognise(file) {
    if (!mayBeYaml(file)) return undefined;
    const text = await file.text();
    if (!/\broot_dir\b/.test(text) || !/\bsources\b/.test(text)) return undefined;
    return configIn(plainYaml(filledIn(text)).documents[0])
      ? { confidence: 0.9, evidence: 'has a model, steps, and weights of sources below a root_dir' }
      : undefined;
  },
  async readFile(file, collector) {
    const open = openValueIn(await file.text());
    if (open !== undefined) return reportTemplate(file.path, open, collector);
    const config = configIn(await yamlIn(file, collector.findings));
    if (!config) return collector.findings.reject(file.path, '', 'it is no configuration of lingua');
    if (isTemplate(file, config, collector)) return;
    const parts = partsIn(file, config, collector);
    const placeholder = placeholderIn(parts);
    if (placeholder !== undefined) return reportTemplate(file.path, placeholder, collector);
    const mixtureId = await addMixture(file, parts, collector);
    if (mixtureId === undefined)
      return collector.findings.reject(
        file.path,
        '/data/sources',
        'no source has a weight, so no run was planned',
      );
    /* Of a mixture that lacks a source that the file names, nobody says that the run is to follow it. */
    const isWhole = parts.length === Object.keys(objectIn(valueAt(config, 'data.sources')) ?? {}).length;
    await addPlannedRun(file, linguaRun(config), isWhole ? { mixtureId } : {}, collector);
  },
});

function configIn(document: unknown): JsonObject | undefined {
  const config = objectIn(document);
  const isWhole = config && objectIn(config['model']) && 'steps' in config;
  const hasData =
    config && objectIn(valueAt(config, 'data.sources')) && 'root_dir' in (objectIn(config['data']) ?? {});
  return isWhole && hasData ? config : undefined;
}

type Part = { readonly name: string; readonly source: string; readonly weight: number };

/** The sources, which are folders of the root. One without a weight that is a number is rejected. */
function partsIn({ path }: SourceFile, config: JsonObject, { findings }: FactCollector): Part[] {
  const root = textIn(valueAt(config, 'data.root_dir'));
  return Object.entries(objectIn(valueAt(config, 'data.sources')) ?? {}).flatMap(([key, given]) => {
    const name = key.toWellFormed();
    const weight = looseNumberIn(given);
    if (weight !== undefined && weight >= 0)
      return [{ name, weight, source: root === undefined ? name : `${root.replace(/\/$/, '')}/${name}` }];
    findings.reject(
      path,
      pointerTo('data', 'sources', key),
      'the weight of the source is not a non-negative number',
    );
    return [];
  });
}

async function addMixture(
  file: SourceFile,
  parts: readonly Part[],
  collector: FactCollector,
): Promise<string | undefined> {
  const slices = numbered(parts.map(({ name }) => sliceName(name)));
  const weights = parts.map(({ source, weight }, at) => ({
    slice: slices[at] ?? 'unnamed',
    weight,
    source: truncate(source, 2048),
  }));
  const origin = { sha256: await file.sha256(), pointer: '/data/sources' };
  return addPlan(collector, origin, {
    name: stemOf(file.path),
    unit: 'unnormalised',
    phases: [{ name: 'all', fromStep: 0, weights }],
    rationale:
      'Imported from a configuration that does not say why it was decided. A weight is the relative probability that the next document is of the source.',
  });
}
