import { mayBeYaml, plainYaml } from '../../files/plain-yaml.ts';
import type { SourceFile } from '../../files/folder.ts';
import type { FactCollector } from '../../facts/fact-collector.ts';
import { addPlannedRun } from '../../facts/planned-run.ts';
import type { PlannedData, PlannedRun } from '../../facts/planned-run.ts';
import { isPlaceholder } from '../../facts/placeholders.ts';
import { addSourceList } from '../../facts/source-list.ts';
import type { ListedSource } from '../../facts/source-list.ts';
import { reportTemplate } from '../../facts/templates.ts';
import { bridgeRun, bridgeSources } from './bridge-run.ts';
import { nemoRun } from './nemo-run.ts';
import { neoxRun } from './neox-run.ts';

/** A whole configuration of a program that is based on Megatron. */
export type RunConfig = {
  readonly run: PlannedRun;
  /** The data that it names otherwise than as a blend. */
  readonly sources: readonly ListedSource[];
};

/** What any of them has: most files need not be parsed. */
const WHOLE = /\bnum[-_]layers\b|\bmicro_batch_size\b|\bmegatron\.bridge\.recipes\b/;

/** The configuration in a file, of gpt-neox, of NeMo, or of a recipe for Megatron Bridge; undefined for any other file. */
export async function runConfigIn(file: SourceFile): Promise<RunConfig | undefined> {
  if (!mayBeYaml(file)) return undefined;
  const text = await file.text();
  if (!WHOLE.test(text)) return undefined;
  const [document] = plainYaml(text).documents;
  const run = neoxRun(document) ?? nemoRun(document);
  if (run) return { run, sources: [] };
  const recipe = bridgeRun(document);
  return recipe && { run: recipe, sources: bridgeSources(document) };
}

/**
 * Adds the run of a configuration with its data: the mixture of its blend, otherwise what it lists. One that names no data
 * is a part of a configuration, which is merged with others when a run starts, and is only named in the report.
 */
export async function planRun(
  file: SourceFile,
  { run, sources }: RunConfig,
  data: PlannedData & { readonly unweighted?: readonly string[] },
  collector: FactCollector,
): Promise<void> {
  const { unweighted = [], ...known } = data;
  const listed = [...sources, ...unweighted.map((ref) => ({ ref }))];
  const placeholder = listed.find(({ ref }) => isPlaceholder(ref));
  if (placeholder) return reportTemplate(file.path, placeholder.ref, collector);
  if (known.isTemplate || known.mixtureId !== undefined) return addPlannedRun(file, run, known, collector);
  if (listed.length === 0)
    return collector.findings.warn(
      'data_absent',
      `${file.path}: it names no data to train on, so it is no whole configuration of ${run.program}; no run was planned`,
    );
  const snapshotId = await addSourceList(file, '', listed, collector);
  return addPlannedRun(file, run, { snapshotId }, collector);
}
