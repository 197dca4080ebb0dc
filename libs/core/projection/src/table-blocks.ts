import type { RecordedEvent } from '@tributary/event-log';
import { failureOf } from './projection-failures.ts';
import { chunksOf, wholeChunk } from './row-chunks.ts';
import type { RowChunk, Rows } from './row-chunks.ts';
import type { BlockBuilder, Sink } from './sink.ts';

/**
 * The engine accepts at most 300,000 rows and 64 MiB at once. A block is finished below that, because a chunk adds up to
 * 10,000 rows or 8 MiB, and because the engine needs several times a block's bytes to insert it. Smaller blocks make
 * more parts, and merging those costs the engine more than inserting them.
 */
const MAX_ROWS = 250_000;
const MAX_BYTES = 16 * 1024 * 1024;

/** Bytes of all blocks of a table in a batch, above which the batch is full. */
const FULL_BYTES = 48 * 1024 * 1024;

/** A block that is finished, and the number of its rows. */
type Finished<Block> = { readonly block: Block; readonly rows: number };

type Open<Block> = { readonly builder: BlockBuilder<Block>; rows: number; bytes: number };

/** The blocks of one table in a batch, usually one. Where they end depends on the rows alone. */
export class Blocks<Block> {
  readonly #begin: () => Promise<BlockBuilder<Block>>;
  readonly #finished: Finished<Block>[] = [];
  #open: Open<Block> | undefined;
  #rows = 0;
  #bytes = 0;

  constructor(sink: Sink<Block>, table: string) {
    this.#begin = () => sink.openBlock(`tributary.${table}`);
  }

  /** Whether the batch should take no more events. */
  get isFull(): boolean {
    return this.#rows >= MAX_ROWS || this.#bytes >= FULL_BYTES;
  }

  /** Adds rows synchronously. False where a block has to be opened, or the rows exceed a chunk. */
  takeNow(event: RecordedEvent, rows: Rows): boolean {
    const open = this.#open;
    const chunk = open && !isAtEnd(open) ? wholeChunk(rows) : undefined;
    if (!open || !chunk) return false;
    this.#count(take(event, open, chunk));
    return true;
  }

  /** Adds the rows of an event. Throws a ProjectionFailure for rows that the table cannot hold. */
  async take(event: RecordedEvent, rows: Rows): Promise<void> {
    for (const chunk of chunksOf(rows)) this.#count(take(event, await this.#room(), chunk));
  }

  /** All blocks, in order. */
  finish(): Finished<Block>[] {
    return this.#open ? [...this.#finished, finished(this.#open)] : this.#finished;
  }

  #count({ count, bytes }: RowChunk): void {
    this.#rows += count;
    this.#bytes += bytes;
  }

  async #room(): Promise<Open<Block>> {
    if (this.#open && !isAtEnd(this.#open)) return this.#open;
    if (this.#open) this.#finished.push(finished(this.#open));
    this.#open = { builder: await this.#begin(), rows: 0, bytes: 0 };
    return this.#open;
  }
}

const isAtEnd = ({ rows, bytes }: { rows: number; bytes: number }): boolean =>
  rows >= MAX_ROWS || bytes >= MAX_BYTES;

const finished = <Block>({ builder, rows }: Open<Block>): Finished<Block> => ({
  block: builder.finish(),
  rows,
});

function take<Block>(event: RecordedEvent, open: Open<Block>, chunk: RowChunk): RowChunk {
  const { rows, count, bytes } = chunk;
  try {
    if ('count' in rows) open.builder.addColumns(rows.columns, count);
    else open.builder.add(rows);
  } catch (cause) {
    throw failureOf(event, cause);
  }
  open.rows += count;
  open.bytes += bytes;
  return chunk;
}
