import { underSignal } from '@tributary/kernel';
import { expect, it } from 'vitest';
import { classesOf } from './address-classes.ts';
import type { FoundAddresses } from './find-addresses.ts';

/** Classes of shards with one digest each, as a search finds them that came from the first of each. */
function crowded(classes: number, each: number): FoundAddresses {
  const named = Array.from({ length: classes }, (_, at) =>
    Array.from({ length: each }, (__, own) => `class-${at}/shard-${String(own).padStart(3, '0')}`),
  );
  const digests = named.flatMap((own, at) =>
    own.map((shard_id, index) => {
      const value = String(at).padStart(64, '0');
      return [shard_id, { shard_id, algorithm: 'sha256', value, evidence: 1000 * at + index }] as const;
    }),
  );
  const edges = named.flatMap(([address = '', ...others], at) =>
    others.map((other, index) => {
      const evidence = [1000 * at, 1000 * at + index + 1];
      return { address, other, basis: 'digest' as const, evidence };
    }),
  );
  return {
    edges,
    digests: new Map(digests),
    shards: new Set(named.flat()),
    tooMany: new Set(),
    hasMoreRules: false,
  };
}

it('joins every two of many shards with one digest, and one beyond them, in few steps', async () => {
  const found = crowded(40, 256);
  const beyond = {
    address: 'class-0/shard-007',
    other: 'renamed',
    basis: 'declared' as const,
    evidence: [9999],
  };
  const shards = new Set([...found.shards, 'renamed']);
  const began = process.cpuUsage();
  const classes = await classesOf({ ...found, shards, edges: [...found.edges, beyond] });
  expect(process.cpuUsage(began).user / 1e6).toBeLessThan(10);
  const joins = classes.get('class-0/shard-003')?.joins('class-0/shard-003') ?? [];
  expect(joins).toHaveLength(256);
  expect(joins.find(({ other }) => other === 'class-0/shard-255')?.evidence).toEqual([3, 255]);
  expect(joins.find(({ other }) => other === 'renamed')).toEqual({
    shard: 'class-0/shard-003',
    other: 'renamed',
    basis: 'declared',
    evidence: [3, 7, 9999],
  });
});

it('lets others have their turn, and ends where whoever asked has gone', async () => {
  const gone = new AbortController();
  setImmediate(() => gone.abort(new Error('gone')));
  await expect(underSignal(gone.signal, () => classesOf(crowded(40, 256)))).rejects.toThrow('gone');
});
