import { describe, expect, it } from 'vitest';
import { folderOf } from '../files/folder.ts';
import { codesOf, factsOf, importOf } from '../import.fixture.ts';
import { manifest } from './manifest.ts';

const sha256 = 'ab'.repeat(32);
const csv = [
  'shard_uri,sha256,bytes,docs,tokens,tokenizer,source,attrs',
  `s3://b/a.npy,${sha256},10,2,5,gpt2,Web Text,"{""quality"": 0.5, ""lang"": ""en""}"`,
  's3://b/c.npy,,20,,,,code,',
  's3://b/a.npy,,10,2,5,gpt2,Web Text,',
  ',,1,1,1,,,',
].join('\r\n');

/** Two rows that pyarrow wrote, with attrs as a map. */
const PARQUET =
  'UEFSMRUEFUAVNEwVBBUAEgAAIDwMAAAAczM6Ly9iL2EubnB5HRAQYy5ucHkVABUSFRYsFQQVEBUGFQYcAAAACSACAAAABAEBAwIVBBUgFSRMFQQVABIAABA8CgAAAAAAAAAUAAAAAAAAABUAFRIVFiwVBBUQFQYVBhwAAAAJIAIAAAAEAQEDAhUEFRAVFEwVAhUAEgAACBwFAAAAAAAAABUAFRIVFiwVBBUQFQYVBhwAAAAJIAIAAAADAQECABUEFR4VIkwVBBUAEgAADzgDAAAAd2ViBAAAAENvZGUVABUSFRYsFQQVEBUGFQYcAAAACSACAAAABAEBAwIVBBUmFSpMFQQVABIAABNIBwAAAHF1YWxpdHkEAAAAbGFuZxUAFR4VIiwVBhUQFQYVBhwAAAAPOAIAAAADAgIAAAAGAgEDAhUEFSoVLkwVBhUAEgAAFVADAAAAMC41AgAAAGVuBAAAADAuMjUVABUgFSQsFQYVEBUGFQYcAAAAEDwCAAAAAwICAAAABgMCAyQAFQQZnDUAGAZzY2hlbWEVCgAVDCUCGAlzaGFyZF91cmklAEwcAAAAFQQlAhgFYnl0ZXMAFQQlAhgGdG9rZW5zABUMJQIYBnNvdXJjZSUATBwAAAA1AhgFYXR0cnMVAhUCTCwAAAA1BBgJa2V5X3ZhbHVlFQQAFQwlABgDa2V5JQBMHAAAABUMJQIYBXZhbHVlJQBMHAAAABYEGRwZbCYAHBUMGTUABhAZGAlzaGFyZF91cmkVAhYEFpQBFowBJlgmCCksFQQVABUCABUAFRAVAgA8FjAZBhkmAAQAAAAmABwVBBk1AAYQGRgFYnl0ZXMVAhYEFnQWfCbUASaUASksFQQVABUCABUAFRAVAgA8KQYZJgAEAAAAJgAcFQQZNQAGEBkYBnRva2VucxUCFgQWZBZsJsACJpACKSwVBBUAFQIAFQAVEBUCADwpBhkmAgIAAAAmABwVDBk1AAYQGRgGc291cmNlFQIWBBZyFnomugMm/AIpLBUEFQAVAgAVABUQFQIAPBYOGQYZJgAEAAAAJgAcFQwZNQAGEBk4BWF0dHJzCWtleV92YWx1ZQNrZXkVAhYGFoYBFo4BJrwEJvYDKSwVBBUAFQIAFQAVEBUCADwWJBkmBAIZNgAABgAAACYAHBUMGTUABhAZOAVhdHRycwlrZXlfdmFsdWUFdmFsdWUVAhYGFowBFpQBJs4FJoQFKSwVBBUAFQIAFQAVEBUCADwWEhkmBAIZRgAAAAYAAAAW8AUWBCYIFpAGACggcGFycXVldC1jcHAtYXJyb3cgdmVyc2lvbiAyNi4wLjEZbBwAABwAABwAABwAABwAABwAAAByAgAAUEFSMQ==';

