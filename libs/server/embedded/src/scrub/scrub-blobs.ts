import { createGunzip } from 'node:zlib';
import type { Readable } from 'node:stream';
import { SecretScan } from '@tributary/kernel';
import type { Blobs } from '@tributary/blobs';

/** Looks for secrets in bytes as they come. */
export type BytesSearch = { readonly read: (bytes: Uint8Array) => void; readonly found: () => boolean };

export function builtInSearch(): BytesSearch {
  const scan = new SecretScan();
  return { read: (bytes) => scan.read(bytes), found: () => scan.kinds.length > 0 };
}

/** Looks for texts; `forms` is not empty. */
export function listedSearch(forms: readonly string[]): BytesSearch {
  const needles = forms.map((form) => Buffer.from(form));
  const overlap = needles.reduce((most, { length }) => Math.max(most, length), 1) - 1;
  let tail = Buffer.alloc(0);
  let isFound = false;
  return {
    read: (bytes) => {
      const part = Buffer.concat([tail, bytes]);
      isFound ||= needles.some((needle) => part.includes(needle));
      tail = Buffer.from(part.subarray(Math.max(0, part.length - overlap)));
    },
    found: () => isFound,
  };
}

/** Whether a blob has a secret in it, as its bytes are or within gzip. */
export async function hasSecret(
  blobs: Pick<Blobs, 'open'>,
  sha256: string,
  search: () => BytesSearch,
): Promise<boolean> {
  const plain = search();
  let isGzip = false;
  for await (const chunk of bytesOf(blobs.open(sha256))) {
    isGzip ||= chunk[0] === 0x1f && chunk[1] === 0x8b;
    plain.read(chunk);
  }
  return plain.found() || (isGzip && (await isInside(blobs.open(sha256), search())));
}

async function isInside(compressed: Readable | undefined, search: BytesSearch): Promise<boolean> {
  if (!compressed) return false;
  const inflated = compressed.pipe(createGunzip());
  compressed.once('error', (error) => inflated.destroy(error));
  try {
    for await (const chunk of bytesOf(inflated)) {
      search.read(chunk);
      if (search.found()) return true;
    }
  } catch {
    /* Not gzip after all, or damaged: what could be read was looked at. */
  } finally {
    compressed.destroy();
  }
  return search.found();
}

async function* bytesOf(stream: Readable | undefined): AsyncGenerator<Buffer> {
  if (!stream) return;
  for await (const chunk of stream) yield Buffer.from(chunk);
}
