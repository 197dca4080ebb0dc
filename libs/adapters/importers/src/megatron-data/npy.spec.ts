import { describe, expect, it } from 'vitest';
import { npyIn } from './npy.ts';

function npy(header: string, body: number[], version = 1): Uint8Array {
  const text = new TextEncoder().encode(`${header}\n`);
  const length = version === 1 ? [text.length, 0] : [text.length, 0, 0, 0];
  return Uint8Array.from([
    0x93,
    ...new TextEncoder().encode('NUMPY'),
    version,
    0,
    ...length,
    ...text,
    ...body,
  ]);
}
const header = (descr: string, shape: string, order = 'False') =>
  `{'descr': '${descr}', 'fortran_order': ${order}, 'shape': (${shape}), }`;

describe('npyIn', () => {
  it('reads versions 1 and 2, both byte orders, and several dimensions', () => {
    const one = npyIn(npy(header('<i2', '2,'), [1, 0, 255, 255]));
    const two = npyIn(npy(header('>u4', '1, 2'), [0, 0, 1, 0, 255, 0, 0, 0], 2));
    if (typeof one === 'string' || typeof two === 'string') throw new Error('not read');
    expect([one.shape, one.at(0), one.at(1)]).toEqual([[2], 1, -1]);
    expect([two.shape, two.at(0), two.at(1)]).toEqual([[1, 2], 256, 0xff000000]);
  });

  it('returns the reason why an array is invalid', () => {
    expect(npyIn(new Uint8Array(20))).toContain('does not start');
    expect(npyIn(npy(header('<i4', '3,'), [1, 0, 0, 0]))).toContain('truncated');
    expect(npyIn(npy(header('<f4', '1,'), [0, 0, 0, 0]))).toContain('f4');
    expect(npyIn(npy(header('|O', '1,'), [0]))).toContain('not an integer type');
    expect(npyIn(npy(header('<i2', '1, 1', 'True'), [0, 0]))).toContain('column-major');
    expect(npyIn(npy(header('<i2', '1,'), []).subarray(0, 30))).toContain('within its header');
  });
});
