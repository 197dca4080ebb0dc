import type { Fact } from '@tributary/contracts';
import { aFact } from '@tributary/fixtures';
import type { Consumption } from './neighbours.ts';

export const snapshot = (
  snapshotId: string,
  sources: Fact<'corpus.snapshot.registered'>['data']['sources'] = [],
): Fact<'corpus.snapshot.registered'> => aFact('corpus.snapshot.registered', { snapshotId, sources });

export const run = (runId: string, more: object = {}): Fact<'training.run.started'> =>
  aFact('training.run.started', { runId, attempt: 1, model: { name: 'm' }, config: {}, seeds: {}, ...more });

export const saved = (
  checkpointId: string,
  runId: string,
  parents: string[] = [],
): Fact<'training.checkpoint.saved'> =>
  aFact('training.checkpoint.saved', { runId, attempt: 1, checkpointId, step: 1, parents });

export const score = (
  runId: string,
  checkpointId: string,
  evaluationId: string,
  metric = 'acc',
): Fact<'evaluation.score.recorded'> =>
  aFact('evaluation.score.recorded', {
    runId,
    checkpointId,
    evaluationId,
    capability: 'core',
    benchmark: 'arc',
    metric,
    harness: { name: 'h', version: '1' },
    value: 1,
    unit: 'share',
    higherIsBetter: true,
    method: 'reported',
  });

export const consumptionOf = (name: string, source: string, firstStep = 1): Consumption => ({
  run: name,
  source,
  counted: { unit: 'token', amount: 10, methods: 'measured' },
  firstStep,
  lastStep: 100,
});

export const consumedBy = (
  runId: string,
  amounts: { slice: string; shardId?: string; amount: number }[],
  id?: string,
): Fact<'training.exposure.recorded'> =>
  aFact(
    'training.exposure.recorded',
    { runId, attempt: 1, firstStep: 1, lastStep: 100, unit: 'token', method: 'measured', amounts },
    id,
  );

/** A dataset, a run over it, a fork, merged checkpoints, and two scores. */
export const pretrainingFacts = (): Fact[] => [
  snapshot('pile', [
    { kind: 'uri', ref: 's3://raw', multiplicity: 1 },
    { kind: 'snapshot', ref: 'books', multiplicity: 2 },
  ]),
  aFact('corpus.members.listed', {
    snapshotId: 'pile',
    firstIndex: 0,
    members: [{ shardId: 'shard-1', repeats: 4 }],
  }),
  run('base', { snapshotId: 'pile', mixtureId: 'mix' }),
  saved('base-1', 'base'),
  run('fork', { parentCheckpointId: 'base-1' }),
  saved('fork-1', 'fork'),
  saved('merged', 'fork', ['base-1', 'fork-1']),
  score('fork', 'merged', 'eval-1'),
  score('fork', 'merged', 'eval-1', 'acc_norm'),
];
