import { createHash } from 'node:crypto';
import { unpacked } from './gzip.ts';
import { remember } from './kept.ts';
import { tolerantJson } from './tolerant-json.ts';

/** What an importer may look at: a listing, and the bytes behind each entry. */
export type Folder = { readonly name: string; readonly files: readonly SourceFile[] };

const HEAD_BYTES = 64 * 1024;

/** Parsed files are kept up to this size for a while: several importers look at the same file. */
const KEPT_BYTES = 4 * 1024 * 1024;

/** Memory of parsed JSON to bytes of its text, roughly. */
const PARSED_FACTOR = 6;

type Bytes = {
  readonly path: string;
  readonly bytes: number;
  readonly read: () => Promise<Uint8Array>;
  /** The same bytes in parts, for files that are too large to hold. */
  readonly parts?: () => AsyncIterable<Uint8Array>;
};

/** A file of a folder. `path` is relative to the folder, with `/` between its parts. */
export class SourceFile {
  readonly path: string;
  readonly bytes: number;
  readonly #read: () => Promise<Uint8Array>;
  readonly #parts: (() => AsyncIterable<Uint8Array>) | undefined;
  readonly #readHead: (bytes: number) => Promise<Uint8Array>;
  #head: Promise<Uint8Array> | undefined;
  #json: Promise<unknown> | undefined;
  #sha256: Promise<string> | undefined;

  /** `readHead` reads the first bytes without the rest; absent, the whole file is read. */
  constructor(file: Bytes, readHead?: (bytes: number) => Promise<Uint8Array>) {
    this.path = file.path;
    this.bytes = file.bytes;
    this.#read = file.read;
    this.#parts = file.parts;
    this.#readHead = readHead ?? (async (bytes) => (await file.read()).subarray(0, bytes));
  }

  /** The last part of the path. */
  get name(): string {
    return this.path.slice(this.path.lastIndexOf('/') + 1);
  }

  /** The bytes as they are. */
  read(): Promise<Uint8Array> {
    return this.#read();
  }

  /** The bytes as they are, in parts. */
  async *parts(): AsyncGenerator<Uint8Array> {
    if (this.#parts) yield* this.#parts();
    else yield await this.#read();
  }

  /** The bytes, without gzip around them where they are a gzip file. */
  async content(): Promise<Uint8Array> {
    return unpacked(await this.#read());
  }

  /** The first 64 KiB. */
  head(): Promise<Uint8Array> {
    if (!this.#head) {
      this.#head = this.#readHead(HEAD_BYTES);
      remember(Math.min(this.bytes, HEAD_BYTES), () => (this.#head = undefined));
    }
    return this.#head;
  }

  /** The content of the first 64 KiB as text; what is not UTF-8 becomes U+FFFD. */
  async headText(): Promise<string> {
    return new TextDecoder().decode(unpacked(await this.head()));
  }

  /** The content as text. */
  async text(): Promise<string> {
    return new TextDecoder().decode(await this.content());
  }

  /** The whole file as JSON, bare NaN and Infinity read as numbers; undefined where it is none. */
  json(): Promise<unknown> {
    if (this.#json) return this.#json;
    const parsed = this.#parse();
    if (this.bytes <= KEPT_BYTES) {
      this.#json = parsed;
      remember(this.bytes * PARSED_FACTOR, () => (this.#json = undefined));
    }
    return parsed;
  }

  /** SHA-256 of the bytes, lower-case hex; kept. */
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
    try {
      return tolerantJson(await this.text());
    } catch {
      return undefined;
    }
  }
}

/** A folder held in memory: text or bytes by path. */
export function folderOf(name: string, files: Readonly<Record<string, string | Uint8Array>>): Folder {
  const entries = Object.entries(files).map(([path, content]) => {
    const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
    return new SourceFile({ path, bytes: bytes.length, read: () => Promise.resolve(bytes) });
  });
  return { name, files: entries.toSorted((left, right) => (left.path < right.path ? -1 : 1)) };
}
