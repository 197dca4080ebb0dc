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
