import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fact } from './graphql-server.fixture.ts';
import type { SentEvent } from './graphql-server.fixture.ts';

const examples = join(import.meta.dirname, '../../../../schemas/examples');

/** The first valid example of a fact, as a producer sends it. */
export const example = (path: string, more: object = {}): SentEvent => {
  const [context, file = ''] = path.split('/');
  const type = `${context}.${file.replace(/\.v\d+$/, '')}`;
  return { ...fact(type, JSON.parse(readFileSync(join(examples, path, 'ok-1.json'), 'utf8'))), ...more };
};

export const V1 = 'urn:tributary:schema:corpus.shard.registered:1.0';
export const shard = 'web/part-00000';

/** At least one fact of each context that has answers. */
export const FACTS: readonly SentEvent[] = [
  example('corpus/shard.registered.v1', { dataschema: V1 }),
  example('corpus/shard.registered.v2'),
  example('corpus/snapshot.registered.v1'),
  example('corpus/members.listed.v1'),
  example('corpus/step.completed.v1'),
  example('corpus/attribute.measured.v1'),
  example('corpus/normaliser.frozen.v1'),
  fact('training.run.started', {
    runId: 'reached',
    attempt: 1,
    model: { name: 'm' },
    config: {},
    seeds: {},
    snapshotId: 'web@v2',
  }),
  fact('training.exposure.recorded', {
    runId: 'consumer',
    attempt: 1,
    firstStep: 1,
    lastStep: 10,
    unit: 'token',
    method: 'measured',
    amounts: [
      { slice: 'web', shardId: shard, amount: 640 },
      { slice: 'web', shardId: 'other', amount: 1 },
    ],
  }),
  example('corpus/shard.retracted.v1'),
  example('routing/load.observed.v1'),
  example('influence/scores.recorded.v1'),
  example('attribution/question.asked.v1'),
  example('attribution/question.answered.v1'),
  example('attribution/test.recorded.v1'),
  example('audit/checkpoint.published.v1'),
  example('audit/key.changed.v1'),
  example('audit/subject.erased.v1'),
  fact(
    'mixture.plan.decided',
    JSON.parse(readFileSync(join(examples, 'mixture/plan.decided.v1/ok-3.json'), 'utf8')),
  ),
  fact('lineage.import.started', { importId: 'imported', paths: ['runs'], program: 'tributary 1.0.0' }),
];
