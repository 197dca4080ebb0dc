import { aFact, rowsOf } from '@tributary/fixtures';
import { expect, it } from 'vitest';
import { corpusProjection } from './projection.ts';

const stamp = { _position: 3, recorded_at: 5 };

it('makes a row for every slice of a taxonomy version', () => {
  const slices = ['code', 'math/structured'].map((slice) => ({ slice, title: slice, definition: 'd' }));
  const fact = aFact('corpus.taxonomy.versioned', { taxonomyId: 't', version: '2', slices });
  expect(
    rowsOf(corpusProjection.project(fact, stamp), 'corpus_slice').map(({ slice, version }) => [
      slice,
      version,
    ]),
  ).toEqual([
    ['code', '2'],
    ['math/structured', '2'],
  ]);
});

it('keeps the origin of a shard', () => {
  const fact = aFact('corpus.shard.registered', {
    shardId: 's',
    uri: 'file:s',
    slice: 'code',
    split: 'train',
    digest: { algorithm: 'sha256', value: 'ab' },
    bytes: { value: 10, method: 'measured' },
    tokens: { value: 9, method: 'inferred' },
    tokenizer: 'bytes',
    licence: 'PSF-2.0',
    origin: { registry: 'debian', package: 'python', version: '3' },
  });
  expect(corpusProjection.project(fact, stamp)).toMatchObject({
    corpus_shard: [
      expect.objectContaining({ shard_id: 's', licence: 'PSF-2.0', origin_package: 'python', ...stamp }),
    ],
  });
});

it('makes one row of a search for a benchmark, in which what it does not say is empty or NULL and never zero', () => {
  const fact = aFact('corpus.contamination.found', {
    benchmark: 'sums',
    itemsDigest: 'a'.repeat(64),
    shardId: 's',
    search: { kind: 'canary' },
    instrument: { name: 'grep' },
    method: 'reported',
    scope: 'part',
    itemsCompared: 3,
    itemsMatched: 2,
    matchedItems: [{ itemId: 'a' }, { itemId: 'b', share: 0 }],
  });
  const rows = corpusProjection.project(fact, stamp);
  expect(rowsOf(rows, 'corpus_contamination')).toEqual([
    {
      ...stamp,
      benchmark: 'sums',
      benchmark_version: '',
      items_digest: 'a'.repeat(64),
      item_fields: [],
      shard_id: 's',
      digest_algorithm: '',
      digest: '',
      kind: 'canary',
      gram: 0,
      gram_of: '',
      threshold: null,
      field: '',
      instrument: 'grep',
      instrument_version: '',
      method: 'reported',
      is_part: true,
      items_compared: 3,
      items_skipped: null,
      items_matched: 2,
      item_ids: ['a', 'b'],
      item_shares: [null, 0],
      documents_compared: null,
      documents_matched: null,
      document_ids: [],
    },
  ]);
  expect(rows['corpus_shard_key']).toMatchObject({ columns: { shard_id: ['s'] } });
});
