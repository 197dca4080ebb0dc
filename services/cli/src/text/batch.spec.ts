import { expect, it } from 'vitest';
import { batchText } from './batch.ts';
import type { Batch } from './batch.ts';

const part = {
  sample: 8,
  corpus: '/data/we\x1B[2Jb',
  shard: null,
  document: 1200,
  from: 3,
  to: 19,
  label: null,
  sourcePath: 'web/a‮.parquet',
  sourceRow: 7,
};

const answer: Batch = {
  run: 'r1',
  step: 2,
  trainedBy: 'r1',
  attempt: 1,
  counts: true,
  skipped: false,
  encoding: 'megatron_index',
  level: 'reconstructed',
  method: 'inferred',
  of: 'sample',
  items: 2,
  tokens: 32,
  corpora: [
    {
      path: '/data/we\x1B[2Jb',
      slice: 'web',
      shard: null,
      samples: 2,
      tokens: 32,
    },
  ],
  ranges: [],
  exposure: {
    firstStep: 1,
    lastStep: 4,
    recordedTokens: 128,
    orderedTokens: 128,
    agrees: true,
  },
  nodes: [
    part,
    {
      ...part,
      document: 4,
      from: 0,
      to: 0,
      label: 0,
      sourcePath: null,
      sourceRow: null,
    },
    {
      ...part,
      sample: 9,
      document: 4,
      from: 0,
      to: null,
    },
  ],
  pageInfo: {
    hasNextPage: true,
    endCursor: '3',
  },
  totalCount: 5,
  asOf: {
    position: '9',
    time: null,
  },
  complete: true,
  reason: null,
  lag: 0,
  evidence: ['1'],
  evidenceTotal: 1,
};

it('prints the documents of a batch, with control characters of names replaced', () => {
  expect(batchText(answer).split('\n')).toEqual([
    'r1, step 2: 2 samples, 32 tokens, reconstructed from index files of Megatron',
    'trained by attempt 1',
    'agrees with the exposure recorded of steps 1 to 4: 128 tokens',
    '',
    'corpus         slice  samples  tokens',
    '/data/we\uFFFD[2Jb  web          2      32',
    '',
    'sample  corpus   document  items         label  source row',
    '     8  we\uFFFD[2Jb     1,200  3 to 18              web/a\uFFFD.parquet:7',
    '     8  we\uFFFD[2Jb         4  none              0  -',
    '     9  we\uFFFD[2Jb         4  0 to its end         web/a\uFFFD.parquet:7',
    '',
    '3 of 5 documents; the next: --after 3',
    '',
    'as of position 9, complete',
  ]);
});

it('claims no agreement with exposure that was inferred', () => {
  const exposure = { firstStep: 1, lastStep: 4, recordedTokens: 128, orderedTokens: 128, agrees: null };
  expect(batchText({ ...answer, exposure }).split('\n')[2]).toBe(
    'not compared with the exposure recorded of steps 1 to 4: it was inferred from the same files',
  );
});

it('says what is not known, and whose step it is', () => {
  const unknown = {
    ...answer,
    encoding: null,
    level: null,
    items: null,
    tokens: null,
    of: null,
    corpora: [],
    nodes: [],
    trainedBy: 'r0',
    skipped: true,
    exposure: null,
    complete: false,
    reason: 'no order is recorded',
    pageInfo: {
      hasNextPage: false,
      endCursor: null,
    },
  };
  expect(batchText(unknown).split('\n')).toEqual([
    'r1, step 2: no order',
    'trained by r0, attempt 1, and inherited',
    'its update was skipped: nothing was learned from it',
    '',
    'as of position 9, NOT complete: no order is recorded',
  ]);
});

it('lists ranges, and names a step that does not count or that differs from exposure', () => {
  const text = batchText({
    ...answer,
    encoding: 'ranges',
    level: 'recorded',
    of: 'sequence',
    tokens: null,
    corpora: [],
    nodes: [],
    counts: false,
    ranges: [
      {
        shard: 'web@1',
        from: 40,
        count: 2,
      },
    ],
    exposure: {
      firstStep: 2,
      lastStep: 2,
      recordedTokens: 1,
      orderedTokens: 2,
      agrees: false,
    },
    pageInfo: {
      hasNextPage: false,
      endCursor: null,
    },
  });
  expect(text).toContain('2 sequences, recorded as ranges of shards');
  expect(text).toContain('a later attempt supersedes it, so it does not count');
  expect(text).toContain('DIFFERS from the exposure recorded of step 2: 2 against 1 token');
  expect(text).toContain('web@1    40      2');
});
