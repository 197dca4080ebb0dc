import type { Clock } from '@tributary/kernel';
import { Fault, pace } from '@tributary/kernel';
import { RecordedGroup } from './recorded-group.ts';
import type { CommitCount } from './commit-count.ts';
import { chunkBound, HEADER_BYTES, writeChunk } from './chunk-encoding.ts';
import { decodeCursor, encodeCursor } from './cursors.ts';
import type { DurableEnd } from './durable-end.ts';
import type { Environment } from './environment.ts';
import { metaKey } from './environment.ts';
import type { Appended, Cursor, RecordedEvent } from './event-log.ts';
import type { IdIndex } from './id-index.ts';
import { numberKey } from './keys.ts';
import type { AppendRequest } from './append-request.ts';
import type { LogDigests } from './log-digests.ts';
import { encodeFolders } from './own-folders.ts';
import type { FolderChange } from './own-folders.ts';
import type { RecentEvents } from './recent-events.ts';
import { checkTail, encodeCounts } from './start-check.ts';
import { encodeStatements } from './stated-versions.ts';
import type { StatedVersions } from './stated-versions.ts';
import type { StreamHeads } from './stream-heads.ts';
import { lmdbWriteFault, requireRoom } from './write-fault.ts';

/** A request to the writer: events, a cursor to set, or a folder to note. */
export type WriteRequest = {
  readonly request: AppendRequest;
  readonly cursor?: { readonly name: string; readonly cursor: Cursor };
  readonly folder?: FolderChange;
};

/** Payload bytes of a chunk: large enough for cheap puts, small enough to read one event cheaply. */
const CHUNK_BYTES = 64 * 1024;

/** A larger buffer, which one large group needed, is not kept. */
const KEPT_BYTES = 32 * 1024 ** 2;

/** Events that are encoded before others have their turn. */
const EVENTS_IN_A_TURN = 1_000;

/** What a group notes beside its events. */
type Noted = {
  readonly cursors: readonly { readonly name: string; readonly cursor: Cursor }[];
  readonly folders: readonly FolderChange[];
};

type Chunk = { readonly key: Buffer; readonly value: Buffer };

type WriterParts = {
  readonly environment: Environment;
  readonly commits: CommitCount;
  readonly ids: IdIndex;
  readonly heads: StreamHeads;
  readonly counts: Map<string, number>;
  readonly digests: LogDigests;
  readonly recent: RecentEvents;
  readonly end: DurableEnd;
  readonly versions: StatedVersions;
  readonly recorded: (position: number) => RecordedEvent;
  readonly clock: Clock;
};

/** Writes a group of requests in one transaction: events, ids, heads, counts, digests and cursors change together or not at all. */
export class LogWriter {
  readonly #log: WriterParts;
  readonly #cursors = new Map<string, Cursor>();
  #counts: Readonly<Record<string, number>>;
  #recordTime: number;
  #scratch: Buffer = Buffer.alloc(0);

  constructor(log: WriterParts, recordTime: number) {
    this.#log = log;
    this.#recordTime = recordTime;
    this.#counts = Object.fromEntries(log.counts);
    for (const { key, value } of log.environment.cursors.getRange())
      this.#cursors.set(key.toString(), decodeCursor(value));
  }

  /** Durable events by type. */
  get counts(): Readonly<Record<string, number>> {
    return this.#counts;
  }

  /** Of the last durable event, microseconds since 1970; 0 where there is none. */
  get recordTime(): number {
    return this.#recordTime;
  }

  cursor(name: string): Cursor | undefined {
    return this.#cursors.get(name);
  }

  async commit(writes: readonly WriteRequest[]): Promise<readonly Appended[]> {
    const group = new RecordedGroup({
      ...this.#log,
      position: this.#log.end.number,
      recordTime: this.#recordTime,
      now: this.#log.clock(),
    });
    const outcomes: Appended[] = [];
    for (const { request } of writes) outcomes.push(await group.add(request));
    const cursors = writes.flatMap(({ cursor }) => cursor ?? []);
    const folders = writes.flatMap(({ folder }) => folder ?? []);
    if (group.events.length + cursors.length + folders.length === 0) return outcomes;
    try {
      await this.#put(group, { cursors, folders });
    } catch (cause) {
      throw await this.#undone(cause);
    }
    for (const { name, cursor } of cursors) this.#cursors.set(name, cursor);
    if (group.events.length > 0) this.#publish(group.events);
    return outcomes;
  }

