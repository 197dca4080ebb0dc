import { valueAt } from '../../files/config-value.ts';
import type { Folder, SourceFile } from '../../files/folder.ts';
import type { FileMatch, Imported, Importer } from '../../importer.ts';
import { FactCollector } from '../../facts/fact-collector.ts';
import { textIn } from '../../files/untyped-values.ts';
import { addCheckpoints } from './checkpoint-facts.ts';
import { checkpointIdOf, checkpointTable, looksLikeCheckpoints } from './checkpoint-table.ts';
import type { CheckpointTable } from './checkpoint-table.ts';
import { looksLikeRunConfig, runConfig } from './run-config.ts';
import type { RunConfig } from './run-config.ts';
import { addRun } from './run-facts.ts';

const NAME = { kind: 'olmo-training', version: '1.0' };

/** Training configurations and lists of released checkpoints, related by folder and name. */
export const olmoTraining: Importer = {
  ...NAME,
  looksFor: 'YAML with a model, its optimiser and data paths, and tables of step and checkpoint directory',
  detect,
  read,
};

type TrainingFileKind = 'config' | 'checkpoints';

async function fileKindOf(file: SourceFile): Promise<TrainingFileKind | undefined> {
  const head = await file.headText();
  if (looksLikeCheckpoints(head)) return 'checkpoints';
  return looksLikeRunConfig(head) ? 'config' : undefined;
}

async function detect({ files }: Folder): Promise<readonly FileMatch[]> {
  const recognised: SourceFile[] = [];
  const counts = { config: 0, checkpoints: 0 };
  for (const file of files) {
    const part = await fileKindOf(file);
    if (!part) continue;
    recognised.push(file);
    counts[part] += 1;
  }
  const { config, checkpoints } = counts;
  const evidence = [`${config} training configurations`, `${checkpoints} tables of checkpoints by step`];
  return recognised.length === 0 ? [] : [{ files: recognised, confidence: 0.95, evidence }];
}

async function read({ files }: Folder): Promise<Imported> {
  const collector = new FactCollector(NAME);
  const configs: RunConfig[] = [];
  const lists: CheckpointTable[] = [];
  const known = new Map<string, string>();
  for (const file of files) {
    if (!isNew({ path: file.path, sha256: await file.sha256() }, known, collector)) continue;
    if ((await fileKindOf(file)) === 'checkpoints') {
      const list = await checkpointTable(file, collector.findings);
      if (list) lists.push(list);
      continue;
    }
    const config = await runConfig(file);
    if (typeof config === 'string') collector.findings.reject(file.path, '', config);
    else configs.push(config);
  }
  const planned = configs.filter((config) => addRun(config, collector));
  for (const list of lists) addCheckpoints(list, planned, collector);
  reportUnknownParents(planned, lists, collector);
  return collector.finish();
}

/** Whether no file before has these bytes. A copy is the same runs. */
function isNew(
  { path, sha256 }: { readonly path: string; readonly sha256: string },
  known: Map<string, string>,
  { findings }: FactCollector,
): boolean {
  const before = known.get(sha256);
  if (before === undefined) known.set(sha256, path);
  else findings.warn('file_repeated', `${path} is a copy of ${before}`);
  return before === undefined;
}

/** Lists the parent checkpoints that are in no list as unresolved. */
function reportUnknownParents(
  configs: readonly RunConfig[],
  lists: readonly CheckpointTable[],
  { findings }: FactCollector,
): void {
  const listed = new Set(lists.flatMap(({ rows }) => rows.map(({ checkpointId }) => checkpointId)));
  for (const { file, members } of configs) {
    const parent = textIn(valueAt(members, 'load_path'));
    if (parent === undefined || listed.has(checkpointIdOf(parent))) continue;
    findings.leaveUnresolved(
      file.path,
      '/load_path',
      `the checkpoint ${checkpointIdOf(parent)} is in no imported list`,
    );
  }
}
