import { memoryBlobs } from '@tributary/blobs';
import { underSignal } from '@tributary/kernel';
import { expect, it } from 'vitest';
import { blobArrays } from './blob-files.ts';

/** The bytes of a `.npy` file of 32-bit numbers. */
function npyOf(numbers: readonly number[]): Buffer {
  const header = `{'descr': '<i4', 'fortran_order': False, 'shape': (${numbers.length},), }\n`;
  const head = Buffer.from([0x93, ...Buffer.from('NUMPY'), 1, 0, header.length, 0]);
  return Buffer.concat([head, Buffer.from(header), Buffer.from(Int32Array.from(numbers).buffer)]);
}

it('reads parts of an array until nobody waits for the answer any more', async () => {
  const blobs = memoryBlobs();
  const { sha256 } = await blobs.put(npyOf([5, 6, 7]));
  const left = new AbortController();
  await underSignal(left.signal, async () => {
    const array = await blobArrays(blobs)(sha256);
    if (typeof array === 'string') throw new Error(array);
    expect(await array.read(1, 2)).toEqual([6, 7]);
    left.abort(new Error('the client left'));
    await expect(array.read(1, 2)).rejects.toThrow('the client left');
  });
});
