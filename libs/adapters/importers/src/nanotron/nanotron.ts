import { fileImporter } from '../file-importer.ts';
import type { SourceFile } from '../files/folder.ts';
import { stemOf } from '../facts/shard-list.ts';
import type { FactCollector } from '../facts/fact-collector.ts';
import { mayBeYaml, plainYaml, yamlIn } from '../files/plain-yaml.ts';
import { placeholderIn } from '../facts/placeholders.ts';
import { addPlan, reportSum } from '../facts/mixture-plan.ts';
import type { MixturePhase } from '../facts/mixture-plan.ts';
import { addPlannedRun } from '../facts/planned-run.ts';
import type { PlannedData } from '../facts/planned-run.ts';
import { isTemplate, reportTemplate } from '../facts/templates.ts';
import { plannedRunIn } from './planned-run.ts';
import { stageOf, stagesIn } from './stages.ts';

/**
 * Configurations of nanotron: their data stages are a mixture with the first steps of its phases, and a whole
 * configuration is a planned run besides, unless it is a template.
 */
export const nanotron = fileImporter({
  kind: 'nanotron',
  version: '1.0',
  looksFor: 'YAML with data_stages that have a start_training_step and datasets with weights',
  async recognise(file) {
    if (!mayBeYaml(file)) return undefined;
    const text = await file.text();
    return text.includes('data_stages') && stagesIn(plainYaml(text).documents[0]) !== undefined
      ? { confidence: 0.95, evidence: 'has data_stages with a start_training_step' }
      : undefined;
  },
  async readFile(file, collector) {
    const config = await yamlIn(file, collector.findings);
    if (isTemplate(file, config, collector)) return;
    const stages = stagesIn(config) ?? [];
    const data = await readStages(file, stages, collector);
    const run = plannedRunIn(config, stages);
    if (run) await addPlannedRun(file, run, data, collector);
  },
});

/** Adds the mixture of the stages. A run follows it only where every stage could be read. */
async function readStages(
  file: SourceFile,
  stages: readonly unknown[],
  collector: FactCollector,
): Promise<PlannedData> {
  const phases = stages.flatMap((stage, index): MixturePhase[] => {
    const read = stageOf(stage, index);
    const pointer = `/data_stages/${index}`;
    if (!read.ok) {
      collector.findings.reject(file.path, pointer, read.reason);
      return [];
    }
    reportSum(collector, `${file.path} ${pointer}`, read.weights);
    return [read];
  });
  const placeholder = placeholderIn(
    phases.flatMap(({ weights }) => weights.map(({ source = '' }) => ({ source }))),
  );
  if (placeholder !== undefined) {
    reportTemplate(file.path, placeholder, collector);
    return { isTemplate: true };
  }
  const ordered = phases.toSorted((left, right) => left.fromStep - right.fromStep);
  if (ordered.some((phase, index) => phase !== phases[index])) {
    const example = `${file.path}: the stages were sorted by their first steps`;
    collector.findings.warn('stages_out_of_order', example);
  }
  const origin = { sha256: await file.sha256(), pointer: '/data_stages' };
  const plan = { name: stemOf(file.path), unit: 'sample_share' as const, phases: ordered };
  const mixtureId = addPlan(collector, origin, plan);
  return mixtureId === undefined || phases.length < stages.length ? {} : { mixtureId };
}