  /**
   * The fault of a commit that failed. After `disk_full` memory holds again what the file holds, which must end where the
   * last acknowledged event does. Throws Fault `log_damaged` where it does not.
   */
  async #undone(cause: unknown): Promise<Fault> {
    const { environment, ids, heads, counts, end } = this.#log;
    const fault = await lmdbWriteFault(cause, environment.directory, writeFault);
    if (fault.code !== 'disk_full') return fault;
    ids.reload();
    heads.reload();
    counts.clear();
    for (const [type, count] of Object.entries(this.#counts)) counts.set(type, count);
    const { position } = checkTail(environment, { ids, heads, counts });
    return position === end.number ? fault : writeFault(cause);
  }

  /** Everything is encoded first: LMDB starts on a batch before it is complete, so nothing may throw within it. */
  async #put(group: RecordedGroup, { cursors, folders }: Noted): Promise<void> {
    const { environment, commits, ids, heads, counts, digests, end, versions } = this.#log;
    const chunks = await this.#encode(group);
    const countsValue = encodeCounts(counts);
    const digested = digests.after(group.events);
    const stated = versions.after(group.events, end.number + 1);
    const statedValue = stated && encodeStatements(stated);
    const cursorValues = cursors.map(({ name, cursor }) => ({
      key: Buffer.from(name),
      value: encodeCursor(cursor),
    }));
    const foldersValue = folders.length > 0 && encodeFolders(environment.meta, folders);
    const bytes = chunks.reduce((sum, { value }) => sum + value.length, countsValue.length);
    const entries = 2 * group.events.length + cursors.length + folders.length;
    const ready = (): void => {
      if (environment.file.isReplaced()) throw logReplaced();
      requireRoom(environment.directory, bytes, entries);
    };
    const put = (): void => {
      for (const { key, value } of cursorValues) void environment.cursors.put(key, value);
      if (foldersValue) void environment.meta.put(metaKey('folders'), foldersValue);
      if (chunks.length === 0) return;
      ids.put(group.events, end.number + 1);
      for (const { key, value } of chunks) void environment.events.put(key, value);
      heads.put();
      void environment.meta.put(metaKey('counts'), countsValue);
      for (const { key, value } of digested.entries) void environment.meta.put(key, value);
      if (statedValue) void environment.meta.put(metaKey('versions'), statedValue);
    };
    await commits.commit(put, { ready });
    digests.advance(digested);
    if (stated) versions.accept(stated);
  }

  /** Encodes into the memory that the last commit used. */
  async #encode({ events, previous }: RecordedGroup): Promise<Chunk[]> {
    const bound = chunkBound(events) + HEADER_BYTES * events.length;
    if (this.#scratch.length < bound || this.#scratch.length > KEPT_BYTES)
      this.#scratch = Buffer.allocUnsafeSlow(bound * 2);
    const paced = pace(EVENTS_IN_A_TURN);
    const chunks: Chunk[] = [];
    let [start, offset] = [0, 0];
    for (const end of chunkEnds(events)) {
      const turn = paced(end - start);
      if (turn) await turn;
      const content = { events: events.slice(start, end), previous: previous.slice(start, end) };
      const value = this.#scratch.subarray(offset, writeChunk(this.#scratch, offset, content));
      chunks.push({ key: numberKey(this.#log.end.number + start + 1), value });
      offset += value.length;
      start = end;
    }
    return chunks;
  }

  #publish(events: readonly RecordedEvent[]): void {
    const { recent, counts, end } = this.#log;
    const last = events.at(-1);
    recent.push(events);
    this.#recordTime = last?.recordTime ?? this.#recordTime;
    this.#counts = Object.fromEntries(counts);
    end.advance(end.number + events.length);
  }
}

/** After a failed flush it is unknown what was written, and a flush cannot be repeated. */
export function writeFault(cause: unknown): Fault {
  if (cause instanceof Fault) return cause;
  return new Fault(
    'log_write_failed',
    'the log could not be written and accepts no more events; repair the disk, then restart the server',
    { cause },
  );
}

/** What is written to a file without a name is gone when its last user ends, and nobody would know. */
export const logReplaced = (): Fault =>
  new Fault(
    'log_replaced',
    'the file of the log is not the one that this process has open: it was deleted, moved or replaced while the process ran. Nothing is stored any more. Put the file back, or leave the one that is to be served in its place, then restart the server',
  );

/** Where each chunk ends, as indexes into the events. */
function chunkEnds(events: readonly RecordedEvent[]): number[] {
  const ends: number[] = [];
  let bytes = 0;
  for (const [index, event] of events.entries()) {
    bytes += event.bytes.length;
    if (bytes < CHUNK_BYTES && index < events.length - 1) continue;
    ends.push(index + 1);
    bytes = 0;
  }
  return ends;
}
