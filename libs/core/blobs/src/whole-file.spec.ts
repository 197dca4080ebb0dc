import { expect, it } from 'vitest';
import { writeAll } from './whole-file.ts';

/** Accepts at most so many bytes at a time, like a file on a disk that is almost full. */
function takingAtMost(most: number) {
  const taken: number[] = [];
  const write = async (bytes: Uint8Array, at: number, length: number) => {
    const bytesWritten = Math.min(most, length);
    taken.push(...bytes.subarray(at, at + bytesWritten));
    return { bytesWritten, buffer: bytes };
  };
  return { taken, file: { write } as unknown as Parameters<typeof writeAll>[0] };
}

it('continues after a short write', async () => {
  const { taken, file } = takingAtMost(3);
  await writeAll(file, Buffer.from([1, 2, 3, 4, 5, 6, 7, 8]));
  expect(taken).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
});

it('fails when nothing more is accepted', async () => {
  await expect(writeAll(takingAtMost(0).file, Buffer.from([1]))).rejects.toThrow('accepts no more bytes');
});
