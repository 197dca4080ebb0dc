import { gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { folderOf } from './folder.ts';
import { gunzipFile, isGzipEndsEarly, unpackedParts } from './gunzip.ts';

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

/** A file may inflate to 1,000 bytes, to 50 times its own size beyond that, and to 20,000 at most. */
const LIMITS = { least: 1_000, ratio: 50, most: 20_000 };

const bytesIn = async (content: Buffer): Promise<number> => {
  const packed = gzipSync(content);
  const parts = async function* () {
    yield packed;
  };
  const file = { path: 'a.gz', bytes: packed.length, parts };
  let bytes = 0;
  for await (const part of unpackedParts(file, { limits: LIMITS })) bytes += part.length;
  expect((await gunzipFile('a.gz', packed, LIMITS)).length).toBe(bytes);
  return bytes;
};

/** Bytes that gzip packs to about a fifth. */
const honest = (bytes: number): Buffer =>
  Buffer.from(
    Array.from({ length: bytes }, (_, at) => `${(at * 7919) % 10_007} `)
      .join('')
      .slice(0, bytes),
  );

it('reads what is small, or no more than its ratio, and refuses what is beyond, held or in parts', async () => {
  expect(await bytesIn(Buffer.alloc(1_000))).toBe(1_000);
  expect(await bytesIn(honest(20_000))).toBe(20_000);
  const tooLarge = {
    code: 'gzip_too_large',
    path: 'a.gz',
    message: expect.stringMatching(/^a\.gz: its \d+ bytes of gzip/),
  };
  for (const content of [Buffer.alloc(19_000), honest(20_001)])
    await expect(bytesIn(content)).rejects.toMatchObject(tooLarge);
  await expect(bytesIn(Buffer.alloc(19_000))).rejects.toThrow(
    'or set TRIBUTARY_IMPORT_INFLATION_RATIO, which is 50',
  );
  await expect(bytesIn(honest(20_001))).rejects.toThrow('that is fixed, because no text of Node is longer');
});

it('decompresses of a bomb no more than it may hold, and closes it', async () => {
  const packed = gzipSync(Buffer.alloc(50_000_000));
  let seen = 0;
  let isClosed = false;
  const parts = async function* () {
    try {
      for (let at = 0; at < packed.length; at += 100) yield packed.subarray((seen = at), at + 100);
    } finally {
      isClosed = true;
    }
  };
  const file = { path: 'a.gz', bytes: packed.length, parts };
  const reading = (async () => {
    for await (const _part of unpackedParts(file, { limits: LIMITS }));
  })();
  await expect(reading).rejects.toMatchObject({ code: 'gzip_too_large' });
  expect(seen).toBeLessThan(packed.length / 2);
  await expect.poll(() => isClosed).toBe(true);
});
