import { truncateName } from '../facts/text.ts';
import { stemOf } from '../facts/shard-list.ts';
import type { FactCollector } from '../facts/fact-collector.ts';
import { runIdOf } from './arms.ts';
import type { TableContext } from './arms.ts';
import { runPathIn } from './checkpoint-losses.ts';
import type { CheckpointLoss, ListedRun } from './checkpoint-losses.ts';

/** Adds the checkpoints of a run and its losses by validation file. */
export function addLosses(run: ListedRun, context: TableContext): void {
  const { path, collector } = context;
  if (run.weights.length === 0) {
    const why = 'the path of the checkpoint has no weights, so the training data of the model are unknown';
    collector.findings.leaveUnresolved(`${path}:${run.rows[0]?.line ?? 1}`, run.run, why);
  }
  const saved = new Set<number>();
  const known = new Map<string, number>();
  for (const row of run.rows) {
    const { step } = runPathIn(row.path);
    const key = JSON.stringify([step ?? null, row.file]);
    const before = known.get(key);
    if (before !== undefined) {
      reportRepeat(row, before, path, collector);
      continue;
    }
    known.set(key, row.loss);
    if (step !== undefined && !saved.has(step)) {
      saved.add(step);
      addCheckpoint(run, step, row, context);
    }
    addScore(run, step, row, context);
  }
}

function reportRepeat(
  { line, loss }: CheckpointLoss,
  before: number,
  path: string,
  { findings }: FactCollector,
): void {
  if (loss === before) findings.warn('row_repeated', `${path}:${line}`);
  else
    findings.reject(
      `${path}:${line}`,
      '',
      `an earlier row states the loss ${before} for the same checkpoint and file`,
    );
}

const checkpointOf = (runId: string, step: number): string => `${runId}/step${step}`;

function addCheckpoint(
  run: ListedRun,
  step: number,
  { line, path }: CheckpointLoss,
  context: TableContext,
): void {
  const runId = runIdOf(run, context);
  const checkpointId = checkpointOf(runId, step);
  context.collector.add({ sha256: context.sha256, pointer: `line:${line}` }, checkpointId, {
    type: 'training.checkpoint.saved',
    data: { runId, attempt: 1, checkpointId, step, uri: truncateName(path, 2048) },
  });
}

function addScore(
  run: ListedRun,
  step: number | undefined,
  row: CheckpointLoss,
  context: TableContext,
): void {
  const runId = runIdOf(run, context);
  const at = step === undefined ? {} : { step, checkpointId: checkpointOf(runId, step) };
  const benchmark = truncateName(stemOf(row.file).replace(/\.bin$/, ''), 256);
  const origin = { sha256: context.sha256, pointer: `line:${row.line}` };
  context.collector.add(origin, JSON.stringify([runId, step ?? null, row.file]), {
    type: 'evaluation.score.recorded',
    data: {
      runId,
      ...at,
      capability: capabilityOf(benchmark),
      benchmark,
      metric: 'loss',
      harness: { name: 'unknown' },
      value: row.loss,
      unit: 'nats',
      higherIsBetter: false,
      method: 'reported',
    },
  });
}

/** The capability in the name of a validation file: `Github` in `pythia-pile.valid.Github`. */
const capabilityOf = (benchmark: string): string =>
  benchmark.replace(/^.*\.valid(ation)?\./, '').replace(/\.valid(ation)?$/, '') || benchmark;
