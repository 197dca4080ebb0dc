import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import { Fault } from '@tributary/kernel';
import { Decompress } from 'fzstd';
import { Xxh64 } from './xxh64.ts';
import { isSkippable, ZstdFrames } from './zstd-frames.ts';
import type { FramePart } from './zstd-frames.ts';

/** Smaller outputs are never a bomb; larger ones are where each byte of the file has yielded more than this many. */
const MAX_RATIO = 1000;
const UNWATCHED_BYTES = 64 * 1024 * 1024;

/** As `zstd` itself without `--memory` or `--long`. */
const MAX_WINDOW_BYTES = 128 * 1024 * 1024;
/** Twice as much as blocks of the usual 128 KiB in the largest window. */
const MAX_MOVED_RATIO = 2048;
const UNWATCHED_MOVED_BYTES = 16 * 1024 ** 3;

/** Small parts, because one of them can hold much content. */
const PART_BYTES = 16 * 1024;

export type Compression = 'gzip' | 'zstd' | undefined;

/** How a file is compressed, by its first bytes and never by its name. */
export function compressionOf(head: Buffer): Compression {
  if (head[0] === 0x1f && head[1] === 0x8b) return 'gzip';
  const magic = head.length >= 4 ? head.readUInt32LE(0) : 0;
  if (magic === 0xfd2fb528 || isSkippable(magic)) return 'zstd';
  return undefined;
}

/** The first bytes of a file as stored. */
export async function headOf(path: string, bytes: number): Promise<Buffer> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(bytes), position: 0 });
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/**
 * The content of a file, decompressed, as a stream. Throws Fault `file_broken` where it cannot be decompressed to its
 * end, behind everything that could be.
 */
export async function* contentOf(path: string, compression: Compression): AsyncGenerator<Buffer> {
  if (compression === 'gzip') yield* gunzipped(path);
  else if (compression === 'zstd') yield* unzstd(path);
  else for await (const chunk of createReadStream(path)) yield chunk;
}

async function* gunzipped(path: string): AsyncGenerator<Buffer> {
  const { size } = await stat(path);
  const content = createGunzip();
  const ready: Buffer[] = [];
  let bytes = 0;
  content.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    ready.push(chunk);
  });
  const ended = new Promise<void>((resolve, reject) => content.once('end', resolve).once('error', reject));
  ended.catch(() => undefined);
  try {
    for await (const part of createReadStream(path, { highWaterMark: PART_BYTES })) {
      /* Behind damage the callback of a write never comes. */
      await Promise.race([new Promise<unknown>((resolve) => content.write(part, resolve)), ended]);
      watchRatio(bytes, content.bytesWritten);
      yield* ready.splice(0);
    }
    content.end();
    await ended;
    yield* ready.splice(0);
  } catch (error) {
    yield* ready.splice(0);
    throw broken('gzip', error);
  } finally {
    content.destroy();
  }
  /* Node ends at a byte after a member that begins no other one, and leaves what follows unread and unsaid. */
  const { bytesWritten } = content;
  if (bytesWritten < size)
    throw new Fault(
      'file_broken',
      `its gzip ends at byte ${bytesWritten} of ${size}, and what follows was not read`,
    );
}

async function* unzstd(path: string): AsyncGenerator<Buffer> {
  const ready: Buffer[] = [];
  const total = { read: 0, content: 0, moved: 0 };
  const content = zstdContent((block, window) => {
    total.content += block.length;
    total.moved += window;
    watchRatio(total.content, total.read);
    watchMoved(total.moved, total.content);
    /* The block may be a view of memory that the next one overwrites. */
    if (block.length > 0) ready.push(Buffer.from(block));
  });
  try {
    for await (const part of createReadStream(path, { highWaterMark: PART_BYTES })) {
      total.read += part.length;
      content.push(part);
      yield* ready.splice(0);
    }
    content.end();
  } catch (error) {
    yield* ready.splice(0);
    throw broken('zstd', error);
  }
}

/** Takes a block of content, and the window of its frame. */
type TakeBlock = (block: Uint8Array, window: number) => void;

/** Decompresses frame after frame, and compares the checksum of each that has one. Throws where there is damage. */
function zstdContent(take: TakeBlock) {
  const frames = new ZstdFrames();
  let frame: ReturnType<typeof zstdFrame> | undefined;
  return {
    push(bytes: Uint8Array): void {
      for (const part of frames.push(bytes)) {
        watchWindow(frames.window);
        frame ??= zstdFrame(frames, take);
        frame.push(part);
        if (part.isLast) frame = undefined;
      }
    },
    end(): void {
      if (!frames.isBetween) throw new Error('it ends within a frame');
    },
  };
}

function zstdFrame(frames: ZstdFrames, take: TakeBlock) {
  const hash = new Xxh64();
  const decompress = new Decompress((block) => {
    if (frames.hasChecksum) hash.add(block);
    take(block, frames.window);
  });
  return {
    push: ({ bytes, isLast, checksum }: FramePart): void => {
      decompress.push(bytes, isLast);
      if (checksum !== undefined && checksum !== Number(BigInt.asUintN(32, hash.digest())))
        throw new Error('its content has another checksum');
    },
  };
}

function watchRatio(content: number, read: number): void {
  if (content > UNWATCHED_BYTES && content > MAX_RATIO * read)
    throw new Fault(
      'file_broken',
      `it decompresses to more than ${MAX_RATIO} times its size, which is fixed, because nothing that compresses so far is text; decompress it first if it is what it should be`,
    );
}

function watchWindow(window: number): void {
  if (window > MAX_WINDOW_BYTES)
    throw new Fault(
      'file_broken',
      `its zstd needs a window of ${window} bytes, and at most ${MAX_WINDOW_BYTES} are allowed`,
    );
}

/** The library moves its window at each block, so many small blocks of a large window would take for ever. */
function watchMoved(moved: number, content: number): void {
  if (moved > UNWATCHED_MOVED_BYTES && moved > MAX_MOVED_RATIO * content)
    throw new Fault('file_broken', 'its zstd has a large window and hardly any content in each block');
}

function broken(format: string, error: unknown): Fault {
  if (error instanceof Fault) return error;
  return new Fault(
    'file_broken',
    `its ${format} cannot be decompressed to the end (${error instanceof Error ? error.message : 'broken'})`,
  );
}
