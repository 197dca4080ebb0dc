import type { Chunk } from './chunk.ts';
import { damaged } from './chunk.ts';
import type { Chunks } from './chunks.ts';
import type { Environment } from './environment.ts';
import { DIGEST_RANGE, digestBetween, DigestSum } from './event-digest.ts';
import type { RecordedEvent } from './event-log.ts';
import { numberKey } from './keys.ts';
import { requireRoom } from './write-fault.ts';

type Meta = Environment['meta'];
type Entry = { readonly key: Buffer; readonly value: Buffer };

/** The sum of the digests of all events up to a position. */
type Summed = { readonly position: number; readonly sum: bigint };

const NOTHING: Summed = { position: 0, sum: 0n };
const END = Buffer.from('digest');

/** What a commit puts into the log, and the sum after it. */
export type DigestChange = { readonly entries: readonly Entry[]; readonly end: Summed };

/**
 * The digests of a log: their sum up to its end and to the end of each range of `DIGEST_RANGE` positions, kept in the
 * transaction of the events. So the sum up to any position costs less than one range of hashes to compute.
 */
export class LogDigests {
  readonly #meta: Meta;
  #end: Summed;

  constructor(meta: Meta) {
    this.#meta = meta;
    this.#end = decoded(meta.get(END)) ?? NOTHING;
  }

  /** What consecutive events after the end change. */
  after(events: Iterable<Pick<RecordedEvent, 'source' | 'type' | 'hash'>>): DigestChange {
    const sum = new DigestSum(this.#end.sum);
    let { position } = this.#end;
    const entries: Entry[] = [];
    for (const event of events) {
      position += 1;
      sum.add(position, event);
      if (isRangeEnd(position))
        entries.push({ key: keyOf(position), value: encoded({ position, sum: sum.value }) });
    }
    const end = { position, sum: sum.value };
    return { entries: [...entries, { key: END, value: encoded(end) }], end };
  }

  /** After the commit of a change. */
  advance({ end }: DigestChange): void {
    this.#end = end;
  }

  get end(): Summed {
    return this.#end;
  }

  /** The sum that was kept at the end of a range. Throws Fault `log_damaged`. */
  kept(position: number): bigint {
    const kept = decoded(this.#meta.get(keyOf(position)));
    if (kept?.position !== position) throw damaged(`the log has no digest at ${position}`);
    return kept.sum;
  }

  /** The sum up to a position that the log has, from the nearest one that is kept. Throws Fault `log_damaged`. */
  at(position: number, chunks: Chunks): bigint {
    const before = Math.max(0, position - ((position + 1) % DIGEST_RANGE));
    const after = Math.min(this.#end.position, before + DIGEST_RANGE - (before === 0 ? 1 : 0));
    if (position - before < after - position)
      return BigInt.asUintN(64, this.#sumAt(before) + sumOf(chunks, before, position));
    return digestBetween(sumOf(chunks, position, after), this.#sumAt(after));
  }

  #sumAt(position: number): bigint {
    if (position === 0) return 0n;
    return position === this.#end.position ? this.#end.sum : this.kept(position);
  }
}

function sumOf(chunks: Chunks, from: number, to: number): bigint {
  const sum = new DigestSum();
  for (const [number, event] of eventsBetween(chunks, from, to)) sum.add(number, event);
  return sum.value;
}

export const isRangeEnd = (position: number): boolean => (position + 1) % DIGEST_RANGE === 0;

/** Positions of chunks whose sums are put in one transaction while a log of an earlier version gets its digests. */
const CHUNKS_AT_ONCE = 1_000;

/**
 * Gives a log that an earlier version has written, or has continued, the digests that it lacks. It reads the log once, from
 * where the digests end, and goes on there after an interruption. Throws Faults `log_damaged` and
 * `disk_full`.
 */
export async function completeDigests(
  { meta, directory, file }: Pick<Environment, 'meta' | 'directory' | 'file'>,
  chunks: Chunks,
): Promise<void> {
  const digests = new LogDigests(meta);
  const last = chunks.last();
  if (digests.end.position > last)
    throw damaged(`the log ends at ${last}, and its digests at ${digests.end.position}`);
  while (digests.end.position < last) {
    const change = digests.after(nextEvents(chunks, digests.end.position, last));
    const bytes = change.entries.reduce((sum, { value }) => sum + value.length, 0);
    await file.pause.during(async () => {
      requireRoom(directory, bytes, change.entries.length);
      await meta.batch(() => {
        for (const { key, value } of change.entries) void meta.put(key, value);
      });
    });
    digests.advance(change);
  }
}

function* nextEvents(chunks: Chunks, from: number, last: number): Generator<RecordedEvent> {
  let position = from;
  for (let count = 0; count < CHUNKS_AT_ONCE && position < last; count += 1) {
    const chunk = chunks.fresh(position + 1);
    for (const [, event] of eventsIn(chunk, position + 1, chunk.last)) yield event;
    position = chunk.last;
  }
}

/** The events after a position, up to another one, with their numbers. */
function* eventsBetween(chunks: Chunks, from: number, to: number): Generator<[number, RecordedEvent]> {
  for (let position = from; position < to;) {
    const chunk = chunks.fresh(position + 1);
    yield* eventsIn(chunk, position + 1, Math.min(chunk.last, to));
    position = chunk.last;
  }
}

function* eventsIn(chunk: Chunk, first: number, last: number): Generator<[number, RecordedEvent]> {
  for (let number = first; number <= last; number += 1) yield [number, chunk.unverified(number)];
}

const keyOf = (position: number): Buffer => Buffer.concat([END, numberKey(position)]);

function encoded({ position, sum }: Summed): Buffer {
  const value = Buffer.allocUnsafe(16);
  value.writeDoubleLE(position, 0);
  value.writeBigUInt64LE(sum, 8);
  return value;
}

const decoded = (value: Buffer | undefined): Summed | undefined =>
  value?.length === 16 ? { position: value.readDoubleLE(0), sum: value.readBigUInt64LE(8) } : undefined;
