import { describe, expect, it } from 'vitest';
import { factsOf, importOf } from './importing.suite.ts';
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
  it('reads shards with what is stated of each, and counts one that is listed twice', async () => {
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

  it('measures numeric attributes of shards, from a map of Parquet as from JSON in a cell', async () => {
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

  it('reads Parquet, and says where it is cut short', async () => {
    const whole = Buffer.from(PARQUET, 'base64');
    const imported = await importOf(manifest, { 'm.parquet': whole });
    expect(factsOf(imported, 'corpus.shard.registered')).toMatchObject([
      { bytes: { value: 10 }, tokens: { value: 5 }, slice: 'web' },
      { bytes: { value: 20 }, slice: 'code' },
    ]);
    expect((await importOf(manifest, { 'm.parquet': whole.subarray(0, 100) })).events).toEqual([]);
  });

  it('leaves tables alone that only have an address', async () => {
    for (const text of ['uri,name\na,b\n', 'stage,step,tokens,url\na,1,2,b\n', 'uri,tokens\na,3\n', '']) {
      expect((await importOf(manifest, { 'a.csv': text })).events).toEqual([]);
    }
  });
});
