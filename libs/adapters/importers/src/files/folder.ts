import { createHash } from 'node:crypto';
import { tolerantJson } from '@tributary/json';
import { encodingOf } from './encoding.ts';
import {
  gunzipFile,
  gunzipHead,
  heldAsText,
  isGzip,
  isGzipTooLarge,
  readInParts,
  unlessTooLarge,
  unpackedParts,
} from './gunzip.ts';

/** An entry of a folder that was not looked at, with everything below it, and why. */
export type SkippedEntry = { readonly path: string; readonly reason: string };

/** The files that an importer may read. */
export type Folder = {
  readonly name: string;
  readonly files: readonly SourceFile[];
  /** What lies in the folder on disk and is none of its files. */
  readonly skipped?: readonly SkippedEntry[];
};

const HEAD_BYTES = 64 * 1024;

/** Larger files are parsed again for each importer that looks at them. */
const MAX_CACHED_BYTES = 4 * 1024 * 1024;

/** Memory of parsed JSON relative to the bytes of its text (an estimate). */
const PARSED_FACTOR = 6;

type Bytes = {
  readonly path: string;
  readonly folders?: readonly string[];
  readonly bytes: number;
  readonly read: () => Promise<Uint8Array>;
  /** The same bytes as a stream, for files that do not fit into memory. */
  readonly parts?: () => AsyncIterable<Uint8Array>;
  /** Times its bytes that it may hold, where it is gzip. */
  readonly inflationRatio?: number | undefined;
};

/** A file of a folder. `path` is relative to the folder and uses `/` as separator. */
export class SourceFile {
  readonly path: string;
  /**
   * The names of the folders on disk that it lies in, at most four, the innermost last. Unlike the path they do not depend on
   * what was named to import it, so ids may be made of them.
   */
  readonly folders: readonly string[];
  readonly bytes: number;
  readonly #read: () => Promise<Uint8Array>;
  readonly #parts: (() => AsyncIterable<Uint8Array>) | undefined;
  readonly #readHead: (bytes: number) => Promise<Uint8Array>;
  readonly #inflationRatio: number | undefined;
  #head: Promise<Uint8Array> | undefined;
  #unpackedHead: Promise<Uint8Array> | undefined;
  #json: Promise<unknown> | undefined;
  #sha256: Promise<string> | undefined;
  #tooLarge: Error | undefined;
  #undecodableLine: number | undefined;

  /** `readHead` reads only the first bytes; if it is absent, the head is taken from the whole file. */
  constructor(file: Bytes, readHead?: (bytes: number) => Promise<Uint8Array>) {
    this.path = file.path;
    this.folders = file.folders ?? foldersOf(file.path);
    this.bytes = file.bytes;
    this.#read = file.read;
    this.#parts = file.parts;
    this.#inflationRatio = file.inflationRatio;
    this.#readHead = readHead ?? (async (bytes) => (await file.read()).subarray(0, bytes));
  }

  /** The last part of the path. */
  get name(): string {
    return this.path.slice(this.path.lastIndexOf('/') + 1);
  }

  /** The path of the parent folder without a trailing `/`; empty at the root. */
  get folder(): string {
    return this.path.slice(0, Math.max(0, this.path.lastIndexOf('/')));
  }

  /** Why its content is not held, once somebody has asked for it in vain; undefined otherwise. */
  get tooLarge(): string | undefined {
    return this.#tooLarge?.message;
  }

  /** The first line that is neither UTF-8 nor UTF-16 with a byte order mark, once the text was read; undefined if none. */
  get undecodableLine(): number | undefined {
    return this.#undecodableLine;
  }

  /** The bytes as stored. */
  read(): Promise<Uint8Array> {
    return this.#read();
  }

