import type { FactCatalogue } from '@tributary/contracts';
import type { FactCollector } from '../../facts/fact-collector.ts';
import { fileStem } from '../naming.ts';
import { checkpointRuns, directoryOf, siblingConfigs } from './checkpoint-runs.ts';
import type { CheckpointRun } from './checkpoint-runs.ts';
import type { CheckpointRow, CheckpointTable } from './checkpoint-table.ts';
import type { RunConfig } from './run-config.ts';
import { isSoup, plainRows, soupParents } from './soup.ts';
import type { PlainRows } from './soup.ts';

type SavedCheckpoint = FactCatalogue['training.checkpoint.saved'];

/**
 * Adds the checkpoints of a list. Each stage and ingredient is a run, and each further directory is an attempt. A
 * configuration in the same folder changes the facts, so its digest is part of their ids.
 */
export function addCheckpoints(
  list: CheckpointTable,
  configs: readonly RunConfig[],
  collector: FactCollector,
): void {
  const siblings = siblingConfigs(list, configs);
  const plain = plainRows(list.rows);
  for (const [run, rows] of checkpointRuns(list, siblings))
    addRunOf(list, rows, { run, siblings, plain }, collector);
  for (const { file, runId } of siblings)
    collector.findings.warn(
      'run_not_joined',
      `${list.table.path}: ${file.path} in its folder has its size and stage (${runId}); neither says that they are one run`,
    );
}

type RunContext = {
  readonly run: CheckpointRun;
  readonly siblings: readonly RunConfig[];
  readonly plain: PlainRows;
};

function addRunOf(
  list: CheckpointTable,
  rows: readonly CheckpointRow[],
  { run, siblings, plain }: RunContext,
  collector: FactCollector,
): void {
  const { sha256, path } = list.table;
  const attempts = new Map(
    [...new Set(rows.map(directoryOf))].map((directory, index) => [directory, index + 1]),
  );
  for (const [directory, attempt] of attempts) {
    const data = startOf(run, attempt, directory, path);
    collector.add({ sha256, pointer: 'line:1' }, `${run.runId}|${attempt}`, {
      type: 'training.run.started',
      data,
    });
  }
  const seen = new Set<string>();
  for (const row of rows) {
    if (seen.has(row.checkpointId)) {
      collector.findings.warn('checkpoint_repeated', `${path}:${row.line} repeats ${row.checkpointId}`);
      continue;
    }
    seen.add(row.checkpointId);
    const data = savedOf(run, row, attempts.get(directoryOf(row)) ?? 1);
    const parents = isSoup(row) ? parentsOf(row, { path, plain }, collector) : [];
    const evidence = siblings.map(({ sha256: digest }) => digest);
    const entity = [run.runId, row.checkpointId, ...evidence].join('|');
    collector.add({ sha256, pointer: `line:${row.line}` }, entity, {
      type: 'training.checkpoint.saved',
      data: { ...data, ...(parents.length > 0 && { parents }) },
    });
  }
}

/** The start of a run that is known only from a list of checkpoints. */
function startOf(
  run: CheckpointRun,
  attempt: number,
  directory: string,
  path: string,
): FactCatalogue['training.run.started'] {
  const stem = fileStem(path.slice(path.lastIndexOf('/') + 1));
  return {
    runId: run.runId,
    attempt,
    name: run.name.slice(0, 512),
    model: { name: (stem.split(/[-_]stage/i)[0] ?? stem).slice(0, 256) },
    config: { checkpoints: directory },
    seeds: {},
  };
}

function savedOf(
  { runId, tokensPerStep }: CheckpointRun,
  row: CheckpointRow,
  attempt: number,
): SavedCheckpoint {
  const { checkpointId, step, stage } = row;
  const inferred = tokensPerStep === undefined ? undefined : step * tokensPerStep;
  const tokens = row.tokens ?? inferred;
  return {
    runId,
    attempt,
    checkpointId,
    step,
    uri: checkpointId,
    ...(tokens !== undefined && { tokens, tokensMethod: row.tokens === undefined ? 'inferred' : 'reported' }),
    ...(stage !== undefined && { stage }),
  };
}

function parentsOf(
  row: CheckpointRow,
  { path, plain }: { readonly path: string; readonly plain: PlainRows },
  { findings }: FactCollector,
): string[] {
  const parents = soupParents(row, plain);
  if (parents.length === 0) {
    findings.leaveUnresolved(
      `${path}:${row.line}`,
      '',
      'the list does not name the checkpoints that were averaged',
    );
  }
  return parents;
}
