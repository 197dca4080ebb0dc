import { fact } from '../graphql-server.fixture.ts';
import type { SentEvent } from '../graphql-server.fixture.ts';

const started = (runId: string, attempt: number, more: object = {}): SentEvent =>
  fact('training.run.started', { runId, attempt, model: { name: 'm' }, config: {}, seeds: {}, ...more });

const consumed = (
  runId: string,
  attempt: number,
  [firstStep, lastStep]: readonly [number, number],
  amounts: readonly object[],
): SentEvent =>
  fact('training.exposure.recorded', {
    runId,
    attempt,
    firstStep,
    lastStep,
    unit: 'token',
    method: 'measured',
    amounts,
  });

const shard = (shardId: string, more: object): SentEvent => ({
  ...fact('corpus.shard.registered', {
    shardId,
    uri: `file:///${shardId}`,
    slice: 'web',
    split: 'train',
    ...more,
  }),
  dataschema: 'urn:tributary:schema:corpus.shard.registered:2.0',
});

/**
 * A run that saved a checkpoint at step 20, was rewound to step 10, and whose checkpoint another run started from. It read
 * a shard of 100 tokens twice, a shard that is not registered, and tokens of which no shard is named.
 */
export const LEDGER_FACTS: readonly SentEvent[] = [
  shard('a', {
    licence: 'MIT',
    tokens: { value: 100, method: 'measured' },
    origin: { registry: 'pypi', package: 'numpy', version: '2' },
  }),
  fact('corpus.attribute.measured', {
    attribute: 'language',
    subjectKind: 'shard',
    instrument: { name: 'detector' },
    method: 'measured',
    values: [
      { ref: 'a', bucket: 'en', value: 2 },
      { ref: 'a', bucket: 'de', value: 1 },
    ],
  }),
  started('ledger', 1),
  consumed('ledger', 1, [1, 10], [{ slice: 'web', shardId: 'a', amount: 100 }]),
  consumed(
    'ledger',
    1,
    [11, 20],
    [
      { slice: 'web', shardId: 'a', amount: 100 },
      { slice: 'web', shardId: 'b', amount: 40 },
      { slice: 'code', amount: 10 },
    ],
  ),
  fact('training.checkpoint.saved', { runId: 'ledger', attempt: 1, checkpointId: 'ledger-20', step: 20 }),
  started('ledger', 2, { resumedFrom: { attempt: 1, step: 10 } }),
  consumed('ledger', 2, [11, 20], [{ slice: 'code', amount: 150 }]),
  started('tuned', 1, { parentCheckpointId: 'ledger-20' }),
  consumed('tuned', 1, [1, 5], [{ slice: 'code', amount: 50 }]),
  started('lost', 1, { parentCheckpointId: 'nowhere' }),
  consumed('lost', 1, [1, 5], [{ slice: 'code', amount: 50 }]),
];
