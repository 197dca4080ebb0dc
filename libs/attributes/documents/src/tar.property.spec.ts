import { Fault } from '@tributary/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pythonTars, tarOf } from './tar.fixture.ts';
import type { Packed, TarFormat } from './tar.fixture.ts';
import { tarMembers } from './tar.ts';

async function* inParts(bytes: Buffer, cuts: readonly number[]): AsyncGenerator<Buffer> {
  const ends = [...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].toSorted((a, b) => a - b);
  for (const [at, end] of ends.entries()) yield bytes.subarray(ends[at - 1] ?? 0, end);
}

/** Names and contents, and behind them why nothing more could be read. */
async function read(bytes: Buffer, cuts: readonly number[] = []): Promise<unknown[]> {
  const members: unknown[] = [];
  try {
    for await (const { name, bytes: content, hasNul } of tarMembers(inParts(bytes, cuts)))
      members.push([name, content?.toString('base64'), hasNul]);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    members.push(error.code);
  }
  return members;
}

/* A path above a hundred characters has no place in a plain header, and beyond 255 none in that of POSIX. */
const paths = (most: number) =>
  fc
    .array(fc.stringMatching(/^[a-zà-é0-9_.]{1,30}$/), { minLength: 1, maxLength: most })
    .map((parts) => parts.join('/'));
const contents = fc.uint8Array({ maxLength: 1500 }).map((bytes) => Buffer.from(bytes).toString('base64'));
const members = (most: number) =>
  fc.array(
    fc
      .tuple(paths(most), contents, fc.constantFrom('file', 'file', 'file', 'folder', 'link'))
      .map(([name, content, kind]): Packed =>
        kind === 'file' ? [name, content] : [name, '', kind as 'folder' | 'link'],
      ),
    { maxLength: 6 },
  );
const archives = fc
  .sample(
    fc.oneof(
      fc.record({ format: fc.constantFrom<TarFormat>('GNU', 'PAX'), members: members(12) }),
      fc.record({ format: fc.constant<TarFormat>('USTAR'), members: members(2) }),
    ),
    { numRuns: 150, seed: 71 },
  )
  .map((wanted, at, all) => ({ ...wanted, at, all }));
const written = pythonTars(archives.map(({ format, members: packed }) => ({ format, members: packed })));

describe('an archive that Python wrote', () => {
  it('has the files that were packed, with their bytes, wherever it is cut into parts', async () => {
    for (const [at, bytes] of written.entries()) {
      const packed = archives[at]?.members ?? [];
      const files = packed
        .filter(([, , kind]) => kind === undefined)
        .map(([name, content]) => [name, content, Buffer.from(content, 'base64').includes(0)]);
      expect(await read(bytes)).toEqual(files);
      for (const cuts of fc.sample(fc.array(fc.nat(), { maxLength: 9 }), { numRuns: 3, seed: at }))
        expect(await read(bytes, cuts)).toEqual(files);
    }
  });

  it('ends as broken behind the files before the cut, wherever it ends too early', async () => {
    const whole = await read(written[3] ?? Buffer.alloc(0));
    const bytes = written[3] ?? Buffer.alloc(0);
    const end = bytes.length - zerosAtEnd(bytes);
    for (let length = 0; length < end; length += 7) {
      const cut = await read(bytes.subarray(0, length));
      expect(cut.at(-1)).toBe('file_broken');
      expect(cut.slice(0, -1)).toEqual(whole.slice(0, cut.length - 1));
    }
  });

  it('is broken where any bit of a header has changed, or has the same files', async () => {
    const bytes = tarOf({ 'a.txt': 'a', 'b.txt': 'b' }, 'GNU');
    const whole = await read(bytes);
    for (let bit = 0; bit < 512 * 8; bit += 3) {
      const damaged = Buffer.from(bytes);
      damaged.writeUInt8(damaged.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
      expect([['file_broken'], whole]).toContainEqual(await read(damaged));
    }
  });
});

it('reads sizes in bytes, as GNU has them where eleven octal digits do not suffice', async () => {
  const bytes = tarOf({ 'a.txt': 'five!' }, 'GNU');
  bytes.fill(0, 124, 136);
  bytes.writeUInt8(0x80, 124);
  bytes.writeUInt8(5, 135);
  withChecksum(bytes);
  expect(await read(bytes)).toEqual([['a.txt', Buffer.from('five!').toString('base64'), false]]);
});

it.each([
  ['another archive behind its end', Buffer.concat([tarOf({ a: '1' }), tarOf({ b: '2' })])],
  ['bytes behind its end', Buffer.concat([tarOf({ a: '1' }), Buffer.from('x')])],
])('names %s, which was not read', async (_what, bytes) => {
  expect(await read(bytes)).toEqual([['a', Buffer.from('1').toString('base64'), false], 'file_broken']);
});

it('refuses a sparse file, and a size that is none, rather than reading its bytes as headers', async () => {
  const sparse = tarOf({ 'a.txt': 'a' }, 'GNU');
  sparse.write('S', 156);
  withChecksum(sparse);
  const sized = tarOf({ 'a.txt': 'a' }, 'GNU');
  sized.write('9', 124);
  withChecksum(sized);
  const extended = tarOf({ [`${'a'.repeat(120)}.txt`]: 'a' }, 'PAX');
  extended.write('GNU.sparse.major=1', extended.indexOf('path='));
  for (const bytes of [sparse, sized, extended]) expect(await read(bytes)).toEqual(['file_broken']);
});

const zerosAtEnd = (bytes: Buffer): number => bytes.length - bytes.findLastIndex((byte) => byte !== 0) - 1;

function withChecksum(archive: Buffer): void {
  archive.fill(' ', 148, 156);
  const sum = archive.subarray(0, 512).reduce((total, byte) => total + byte, 0);
  archive.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
}
