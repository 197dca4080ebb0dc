import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, it } from 'vitest';
import { contaminationText } from './contamination.ts';
import type { Contamination } from './contamination.ts';

const schema = join(import.meta.dirname, '../../../../schemas/answers/contamination.json');
const isAnswer = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(
  JSON.parse(readFileSync(schema, 'utf8')),
);

const search: Contamination['nodes'][number]['searches'][number] = {
  shard: 'web-1',
  version: null,
  itemsDigest: 'a'.repeat(64),
  itemFields: null,
  kind: 'ngram',
  n: 13,
  of: 'words',
  threshold: null,
  field: null,
  instrument: 'word-ngrams',
  instrumentVersion: '1',
  method: 'measured',
  whole: true,
  itemsCompared: 1319,
  itemsSkipped: 3,
  itemsMatched: 5,
  items: ['a\u001b[2J', 'b', 'c', 'd'].map((id) => ({ id, share: id === 'b' ? null : 0.5 })),
  documentsCompared: 9,
  documentsMatched: 2,
  documents: ['row 1'],
  evidence: '3',
};

const shard: Contamination['nodes'][number] = {
  shard: 'web-1',
  same: [],
  outcome: 'found',
  consumed: [
    { unit: 'token', amount: 1_000, tokens: 1_000, methods: ['measured'], firstStep: 11, lastStep: 20 },
  ],
  firstStep: 11,
  lastStep: 20,
  atCheckpoints: ['not_yet', 'wholly'],
  searches: [search, { ...search, kind: 'embedding', n: null, of: null, threshold: 0.9, itemsMatched: 4 }],
};

const unsearched: Contamination['nodes'][number] = {
  ...shard,
  shard: 'web-0\u202e',
  outcome: 'not_searched',
  consumed: [],
  firstStep: null,
  lastStep: null,
  searches: [],
};

const checkpoint: Contamination['checkpoints'][number] = {
  id: 'r@10',
  saved: true,
  step: 10,
  attempt: 1,
  tokens: null,
  counts: true,
  notYet: 1,
  partly: 0,
  wholly: 0,
  scores: [{ capability: 'math', metric: 'accuracy', value: 0.25, unit: 'accuracy', evidence: '4' }],
};

const answer: Contamination = {
  benchmark: 'sums\u001b[31m',
  version: null,
  run: 'r',
  consumed: [
    {
      unit: 'token',
      amount: 4_000,
      found: 1_000,
      nothingFound: 0,
      nothingFoundInPart: 0,
      notSearched: 3_000,
      shardUnknown: 0,
    },
  ],
  shards: { found: 1, nothingFound: 0, nothingFoundInPart: 0, notSearched: 1 },
  checkpoints: [
    checkpoint,
    { ...checkpoint, id: null, saved: false, step: 20, counts: false, notYet: 0, wholly: 1, scores: [] },
  ],
  checkpointsTotal: 3,
  nodes: [shard, unsearched],
  pageInfo: { hasNextPage: true, endCursor: 'web-0' },
  totalCount: 4,
  asOf: { position: '9', time: null },
  complete: false,
  reason: 'not searched: 1 of 2 shards',
  lag: 0,
  evidence: ['3'],
  evidenceTotal: 1,
};

it('is an answer of its schema', () => {
  expect(isAnswer(answer)).toBe(true);
});

it('says what was found in which shards, which checkpoints hold it, and what was not searched', () => {
  const text = contaminationText(answer);
  expect(text.split('\n')).toEqual([
    'items of sums\uFFFD[31m were found in 1 of 2 shards that r consumed; 1 not searched',
    '4,000 token in all: 25.00 % in shards with items, 75.00 % in shards that were not searched',
    '',
    'shard   outcome            items     consumed  steps     searched by',
    'web-1   found         5 of 1,319  1,000 token  11 to 20  word-ngrams, 13-grams of words',
    'web-0\uFFFD  not searched           -            -  -         -',
    '2 of 4 shards; the next: --after web-0',
    '',
    'items found',
    '  web-1: a\uFFFD[2J (50.00 % of it), b, c (50.00 % of it) and 2 more',
    '',
    'shards with items that a checkpoint holds',
    'checkpoint      step  not yet  partly  wholly  scores',
    'r@10              10        1       0       0  accuracy 0.25',
    '- (superseded)    20        0       0       1  -',
    'and 1 checkpoint more',
    '',
    'as of position 9, NOT complete: not searched: 1 of 2 shards',
  ]);
});
