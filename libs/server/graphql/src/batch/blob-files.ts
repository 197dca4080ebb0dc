import type { Blobs } from '@tributary/blobs';
import type { FileParts } from '@tributary/importers';
import { currentSignal } from '@tributary/kernel';
import type { IntegerArray, OpenArray } from '@tributary/training';

type Parts = Pick<Blobs, 'readRange' | 'bytesOf'>;

/** Loaded with the first question that needs it: few do, and it reads many formats. */
const formats = () => import('@tributary/importers');

/**
 * Opens arrays in blobs, each once: `.npy` files, and the lengths in `.idx` files. Memory holds what is read of them alone, and
 * reading ends with the reason of `currentSignal` where nobody waits for it any more.
 */
export function blobArrays(blobs: Parts): OpenArray {
  const opened = new Map<string, Promise<IntegerArray | string>>();
  return (sha256) => {
    const before = opened.get(sha256);
    if (before) return before;
    const array = openArray(blobs, sha256);
    opened.set(sha256, array);
    return array;
  };
}

/** Why a file cannot be read of which no bytes are kept. */
export const notKept = (sha256: string): string =>
  `file ${sha256} is not kept here; import the run with the file again, without --no-keep-raw`;

async function openArray(blobs: Parts, sha256: string): Promise<IntegerArray | string> {
  const { lengthsInIndex, MAX_NPY_HEADER, npyLayout } = await formats();
  const head = await blobs.readRange(sha256, 0, MAX_NPY_HEADER);
  if (!head) return notKept(sha256);
  const layout = npyLayout(head);
  if (typeof layout !== 'string') {
    const length = layout.shape.reduce((product, part) => product * part, 1);
    return arrayIn(blobs, sha256, { ...layout, length });
  }
  const lengths = lengthsInIndex(head);
  if (typeof lengths === 'string') return `file ${sha256} cannot be read: ${layout}`;
  return arrayIn(blobs, sha256, {
    start: lengths.start,
    width: 4,
    length: lengths.count,
    numbersIn: (bytes) => (index) => Buffer.from(bytes.buffer, bytes.byteOffset).readInt32LE(index * 4),
  });
}

type Layout = {
  readonly start: number;
  readonly width: number;
  readonly length: number;
  readonly numbersIn: (bytes: Uint8Array) => (index: number) => number;
};

function arrayIn(blobs: Parts, sha256: string, layout: Layout): IntegerArray | string {
  const { start, width, length, numbersIn } = layout;
  if ((blobs.bytesOf(sha256) ?? 0) < start + length * width)
    return `file ${sha256} is truncated: it declares ${length} numbers`;
  return {
    length,
    read: async (from, count) => {
      /* A step may have millions of samples, each with reads of its own. */
      currentSignal()?.throwIfAborted();
      const bytes = await blobs.readRange(sha256, start + from * width, count * width);
      const at = numbersIn(bytes ?? new Uint8Array());
      return Array.from({ length: count }, (_none, index) => at(index));
    },
  };
}

/** The file of a blob, read in parts; undefined where it is not kept. */
export function blobParts(blobs: Parts, sha256: string): FileParts | undefined {
  const byteLength = blobs.bytesOf(sha256);
  if (byteLength === undefined) return undefined;
  return {
    byteLength,
    slice: async (start, end = byteLength) => {
      const from = start < 0 ? Math.max(0, byteLength + start) : start;
      const bytes = await blobs.readRange(sha256, from, Math.max(0, Math.min(end, byteLength) - from));
      return Uint8Array.from(bytes ?? []).buffer;
    },
  };
}
