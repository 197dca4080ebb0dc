import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { digestOf } from './digest.ts';
import { openBlobs } from './directory-blobs.ts';
import { FailingFolders } from './failing-folders.fixture.ts';

/** Contents whose digests begin with the same two digits, `count` of them. */
function contentsIn(folder: string, count: number): Buffer[] {
  const found: Buffer[] = [];
  for (let text = 0; found.length < count; text += 1) {
    const content = Buffer.from(String(text));
    if (digestOf(content).startsWith(folder)) found.push(content);
  }
  return found;
}
const CONTENTS = [...contentsIn('00', 3), ...contentsIn('0f', 2)];

const WRITE_FAILED = { code: 'blob_write_failed' };

let temporary: string;
let root: string;
beforeEach(() => {
  temporary = mkdtempSync(join(tmpdir(), 'failing-folders-'));
});
afterEach(() => rmSync(temporary, { recursive: true }));

let runs = 0;
/** A disk whose blobs lie in a new folder. */
function aDisk(fails: (folder: string) => boolean): FailingFolders {
  runs += 1;
  root = join(temporary, String(runs), 'blobs');
  mkdirSync(root, { recursive: true });
  return new FailingFolders(join(temporary, `kept-${runs}`), fails);
}
const pathOf = (sha256: string): string => join(root, sha256.slice(0, 2), sha256);

type Put = { readonly content: number; readonly store: number };
const put: fc.Arbitrary<Put> = fc.record({ content: fc.nat(CONTENTS.length - 1), store: fc.nat(1) });
/** Puts that come at once, round after round. */
const rounds = fc.array(fc.array(put, { minLength: 1, maxLength: 4 }), { maxLength: 8 });
const failures = fc.infiniteStream(fc.boolean());

/** Which of the puts that were acknowledged a power cut would take. */
async function lost(
  disk: FailingFolders,
  stores: number,
  all: readonly (readonly Put[])[],
): Promise<{ lost: string[]; codes: Set<unknown> }> {
  const opened = Array.from({ length: stores }, () => openBlobs(root, Date.now(), disk.open));
  const gone: string[] = [];
  const codes = new Set<unknown>();
  for (const round of all)
    await Promise.all(
      round.map(async ({ content, store }) => {
        try {
          const stored = await opened[store % stores]?.put(CONTENTS[content] ?? Buffer.of());
          const sha256 = stored?.sha256 ?? '';
          if (!disk.has(pathOf(sha256), root)) gone.push(sha256);
        } catch (fault) {
          codes.add((fault as { code?: unknown }).code);
        }
      }),
    );
  return { lost: gone, codes };
}

describe('law: a power cut takes no blob that was acknowledged', () => {
  it('whichever flushes fail, of the folders of blobs and of the ones above them', async () => {
    await fc.assert(
      fc.asyncProperty(rounds, failures, async (all, failing) => {
        const disk = aDisk(() => failing.next().value);
        const { lost: gone, codes } = await lost(disk, 1, all);
        expect(gone).toEqual([]);
        codes.delete('blob_write_failed');
        expect(codes).toEqual(new Set());
      }),
      { numRuns: 60 },
    );
  });

  it('whichever flushes of folders with blobs fail of several processes', async () => {
    await fc.assert(
      fc.asyncProperty(rounds, failures, async (all, failing) => {
        const disk = aDisk((folder) => folder.startsWith(join(root, '0')) && failing.next().value);
        expect((await lost(disk, 2, all)).lost).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});

describe('a blob whose folder could not be flushed', () => {
  it('is not acknowledged, and is written anew before it is', async () => {
    let isFailing = true;
    const disk = aDisk((folder) => folder.startsWith(join(root, '0')) && isFailing);
    const blobs = openBlobs(root, Date.now(), disk.open);
    const [content = Buffer.of()] = CONTENTS;
    await expect(blobs.put(content)).rejects.toMatchObject(WRITE_FAILED);
    const path = pathOf(digestOf(content));
    const before = statSync(path).ino;
    isFailing = false;
    await blobs.put(content);
    expect(statSync(path).ino).not.toBe(before);
    expect(disk.has(path, root)).toBe(true);
  });

  it('is written anew by another process too, which cannot know of the failure', async () => {
    let isFailing = true;
    const disk = aDisk((folder) => folder.startsWith(join(root, '0')) && isFailing);
    const [content = Buffer.of()] = CONTENTS;
    await expect(openBlobs(root, Date.now(), disk.open).put(content)).rejects.toMatchObject(WRITE_FAILED);
    isFailing = false;
    await openBlobs(root, Date.now(), disk.open).put(content);
    expect(disk.has(pathOf(digestOf(content)), root)).toBe(true);
  });
});

describe('a folder of blobs that could not be flushed when it was made', () => {
  it.each(['of the blobs', 'above them'])(
    'takes no blob until the process starts again, nor does another new one (the folder %s)',
    async (which) => {
      let failing: string | undefined;
      const disk = aDisk((folder) => folder === failing);
      const blobs = openBlobs(root, Date.now(), disk.open);
      const [one = Buffer.of(), same = Buffer.of()] = CONTENTS;
      const other = CONTENTS.at(-1) ?? Buffer.of();
      failing = which === 'of the blobs' ? root : join(root, '..');
      await expect(blobs.put(one)).rejects.toMatchObject(WRITE_FAILED);
      failing = undefined;
      for (const content of [one, same, other])
        await expect(blobs.put(content)).rejects.toMatchObject({
          ...WRITE_FAILED,
          message: expect.stringContaining('until the process is started again') as string,
        });
    },
  );

  it('leaves alone those that were flushed before', async () => {
    let isFailing = false;
    const disk = aDisk((folder) => folder === root && isFailing);
    const blobs = openBlobs(root, Date.now(), disk.open);
    const [one = Buffer.of(), same = Buffer.of()] = CONTENTS;
    const other = CONTENTS.at(-1) ?? Buffer.of();
    await blobs.put(one);
    isFailing = true;
    await expect(blobs.put(other)).rejects.toMatchObject(WRITE_FAILED);
    await blobs.put(same);
    expect(disk.has(pathOf(digestOf(same)), root)).toBe(true);
  });
});
