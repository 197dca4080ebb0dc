import { Decompress } from 'fzstd';
import { largestWindow } from './zstd-window.ts';

/** fzstd moves the whole window at each block, so many small blocks of a large window would take for ever. */
const UNWATCHED_MOVED_BYTES = 1024 ** 3;
/** As much as full blocks of 128 KiB in a window of 64 MiB. */
const MAX_MOVED_RATIO = 512;

/** Decompresses up to `limit` bytes. Throws if the content or the window of a frame is larger, or if its blocks are tiny. */
export function unzstd(bytes: Buffer, limit: number): Uint8Array {
  const window = largestWindow(bytes);
  if (window > limit) throw new RangeError(`the zstd window is larger than ${limit} bytes`);
  const chunks: Uint8Array[] = [];
  let length = 0;
  let moved = 0;
  const stream = new Decompress((chunk) => {
    length += chunk.length;
    moved += window;
    if (length > limit) throw new RangeError(`more than ${limit} bytes when decompressed`);
    if (moved > UNWATCHED_MOVED_BYTES && moved > MAX_MOVED_RATIO * length)
      throw new RangeError('the zstd has a large window and hardly any content in each block');
    chunks.push(chunk.slice());
  });
  stream.push(bytes, true);
  return Buffer.concat(chunks);
}
