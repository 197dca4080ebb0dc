import { canonicalJson } from '@tributary/json';
import { filterFiles } from '../files/folder.ts';
import type { SourceFile } from '../files/folder.ts';
import type { FileMatch, Importer } from '../importer.ts';
import { stemOf } from '../facts/shard-list.ts';
import { FactCollector } from '../facts/fact-collector.ts';
import { mayBeYaml, plainYaml, yamlIn } from '../files/plain-yaml.ts';
import { placeholderIn } from '../facts/placeholders.ts';
import { addPlan, reportSum } from '../facts/mixture-plan.ts';
import type { MixturePhase } from '../facts/mixture-plan.ts';
import { stageOf, stagesIn } from './stages.ts';

const NAME = { kind: 'nanotron', version: '1.0' };

/** Data stages of nanotron configurations: mixtures with their first steps. */
export const nanotron: Importer = {
  ...NAME,
  looksFor: 'YAML with data_stages that have a start_training_step and datasets with weights',
  async detect({ files }) {
    const configs = await filterFiles(files, hasStages);
    return configs.length > 0 ? [matchOf(configs)] : [];
  },
  async read({ files }) {
    const collector = new FactCollector(NAME);
    const schedules: Schedule[] = [];
    for (const file of files) schedules.push(await scheduleIn(file, collector));
    for (const schedule of withoutRepeats(schedules, collector)) {
      const origin = { sha256: await schedule.file.sha256(), pointer: '/data_stages' };
      addPlan(collector, origin, {
        name: stemOf(schedule.file.path),
        unit: 'sample_share',
        phases: schedule.phases,
      });
    }
    return collector.finish();
  },
};

type Schedule = { readonly file: SourceFile; readonly phases: readonly MixturePhase[] };

async function hasStages(file: SourceFile): Promise<boolean> {
  if (!mayBeYaml(file)) return false;
  const text = await file.text();
  return text.includes('data_stages') && stagesIn(plainYaml(text).documents[0]) !== undefined;
}

const matchOf = (files: readonly SourceFile[]): FileMatch => ({
  files,
  confidence: 0.95,
  evidence: [`${files.map(({ path }) => path).join(', ')} have data_stages with a start_training_step`],
});

async function scheduleIn(file: SourceFile, collector: FactCollector): Promise<Schedule> {
  const stages = stagesIn(await yamlIn(file, collector.findings)) ?? [];
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
    const example = `${file.path}: ${placeholder} is a placeholder; no fact was made of it`;
    collector.findings.warn('template_left_out', example);
    return { file, phases: [] };
  }
  const ordered = phases.toSorted((left, right) => left.fromStep - right.fromStep);
  if (ordered.some((phase, index) => phase !== phases[index])) {
    collector.findings.warn(
      'stages_out_of_order',
      `${file.path}: the stages were sorted by their first steps`,
    );
  }
  return { file, phases: ordered };
}

/** Drops schedules that are a prefix of another one. Later configurations repeat the stages of earlier ones. */
function withoutRepeats(schedules: readonly Schedule[], collector: FactCollector): Schedule[] {
  const keys = schedules.map(({ phases }) =>
    phases.map(({ name, fromStep, weights }) => canonicalJson([name, fromStep, weights])),
  );
  const isPrefix = (short: readonly string[], long: readonly string[]) =>
    short.every((key, index) => key === long[index]);
  return schedules.filter(({ file, phases }, at) => {
    const own = keys[at] ?? [];
    const longer = keys.findIndex(
      (other, index) => index !== at && isPrefix(own, other) && (other.length > own.length || index < at),
    );
    if (longer < 0 || phases.length === 0) return phases.length > 0;
    const path = schedules[longer]?.file.path ?? '';
    collector.findings.warn('stages_repeated', `${file.path}: ${path} has the same stages`, phases.length);
    return false;
  });
}
