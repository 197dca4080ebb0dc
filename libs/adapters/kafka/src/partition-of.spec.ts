import { expect, it } from 'vitest';
import { murmur2, partitionOf } from './partition-of.ts';

/** From `UtilsTest.testMurmur2` of Kafka. */
it.each([
  ['21', -973_932_308],
  ['foobar', -790_332_482],
  ['a-little-bit-long-string', -985_981_536],
  ['a-little-bit-longer-string', -1_486_304_829],
  ['lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8', -58_897_971],
  ['abc', 479_470_107],
])('hashes %s as the Java client does', (key, hash) => {
  expect(murmur2(Buffer.from(key))).toBe(hash);
});

it('turns a negative hash into a partition by dropping its sign, not by its absolute value', () => {
  expect(partitionOf(Buffer.from('21'), 4)).toBe((-973_932_308 & 0x7fffffff) % 4);
  expect(partitionOf(Buffer.from('21'), 1000)).toBe(340);
});

it('hashes a key that begins in the middle of its buffer', () => {
  expect(partitionOf(Buffer.from('xfoobar').subarray(1), 97)).toBe(partitionOf(Buffer.from('foobar'), 97));
});
