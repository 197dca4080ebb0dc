import { Fault } from '@tributary/kernel';
import { compressionOf, contentOf, headOf } from './content.ts';
import type { Compression } from './content.ts';
import type { FieldKind, SeenFields } from './field.ts';
import { elementsOf } from './json-array.ts';
import { linesOf } from './json-lines.ts';
import { decoded, documentIn, documentOf, seeFields, wholeRow } from './json-rows.ts';
import { parquetFile } from './parquet.ts';
import type { ParquetFile } from './parquet.ts';
import { RowBytes } from './row-bytes.ts';
import { MAX_DOCUMENT_BYTES, skipped } from './row.ts';
import type { Document, RawRow, SkippedRow } from './row.ts';
import { isTar, TAR_BLOCK } from './tar-header.ts';
import { tarMembers } from './tar.ts';
import { samplesOf } from './webdataset.ts';

export type DocumentFormat = 'json' | 'jsonl' | 'parquet' | 'tar' | 'text';

/** A file of documents. Nothing of it is in memory but the row at hand, or the row group at hand of Parquet. */
export type DocumentFile = {
  readonly path: string;
  readonly format: DocumentFormat;
  /** The fields of its first rows. Plain text has none. */
  fields(): Promise<SeenFields>;
  /** How many rows it has, as far as it can be read. */
  rows(): Promise<number>;
  /**
   * The documents in `field` of the rows that are wanted, in their order. What cannot be read is the last one,
   * `file_broken`. Plain text is one document, whatever the field.
   */
  documents(field: string, isWanted?: (row: number) => boolean): AsyncGenerator<Document | SkippedRow>;
  /** The rows that are wanted as documents themselves: the JSON of a row with all of its fields. Plain text is as above. */
  wholeRows(isWanted?: (row: number) => boolean): AsyncGenerator<Document | SkippedRow>;
};

/** Opens a file as what its content says; its name decides only between lines of JSON and one text. */
export async function documentFile(path: string): Promise<DocumentFile> {
  const stored = await headOf(path, 4);
  if (stored.toString('latin1') === 'PAR1') return fromParquet(path);
  const compression = compressionOf(stored);
  const first = await firstBytes(path, compression);
  const content = () => contentOf(path, compression);
  if (isTar(first) || isEmptyTar(path, first))
    return fromRows(path, 'tar', () => samplesOf(tarMembers(content())));
  if (isZip(first)) return fromZip(path);
  const format = formatOf(path, textOf(first));
  if (format === 'text') return fromText(path, content);
  return fromRows(path, format, () => (format === 'json' ? elementsOf(content()) : linesOf(content())));
}

/** At least a block of tar, where the content has as much. */
async function firstBytes(path: string, compression: Compression): Promise<Buffer> {
  let first = Buffer.alloc(0);
  try {
    for await (const part of contentOf(path, compression)) {
      first = Buffer.concat([first, part]);
      if (first.length >= TAR_BLOCK) break;
    }
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
  }
  return first;
}

const textOf = (head: Buffer): string =>
  head
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .trimStart();

const TAR_NAME = /\.tar$/;

/** An archive without members is nothing but zeros, so that its name has to say what it is. */
const isEmptyTar = (path: string, head: Buffer): boolean =>
  TAR_NAME.test(plainName(path)) && head.length >= TAR_BLOCK && head.every((byte) => byte === 0);

/** Read as one text, an archive would be a document of headers and of all of its files. */
const isZip = (head: Buffer): boolean => head.subarray(0, 4).toString('latin1') === 'PK\u0003\u0004';

const fromZip = (path: string): DocumentFile =>
  fromText(path, async function* () {
    yield* [];
    throw new Fault('file_broken', 'it is a zip archive: extract it, and measure its files');
  });

/** Without what compression adds to it. */
const plainName = (path: string): string => path.toLowerCase().replace(/\.(gz|zst|zstd)$/, '');