  /** The bytes as stored, as a stream. */
  async *parts(): AsyncGenerator<Uint8Array> {
    if (this.#parts) yield* this.#parts();
    else yield await this.#read();
  }

  /**
   * The bytes, decompressed if the file is gzip. Throws Fault `gzip_ends_early` where bytes follow it, and `gzip_too_large`
   * where it holds more than is held in memory, which is found out once: every importer asks.
   */
  async content(): Promise<Uint8Array> {
    if (this.#tooLarge !== undefined) throw this.#tooLarge;
    try {
      return await gunzipFile(this.path, await this.#read(), heldAsText(this.#inflationRatio));
    } catch (error) {
      if (isGzipTooLarge(error)) this.#tooLarge = error;
      throw error;
    }
  }

  /** The same as a stream, for content that does not fit into memory. */
  async *contentParts(): AsyncGenerator<Uint8Array> {
    if (isGzip(await this.head())) yield* unpackedParts(this, { limits: readInParts(this.#inflationRatio) });
    else yield* this.parts();
  }

  /** The first 64 KiB. */
  head(): Promise<Uint8Array> {
    if (!this.#head) {
      this.#head = this.#readHead(HEAD_BYTES);
      cacheUntilEvicted(Math.min(this.bytes, HEAD_BYTES), () => (this.#head = undefined));
    }
    return this.#head;
  }

  /**
   * The first 64 KiB as text (UTF-8, or UTF-16 with a byte order mark), of gzip those of its content, which may be a thousand
   * times as long as what is stored. What is neither becomes U+FFFD.
   */
  async headText(): Promise<string> {
    return (await this.#headOfText()).text;
  }

  /** As `headText`, without the last line where the file goes on after it. */
  async headLines(): Promise<string> {
    const { text, isWhole } = await this.#headOfText();
    const end = text.lastIndexOf('\n');
    return isWhole || end < 0 ? text : text.slice(0, end);
  }

  async #headOfText(): Promise<{ readonly text: string; readonly isWhole: boolean }> {
    const head = await this.head();
    const content = isGzip(head) ? await this.#unpacked(head) : head;
    const text = new TextDecoder(encodingOf(content)).decode(content.subarray(0, HEAD_BYTES));
    return { text, isWhole: this.bytes <= HEAD_BYTES && content.length <= HEAD_BYTES };
  }

  /** Every importer asks for the head, so it is decompressed once. One byte more says whether the content goes on. */
  #unpacked(bytes: Uint8Array): Promise<Uint8Array> {
    if (!this.#unpackedHead) {
      this.#unpackedHead = gunzipHead({ path: this.path, bytes, size: this.bytes }, HEAD_BYTES + 1);
      cacheUntilEvicted(HEAD_BYTES, () => (this.#unpackedHead = undefined));
    }
    return this.#unpackedHead;
  }

  /** The decompressed content as text: UTF-8, or UTF-16 with a byte order mark. Other bytes become U+FFFD. */
  async text(): Promise<string> {
    const content = await this.content();
    const text = new TextDecoder(encodingOf(content)).decode(content);
    const at = text.indexOf('\uFFFD');
    if (at >= 0 && !text.includes('\0')) this.#undecodableLine = text.slice(0, at).split('\n').length;
    return text;
  }

  /** The file parsed as JSON, with bare NaN and Infinity as numbers. Undefined if the file is not JSON. */
  json(): Promise<unknown> {
    if (this.#json) return this.#json;
    const parsed = this.#parse();
    if (this.bytes <= MAX_CACHED_BYTES) {
      this.#json = parsed;
      cacheUntilEvicted(this.bytes * PARSED_FACTOR, () => (this.#json = undefined));
    }
    return parsed;
  }

  /** SHA-256 of the stored bytes in lower-case hex. Computed once. */
  sha256(): Promise<string> {
    return (this.#sha256 ??= this.#digest());
  }

  async #digest(): Promise<string> {
    const hash = createHash('sha256');
    for await (const part of this.parts()) hash.update(part);
    return hash.digest('hex');
  }

  async #parse(): Promise<unknown> {
    const head = (await this.headText()).replace(/^\uFEFF/, '').trimStart();
    if (!head.startsWith('{') && !head.startsWith('[')) return undefined;
    const text = await this.text();
    try {
      return tolerantJson(text);
    } catch {
      return undefined;
    }
  }
}

/** The names of the innermost folders in the path of a file. */
export const foldersOf = (path: string): readonly string[] => path.split('/').slice(0, -1).slice(-4);

/** The files that a predicate accepts. The files are read one by one. */
export async function filterFiles(
  files: readonly SourceFile[],
  accepts: (file: SourceFile) => Promise<boolean>,
): Promise<SourceFile[]> {
  const accepted: SourceFile[] = [];
  for (const file of files) if (await accepts(file)) accepted.push(file);
  return accepted;
}

/** The same, where a file that holds too much to be looked at is none of them: `SourceFile.tooLarge` says so. */
export const filterHeld = (
  files: readonly SourceFile[],
  accepts: (file: SourceFile) => Promise<boolean>,
): Promise<SourceFile[]> =>
  filterFiles(files, async (file) => (await unlessTooLarge(accepts(file))) ?? false);

/** A folder in memory, given as text or bytes by path. */
export function folderOf(name: string, files: Readonly<Record<string, string | Uint8Array>>): Folder {
  const entries = Object.entries(files).map(([path, content]) => {
    const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
    const folders = foldersOf(`${name}/${path}`);
    return new SourceFile({ path, folders, bytes: bytes.length, read: () => Promise.resolve(bytes) });
  });
  return { name, files: entries.toSorted((left, right) => (left.path < right.path ? -1 : 1)) };
}

/** Total size of the caches of all files. When it is exceeded, the oldest entries are evicted. */
const CACHE_BYTES = 256 * 1024 * 1024;

const cache: { readonly bytes: number; readonly evict: () => void }[] = [];
const cached = { bytes: 0, evicted: 0 };

/** Counts a cached value against the budget; `evict` drops it when the budget is exceeded. */
function cacheUntilEvicted(bytes: number, evict: () => void): void {
  cache.push({ bytes, evict });
  cached.bytes += bytes;
  while (cached.bytes > CACHE_BYTES) {
    const oldest = cache[cached.evicted];
    if (!oldest) break;
    oldest.evict();
    cached.bytes -= oldest.bytes;
    cached.evicted += 1;
  }
  if (cached.evicted > 10_000) {
    cache.splice(0, cached.evicted);
    cached.evicted = 0;
  }
}