describe('manifest', () => {
  it('reads shards with their stated values, and counts a repeated shard', async () => {
    const imported = await importOf(manifest, { 'corpus-manifest.csv': csv });
    expect(factsOf(imported, 'corpus.shard.registered')).toMatchObject([
      {
        shardId: 's3://b/a.npy',
        slice: 'web-text',
        digest: { value: sha256 },
        documents: { value: 2, method: 'declared' },
        tokenizer: 'gpt2',
      },
      { shardId: 's3://b/c.npy', bytes: { value: 20 } },
    ]);
    expect(factsOf(imported, 'corpus.members.listed')[0]?.members).toMatchObject([
      { repeats: 2 },
      { repeats: 1 },
    ]);
    expect(factsOf(imported, 'corpus.snapshot.registered')[0]).toMatchObject({ bytes: { value: 40 } });
    expect(factsOf(imported, 'corpus.snapshot.registered')[0]).not.toHaveProperty('tokens');
    expect(imported.rejected).toMatchObject([{ source: 'corpus-manifest.csv:5' }]);
  });

  it('takes the split from the folder that it lies in, whatever was named to import it', async () => {
    const splits = async (name: string, path: string) =>
      factsOf(await importOf(manifest, folderOf(name, { [path]: csv })), 'corpus.shard.registered').map(
        ({ split }) => split,
      );
    expect(await splits('set', 'val/manifest.csv')).toEqual(['held_out', 'held_out']);
    expect(await splits('val', 'manifest.csv')).toEqual(['held_out', 'held_out']);
  });

  it('reads numeric attributes of shards from a Parquet map and from JSON in a cell', async () => {
    const attributes = async (files: Record<string, string | Uint8Array>) =>
      factsOf(await importOf(manifest, files), 'corpus.attribute.measured').map(({ attribute, values }) => [
        attribute,
        values,
      ]);
    expect(await attributes({ 'm.csv': csv })).toEqual([['quality', [{ ref: 's3://b/a.npy', value: 0.5 }]]]);
    expect(await attributes({ 'm.parquet': Buffer.from(PARQUET, 'base64') })).toEqual([
      [
        'quality',
        [
          { ref: 's3://b/a.npy', value: 0.5 },
          { ref: 's3://b/c.npy', value: 0.25 },
        ],
      ],
    ]);
  });

  it('reads Parquet, and rejects a truncated file', async () => {
    const whole = Buffer.from(PARQUET, 'base64');
    const imported = await importOf(manifest, { 'm.parquet': whole });
    expect(factsOf(imported, 'corpus.shard.registered')).toMatchObject([
      { bytes: { value: 10 }, tokens: { value: 5 }, slice: 'web' },
      { bytes: { value: 20 }, slice: 'code' },
    ]);
    expect((await importOf(manifest, { 'm.parquet': whole.subarray(0, 100) })).events).toEqual([]);
  });

  it('does not match tables that only have an address', async () => {
    for (const text of ['uri,name\na,b\n', 'stage,step,tokens,url\na,1,2,b\n', 'uri,tokens\na,3\n', '']) {
      expect((await importOf(manifest, { 'a.csv': text })).events).toEqual([]);
    }
  });
});

describe('manifests of other tools', () => {
  const shardsOf = async (files: Record<string, string>) =>
    factsOf(await importOf(manifest, files), 'corpus.shard.registered');

  it('are lines of shards and sequences without token counts', async () => {
    const lines = '{"shard": "00000000", "num_sequences": 8193}\n{"shard": "00000001", "num_sequences": 7}\n';
    const imported = await importOf(manifest, { 'manifest.jsonl': lines });
    expect(factsOf(imported, 'corpus.shard.registered')).toMatchObject([
      { uri: '00000000' },
      { uri: '00000001' },
    ]);
    expect(JSON.stringify(imported.events)).not.toContain('"tokens"');
    expect(factsOf(imported, 'corpus.attribute.measured')).toMatchObject([
      { attribute: 'num_sequences', values: [{ value: 8193 }, { value: 7 }] },
    ]);
  });

  it('are the shard list or the sizes of WebDataset', async () => {
    const index = { shardlist: [{ url: 'a.tar', nsamples: 3, filesize: 9, md5sum: 'A'.repeat(32) }] };
    expect(await shardsOf({ 'index.json': JSON.stringify(index) })).toMatchObject([
      { uri: 'a.tar', documents: { value: 3 }, bytes: { value: 9 }, digest: { algorithm: 'md5' } },
    ]);
    expect(await shardsOf({ 'sizes.json': '{"0.tar": 10, "1.tar": 9}' })).toMatchObject([
      { uri: '0.tar', documents: { value: 10 } },
      { documents: { value: 9 } },
    ]);
  });

  it('can have attribute maps in lines, and paths with hashes in tables', async () => {
    const lines = '{"shard_uri": "s3://a", "bytes": 1, "attrs": {"q": 0.5}}\n';
    const imported = await importOf(manifest, { 'm.jsonl': lines });
    expect(factsOf(imported, 'corpus.attribute.measured')).toMatchObject([{ attribute: 'q' }]);
    const table = `path,num_bytes,num_tokens,md5\n../../etc/x,10,5,${'a'.repeat(32)}\n`;
    expect(await shardsOf({ 'm.csv': table })).toMatchObject([{ uri: '../../etc/x', tokens: { value: 5 } }]);
    expect(await shardsOf({ 'm.csv': 'path,tokens,docs\na,1,2\n' })).toEqual([]);
  });

  it('lose invalid counts one by one, and warn about shards that are listed again with other values', async () => {
    const table = 'shard_uri,bytes,tokens,sha256\ns3://a,1e400,-2,zz\ns3://b,1,,\ns3://b,2,,\n';
    const imported = await importOf(manifest, { 'm.csv': table });
    expect(imported.rejected.map(({ source, pointer }) => [source, pointer])).toEqual([
      ['m.csv:2', 'bytes'],
      ['m.csv:2', 'tokens'],
      ['m.csv:2', 'sha256'],
    ]);
    expect(codesOf(imported)).toEqual(['shard_listed_differently']);
  });
});
