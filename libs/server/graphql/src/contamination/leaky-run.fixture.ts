import { fact } from '../graphql-server.fixture.ts';
import type { SentEvent } from '../graphql-server.fixture.ts';

export const RUN = 'leaky';
export const BENCHMARK = 'sums';

export const started = (runId: string, attempt: number, more: object = {}): SentEvent =>
  fact('training.run.started', { runId, attempt, model: { name: 'm' }, config: {}, seeds: {}, ...more });

/** What a run consumed in ten steps, in tokens by shard. */
export const consumed = (
  runId: string,
  attempt: number,
  firstStep: number,
  tokens: Readonly<Record<string, number>>,
): SentEvent =>
  fact('training.exposure.recorded', {
    runId,
    attempt,
    firstStep,
    lastStep: firstStep + 9,
    unit: 'token',
    method: 'measured',
    amounts: Object.entries(tokens).map(([shardId, amount]) => ({
      slice: 'web',
      ...(shardId !== '' && { shardId }),
      amount,
    })),
  });

export const saved = (runId: string, attempt: number, step: number, checkpointId = `${runId}@${step}`) =>
  fact('training.checkpoint.saved', { runId, attempt, checkpointId, step });

export const scored = (runId: string, named: object, value: number, benchmark = BENCHMARK): SentEvent =>
  fact('evaluation.score.recorded', {
    runId,
    ...named,
    capability: 'arithmetic',
    benchmark,
    metric: 'accuracy',
    harness: { name: 'lab' },
    value,
    unit: 'accuracy',
    higherIsBetter: true,
    method: 'measured',
  });

/** A digest of items, by a hexadecimal digit. */
export const itemsDigest = (digit: string): string => digit.repeat(64);

/** A search that found so many of a thousand items. */
export const searched = (
  shardId: string,
  itemsMatched: number,
  { more = {}, envelope = {} }: { readonly more?: object; readonly envelope?: object } = {},
): SentEvent => ({
  ...fact('corpus.contamination.found', {
    benchmark: BENCHMARK,
    itemsDigest: itemsDigest('0'),
    shardId,
    search: { kind: 'ngram', n: 13, of: 'words' },
    instrument: { name: 'word-ngrams', version: '1' },
    method: 'measured',
    scope: 'whole',
    itemsCompared: 1000,
    itemsSkipped: 0,
    itemsMatched,
    matchedItems: Array.from({ length: Math.min(itemsMatched, 3) }, (_, at) => ({ itemId: `item-${at}` })),
    ...more,
  }),
  ...envelope,
});

/**
 * Thirty steps that consume shard `late` in steps 11 to 30, which are begun again after step 20 without it. `rewound` is
 * consumed only in steps that do not count, and `skipped` only in a step whose update was skipped.
 */
export const LEAKY: readonly SentEvent[] = [
  started(RUN, 1),
  searched('late', 2),
  consumed(RUN, 1, 1, { plain: 70, never: 30 }),
  saved(RUN, 1, 10),
  scored(RUN, { checkpointId: `${RUN}@10` }, 0.1),
  consumed(RUN, 1, 11, { late: 60, plain: 40 }),
  saved(RUN, 1, 20),
  scored(RUN, { step: 20 }, 0.5),
  searched('plain', 0),
  consumed(RUN, 1, 21, { late: 10, rewound: 90 }),
  saved(RUN, 1, 30, 'superseded'),
  searched('rewound', 1),
  scored(RUN, { checkpointId: 'superseded' }, 0.9),
  started(RUN, 2, { resumedFrom: { attempt: 1, step: 20 } }),
  consumed(RUN, 2, 21, { plain: 100 }),
  saved(RUN, 2, 30),
  scored(RUN, { checkpointId: `${RUN}@30` }, 0.4),
  consumed(RUN, 2, 31, { skipped: 100 }),
  fact('training.steps.skipped', {
    runId: RUN,
    attempt: 2,
    steps: Array.from({ length: 10 }, (_, at) => 31 + at),
    reason: 'overflow',
  }),
  searched('skipped', 5),
  consumed(RUN, 2, 41, { late: 100 }),
  saved(RUN, 2, 50),
];
