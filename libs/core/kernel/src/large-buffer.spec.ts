import { expect, it } from 'vitest';
import { largeBuffer, releaseMemory } from './large-buffer.ts';

const MIB = 1024 * 1024;

it('frees a large buffer at once, whichever view of it is given', () => {
  const before = process.memoryUsage().arrayBuffers;
  const buffer = Buffer.alloc(64 * MIB);
  const view = buffer.subarray(MIB, 2 * MIB);
  expect(process.memoryUsage().arrayBuffers - before).toBeGreaterThan(48 * MIB);
  releaseMemory(view);
  expect([buffer.length, view.length]).toEqual([0, 0]);
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(16 * MIB);
});

it('does not free a small buffer, because it may share its pool with others', () => {
  const [one, other] = [Buffer.from('one'), Buffer.from('other')];
  releaseMemory(one);
  expect([one.toString(), other.toString()]).toEqual(['one', 'other']);
});

it('has the requested length, also where more memory is allocated', () => {
  for (const bytes of [0, 7, MIB, 40 * MIB]) expect(largeBuffer(bytes)).toHaveLength(bytes);
});

it('takes memory only for pages that are written', () => {
  const before = process.memoryUsage().rss;
  const buffer = largeBuffer(2 * MIB).fill(1);
  expect(process.memoryUsage().rss - before).toBeLessThan(16 * MIB);
  releaseMemory(buffer);
});