function formatOf(path: string, head: string): Exclude<DocumentFormat, 'parquet' | 'tar'> {
  const name = plainName(path);
  if (/\.(jsonl|ndjson)$/.test(name)) return 'jsonl';
  if (name.endsWith('.json')) return head.startsWith('[') ? 'json' : 'jsonl';
  if (/^\[\s*\{\s*"/.test(head)) return 'json';
  return /^\{\s*"/.test(head) ? 'jsonl' : 'text';
}

/** Rows in which the fields are looked for. */
const SEEN_ROWS = 100;

const EVERY = () => true;

function fromRows(path: string, format: DocumentFormat, rows: () => AsyncGenerator<RawRow>): DocumentFile {
  async function* made(
    isWanted: (row: number) => boolean,
    make: (raw: RawRow) => Document | SkippedRow,
  ): AsyncGenerator<Document | SkippedRow> {
    const seen = { next: 0 };
    const read = asFarAsReadable(rows(), (reason) => skipped(seen.next, 'file_broken', reason));
    for await (const raw of read) {
      seen.next = raw.row + 1;
      if ('code' in raw) yield raw;
      else if (isWanted(raw.row)) yield make(raw);
    }
  }
  return {
    path,
    format,
    async fields() {
      const seen = new Map<string, FieldKind>();
      const first = asFarAsReadable(rows(), () => undefined);
      for await (const raw of first) if (raw && seeFields(raw, seen) && raw.row + 1 >= SEEN_ROWS) break;
      return seen;
    },
    async rows() {
      let count = 0;
      for await (const raw of asFarAsReadable(rows(), () => undefined)) count += raw ? 1 : 0;
      return count;
    },
    documents: (field, isWanted = EVERY) => made(isWanted, (raw) => documentOf(raw, field)),
    wholeRows: (isWanted = EVERY) => made(isWanted, wholeRow),
  };
}

/** The items, and behind them what stands for the rest where it cannot be read. */
async function* asFarAsReadable<Item, Rest>(
  items: AsyncGenerator<Item>,
  rest: (reason: string) => Rest,
): AsyncGenerator<Item | Rest> {
  try {
    yield* items;
  } catch (error) {
    if (!(error instanceof Fault) || error.code !== 'file_broken') throw error;
    yield rest(`nothing was read from here on: ${error.message}`);
  }
}

async function fromParquet(path: string): Promise<DocumentFile> {
  const opened = await parquetFile(path).catch((error: unknown) => {
    if (error instanceof Fault && error.code === 'file_broken') return error;
    throw error;
  });
  async function* made(
    read: (file: ParquetFile) => AsyncGenerator<Document | SkippedRow>,
  ): AsyncGenerator<Document | SkippedRow> {
    if (opened instanceof Fault) return yield skipped(0, 'file_broken', opened.message);
    const seen = { next: 0 };
    const rows = asFarAsReadable(read(opened), (reason) => skipped(seen.next, 'file_broken', reason));
    for await (const one of rows) {
      seen.next = one.row + 1;
      yield one;
    }
  }
  return {
    path,
    format: 'parquet',
    fields: async () => (opened instanceof Fault ? new Map() : opened.fields),
    rows: async () => (opened instanceof Fault ? 0 : opened.rows),
    documents: (field, isWanted = EVERY) => made((file) => file.documents(field, isWanted)),
    wholeRows: (isWanted = EVERY) => made((file) => file.wholeRows(isWanted)),
  };
}

function fromText(path: string, content: () => AsyncGenerator<Buffer>): DocumentFile {
  async function* document(isWanted: (row: number) => boolean): AsyncGenerator<Document | SkippedRow> {
    if (!isWanted(0)) return;
    yield* asFarAsReadable(wholeText(content()), (reason) => skipped(0, 'file_broken', reason));
  }
  return {
    path,
    format: 'text',
    fields: async () => new Map(),
    rows: async () => 1,
    documents: (_field, isWanted = EVERY) => document(isWanted),
    wholeRows: (isWanted = EVERY) => document(isWanted),
  };
}

async function* wholeText(content: AsyncGenerator<Buffer>): AsyncGenerator<Document | SkippedRow> {
  const bytes = new RowBytes();
  for await (const part of content) bytes.add(part);
  const all = bytes.take();
  if (all === undefined)
    return yield skipped(0, 'document_too_long', `the text is longer than ${MAX_DOCUMENT_BYTES} bytes`);
  const text = decoded(all);
  yield text === undefined
    ? skipped(0, 'invalid_utf8', 'the text is not UTF-8')
    : documentIn(0, text, 'text');
}
