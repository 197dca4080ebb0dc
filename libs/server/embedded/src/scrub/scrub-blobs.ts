import { TextDecoder } from 'node:util';
import { createGunzip } from 'node:zlib';
import type { Readable } from 'node:stream';
import { SecretScan } from '@tributary/kernel';
import type { Blobs } from '@tributary/blobs';
import { listedSpans, MOST_WRITTEN } from './listed-secrets.ts';

/** Looks for secrets in bytes as they come. */
export type BytesSearch = { readonly read: (bytes: Uint8Array) => void; readonly found: () => boolean };

export function builtInSearch(): BytesSearch {
  const scan = new SecretScan();
  return { read: (bytes) => scan.read(bytes), found: () => scan.kinds.length > 0 };
}

/** Looks for secrets that were named. Each byte is one character, so that no part ends within a character. */
export function listedSearch(secrets: readonly string[]): BytesSearch {
  const spans = listedSpans(secrets);
  const overlap = MOST_WRITTEN * secrets.reduce((most, { length }) => Math.max(most, length), 1);
  let tail = '';
  let isFound = false;
  return {
    read: (bytes) => {
      const text = tail + Buffer.from(bytes).toString('latin1');
      isFound ||= spans(text).length > 0;
      tail = text.slice(-overlap);
    },
    found: () => isFound,
  };
}

/** Whether a blob has a secret in it, as its bytes are, as UTF-16 or within gzip. */
export async function hasSecret(
  blobs: Pick<Blobs, 'open'>,
  sha256: string,
  search: () => BytesSearch,
): Promise<boolean> {
  const plain = new AnyText(search);
  for await (const chunk of bytesOf(blobs.open(sha256))) plain.read(chunk);
  return plain.found() || (plain.isGzip() && (await isInside(blobs.open(sha256), new AnyText(search))));
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

const MARK = 2;

/** Looks in bytes as they are, and as UTF-16 where they begin with its mark. */
class AnyText implements BytesSearch {
  readonly #plain: BytesSearch;
  readonly #wide: BytesSearch;
  #start = Buffer.alloc(0);
  #decoder: TextDecoder | undefined;

  constructor(search: () => BytesSearch) {
    this.#plain = search();
    this.#wide = search();
  }

  read(bytes: Uint8Array): void {
    this.#plain.read(bytes);
    let text = bytes;
    if (this.#start.length < MARK) {
      text = Buffer.concat([this.#start, bytes]);
      this.#start = Buffer.from(text.subarray(0, MARK));
      this.#decoder = utf16Decoder(this.#start);
    }
    if (this.#decoder) this.#wide.read(Buffer.from(this.#decoder.decode(text, { stream: true })));
  }

  found(): boolean {
    return this.#plain.found() || this.#wide.found();
  }

  isGzip(): boolean {
    return this.#start[0] === 0x1f && this.#start[1] === 0x8b;
  }
}

function utf16Decoder(start: Uint8Array): TextDecoder | undefined {
  if (start[0] === 0xff && start[1] === 0xfe) return new TextDecoder('utf-16le');
  return start[0] === 0xfe && start[1] === 0xff ? new TextDecoder('utf-16be') : undefined;
}
