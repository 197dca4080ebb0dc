import { gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { folderOf } from './folder.ts';
import { isGzipEndsEarly } from './gunzip.ts';

/** Members of gzip, and the zero bytes after each. */
const aFile = fc.array(fc.record({ text: fc.string(), zeros: fc.nat(3) }), { minLength: 1, maxLength: 5 });

const fileOf = (parts: readonly Uint8Array[]) => folderOf('f', { 'a.gz': Buffer.concat(parts) }).files[0];

/** The byte after which nothing was read, by the refusal. */
function refusedAt(fault: unknown): { at: number } {
  if (!isGzipEndsEarly(fault)) throw fault;
  return { at: Number(/a\.gz: its gzip ends at byte (\d+) of /.exec(String(fault))?.[1]) };
}

it('law: a file is read to its end, or refused with the byte after which nothing was read', async () => {
  await fc.assert(
    fc.asyncProperty(aFile, async (members) => {
      const parts = members.map(({ text, zeros }) => [gzipSync(text), Buffer.alloc(zeros)]);
      const file = fileOf(parts.flat());
      const outcome = await file?.text().catch(refusedAt);
      const padded = members.findIndex(({ zeros }) => zeros > 0);
      const before = parts.slice(0, padded + 1).map(([member]) => member?.length ?? 0);
      const whole = members.map(({ text }) => text).join('');
      expect(outcome).toEqual(padded < 0 ? whole : { at: before.reduce((sum, bytes) => sum + bytes) });
      expect(await file?.headText().catch(refusedAt)).toEqual(outcome);
    }),
  );
});

it('reads what a truncated file has, and leaves bytes as they are that are no gzip', async () => {
  const packed = gzipSync('some text '.repeat(100));
  const broken = Buffer.from(packed).fill(0xff, 12, packed.length - 8);
  for (const bytes of [packed.subarray(0, -20), broken, Buffer.from('plain\0\0')]) {
    const file = fileOf([bytes]);
    expect(await file?.headText()).toBe(await file?.text());
  }
  expect(await fileOf([packed.subarray(0, -20)])?.text()).toMatch(/^some /);
  expect(await fileOf([Buffer.from('plain\0\0')])?.text()).toBe('plain\0\0');
});
