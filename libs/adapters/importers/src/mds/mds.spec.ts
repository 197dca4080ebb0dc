import { describe, expect, it } from 'vitest';
import { codesOf, factsOf, importOf, sample } from '../import.fixture.ts';
import { mds } from './mds.ts';

const shard = (basename: string, more: object = {}) => ({
  samples: 3,
  raw_data: { basename, bytes: 10, hashes: {} },
  zip_data: null,
  ...more,
});
const index = (...shards: object[]) => JSON.stringify({ version: 2, shards });

describe('mds', () => {
  it('reads datasets of the library, compressed or not', async () => {
    const imported = await importOf(mds, await sample('mds'));
    expect(imported.rejected).toEqual([]);
    expect(factsOf(imported, 'corpus.snapshot.registered')).toMatchObject([
      {
        name: 'samples/mds/train',
        documents: { value: 40, method: 'declared' },
        bytes: { value: 3554 },
        config: { format: 'mds' },
      },
      {
        name: 'samples/mds/val',
        documents: { value: 6 },
        bytes: { value: 304 },
        config: { compression: 'zstd:3' },
      },
    ]);
    expect(factsOf(imported, 'corpus.shard.registered')).toMatchObject([
      {
        uri: 'samples/mds/train/shard.00000.mds',
        slice: 'samples/mds',
        split: 'train',
        bytes: { value: 2000 },
        digest: { algorithm: 'sha1' },
      },
      { uri: 'samples/mds/train/shard.00001.mds' },
      {
        uri: 'samples/mds/val/shard.00000.mds.zstd',
        split: 'held_out',
        bytes: { value: 304 },
        digest: { value: '349649e5984100e35921f9086a42d6de4346a2e6' },
      },
    ]);
  });

  it.each([
    ['c4/train_small', 'arxiv/train_small', 'tiny/c4', 'train'],
    ['mc4/en/val', 'wiki/en/val', 'mc4/en', 'held_out'],
    ['web/0', 'code/0', 'web/0', 'unknown'],
  ])('tells %s and %s apart, which list equal shards', async (one, two, slice, split) => {
    const equal = index(shard('a.mds'));
    const imported = await importOf(mds, { [`${one}/index.json`]: equal, [`${two}/index.json`]: equal });
    const shards = factsOf(imported, 'corpus.shard.registered');
    expect(new Set(shards.map(({ shardId }) => shardId)).size).toBe(2);
    expect(new Set(shards.map((each) => each.slice)).size).toBe(2);
    const [alone] = factsOf(await importOf(mds, { [`${one}/index.json`]: equal }), 'corpus.shard.registered');
    expect(alone).toMatchObject({ slice, split });
    const elsewhere = await importOf(mds, { [`deep/in/tiny/${one}/index.json`]: equal });
    expect(factsOf(elsewhere, 'corpus.shard.registered')).toEqual([alone]);
  });

  it('keeps a shard without a size or a hash, and has no total then', async () => {
    const bare = { samples: 2, raw_data: { basename: 'b.mds' } };
    const imported = await importOf(mds, { 'index.json': index(shard('a.mds'), bare) });
    expect(factsOf(imported, 'corpus.shard.registered')[1]).not.toHaveProperty('bytes');
    expect(factsOf(imported, 'corpus.snapshot.registered')[0]).not.toHaveProperty('bytes');
    expect(factsOf(imported, 'corpus.snapshot.registered')[0]?.documents?.value).toBe(5);
  });

  it('rejects a shard without a file name, and warns about an unsupported hash', async () => {
    const nameless = { samples: 1, raw_data: { bytes: 1 } };
    const odd = shard('c.mds', { raw_data: { basename: 'c.mds', hashes: { xxh3_128: 'ab' } } });
    const imported = await importOf(mds, { 'index.json': index(shard('a.mds'), nameless, odd) });
    expect(imported.rejected).toMatchObject([{ pointer: '/shards/1' }]);
    expect(codesOf(imported)).toEqual(['hash_not_kept']);
  });

  it('leaves the state of a data loader unresolved', async () => {
    const state = {
      epoch: 0,
      sample_in_epoch: 5,
      num_canonical_nodes: 1,
      shuffle_seed: 9,
      initial_physical_nodes: 1,
    };
    const imported = await importOf(mds, { 'state.json': JSON.stringify(state) });
    expect(imported.events).toEqual([]);
    expect(imported.unresolved).toHaveLength(1);
  });

  it('does not match other JSON', async () => {
    for (const text of ['{}', '{"version": 2, "shards": [1, 2]}', '{"shards": []}', '[]', '']) {
      expect((await importOf(mds, { 'index.json': text })).events).toEqual([]);
    }
  });
});

describe('a malformed index', () => {
  const one = (basename: string, more = '') =>
    `{"samples":1,"raw_data":{"basename":"${basename}","bytes":1,"hashes":{}}${more}}`;
  const index = (...shards: string[]) => ({ 'index.json': `{"version":2,"shards":[${shards.join()}]}` });

  it('has invalid counts rejected and not guessed', async () => {
    const wrong = '{"samples":1e400,"raw_data":{"basename":"a","bytes":-1,"hashes":{}}}';
    const imported = await importOf(mds, index(wrong));
    expect(imported.rejected.map(({ pointer }) => pointer)).toEqual(['/shards/0/samples', '/shards/0/bytes']);
    const [shard] = factsOf(imported, 'corpus.shard.registered');
    expect([shard?.bytes, shard?.documents]).toEqual([undefined, undefined]);
  });

  it('warns about a shard that is listed again with other numbers', async () => {
    const again = await importOf(mds, index(one('a'), one('a').replace('"samples":1', '"samples":2')));
    expect(codesOf(again)).toContain('shard_listed_differently');
  });

  it('distinguishes shards whose names differ only in the truncated part', async () => {
    const long = '🔥'.repeat(900);
    const imported = await importOf(mds, index(one(`${long}a`), one(`${long}b`)));
    expect(new Set(factsOf(imported, 'corpus.shard.registered').map(({ shardId }) => shardId)).size).toBe(2);
  });

  it('can nest its encodings too deep', async () => {
    const deep = `,"column_encodings":${'['.repeat(5000)}${']'.repeat(5000)}`;
    expect((await importOf(mds, index(one('a', deep)))).plan.events).toBe(3);
  });
});
