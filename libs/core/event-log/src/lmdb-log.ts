import type { Clock, CommitFailure, Position } from '@tributary/kernel';
import { Fault, GroupCommit, parseEventPosition, systemClock } from '@tributary/kernel';
import { Chunks } from './chunks.ts';
import { withDeadline } from './deadline.ts';
import { CommitCount } from './commit-count.ts';
import { beyondEnd, closed, DurableEnd } from './durable-end.ts';
import type { Environment, LogIdentity } from './environment.ts';
import { identityOf, metaKey, openEnvironment } from './environment.ts';
import type { Appended, Cursor, EventLog, NewEvent, RecordedEvent, Verification } from './event-log.ts';
import { FlushWatch, logOverdue } from './flush-watch.ts';
import { IdIndex } from './id-index.ts';
import { completeDigests, LogDigests } from './log-digests.ts';
import { LogReader } from './log-reader.ts';
import type { WriteRequest } from './log-writer.ts';
import { logReplaced, LogWriter, writeFault } from './log-writer.ts';
import { appendRequest } from './append-request.ts';
import { OwnFolders } from './own-folders.ts';
import { RecentEvents } from './recent-events.ts';
import { checkTail, decodeCounts } from './start-check.ts';
import { StatedVersions } from './stated-versions.ts';
import type { VersionOf } from './stated-versions.ts';
import { StreamHeads } from './stream-heads.ts';
import { Verifier } from './verification.ts';
import type { WriterLock } from './writer-lock.ts';
import { lockForWriting } from './writer-lock.ts';

export type LmdbLogOptions = {
  readonly directory: string;
  readonly clock?: Clock;
  /** Bytes of address space for the file at the start. LMDB maps more when the file grows beyond. */
  readonly mapBytes?: number;
  /** Bytes of memory for the newest events. */
  readonly recentBytes?: number;
  /** A commit group closes at this many payload bytes. */
  readonly groupBytes?: number;
  /** Of the log that a new one takes the place of; an id of its own where absent. A log that is there has its own. */
  readonly identity?: LogIdentity | undefined;
  /** Called before each append; what it throws refuses the append. Cursors are set without it. */
  readonly admit?: (() => void) | undefined;
  /** The versions of schemas by which this program accepts events; nothing is stated of them where absent. */
  readonly versionOf?: VersionOf | undefined;
  /** Milliseconds that an append may take; no limit where absent. */
  readonly appendTimeout?: number | undefined;
  /** Milliseconds after which a flush is overdue; those of an append where absent. */
  readonly flushTimeout?: number | undefined;
  /** Called after each append that was answered, with its outcome and the milliseconds that it took. */
  readonly onAppended?: ((appended: Appended, millis: number) => void) | undefined;
};

const MIB = 1024 ** 2;

/** A log in a directory of its own. Its id is random and stays with its events. */
export type LocalLog = Omit<EventLog, 'verify'> & {
  readonly logId: string;
  /** The types of which it has events that a later version accepted, each with that version of the schema. */
  newer(): readonly (readonly [type: string, version: string])[];
  /** The folders beside the log that were made for it. */
  readonly folders: OwnFolders;
  /** The record time of its last event, microseconds since 1970; 0 where it has none. */
  lastRecordTime(): number;
  /** Why it accepts nothing more until it is opened again; undefined while it does. */
  fault(): unknown;
  /** That it has been writing for longer than a flush may take; undefined where it has not, or flushes have no limit. */
  overdue(): Fault | undefined;
  /** That its file was deleted, moved or replaced, so that it will accept nothing more; undefined where it is in its place. */
  replaced(): Fault | undefined;
  /** For a log that is to take its place. */
  identity(): LogIdentity;
  /** As of every log; `progress` gets the number of events that were read. */
  verify(progress?: (events: number) => void): Promise<Verification>;
};

/**
 * Opens the log of a directory, and makes it where it is missing. Throws Faults: `log_locked` beside another writer,
 * `log_format_unknown`, `log_damaged` when its end is not what was written.
 */
export async function openLmdbLog(options: LmdbLogOptions): Promise<LocalLog> {
  const { directory, clock = systemClock, mapBytes = 64 * 1024 * MIB } = options;
  const lock = await lockForWriting(directory);
  try {
    const environment = await openEnvironment(directory, { mapBytes, clock, identity: options.identity });
    try {
      await completeDigests(environment, new Chunks(environment.events));
      return new LmdbLog(environment, lock, {
        clock,
        recentBytes: 64 * MIB,
        groupBytes: 2 * MIB,
        ...options,
      });
    } catch (error) {
      await environment.file.close();
      throw error;
    }
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** Bytes that an event weighs beside its own: a group of small ones ends by their number, because LMDB takes it in one go. */
const EVENT_WEIGHT = 400;

class LmdbLog implements LocalLog {
  readonly logId: string;
  readonly folders: OwnFolders;
  readonly #environment: Environment;
  readonly #lock: WriterLock;
  readonly #ids: IdIndex;
  readonly #heads: StreamHeads;
  readonly #chunks: Chunks;
  readonly #digests: LogDigests;
  readonly #end: DurableEnd;
  readonly #reader: LogReader;
  readonly #writer: LogWriter;
  readonly #group: GroupCommit<WriteRequest, Appended>;
  readonly #versions: StatedVersions;
  readonly #flush: FlushWatch;
  readonly #options: Pick<LmdbLogOptions, 'admit' | 'appendTimeout' | 'onAppended'>;
  #isClosed = false;

  constructor(
    environment: Environment,
    lock: WriterLock,
    options: LmdbLogOptions & { clock: Clock; recentBytes: number; groupBytes: number },
  ) {
    this.logId = environment.logId;
    this.folders = new OwnFolders(environment.meta, (folder) =>
      this.#submit({ request: appendRequest([], true), folder }),
    );
    this.#options = options;
    const commits = new CommitCount(environment.commits, environment.file.pause, taken);
    const counts = decodeCounts(environment.meta.get(metaKey('counts')));
    const ids = new IdIndex(environment);
    const heads = new StreamHeads(environment.heads);
    const tail = checkTail(environment, { ids, heads, counts });
    const recent = new RecentEvents(options.recentBytes, tail.position);
    this.#environment = environment;
    this.#lock = lock;
    this.#ids = ids;
    this.#heads = heads;
    this.#chunks = new Chunks(environment.events);
    this.#digests = new LogDigests(environment.meta);
    this.#end = new DurableEnd(tail.position);
    this.#versions = new StatedVersions(environment.meta.get(metaKey('versions')), options.versionOf);
    const own = { chunks: this.#chunks, digests: this.#digests, end: this.#end, versions: this.#versions };
    const shared = { environment, ids, heads, counts, recent, ...own };
    const reader = new LogReader(shared);
    const recorded = (position: number): RecordedEvent => reader.recorded(position);
    const writer = new LogWriter({ ...shared, commits, recorded, clock: options.clock }, tail.recordTime);
    this.#reader = reader;
    this.#writer = writer;
    const limit = options.flushTimeout ?? options.appendTimeout ?? Infinity;
    const flush = new FlushWatch(limit, () => performance.now(), logOverdue);
    this.#flush = flush;
    this.#group = new GroupCommit({
      commit: (writes) => flush.during(() => writer.commit(writes)),
      onFailure: failureOf,
      maxWeight: options.groupBytes,
    });
  }

  readonly cursors = {
    get: (name: string): Cursor | undefined => this.#writer.cursor(name),
    set: async (name: string, cursor: Cursor): Promise<void> => {
      await this.#submit({ request: appendRequest([], true), cursor: { name, cursor } });
    },
  };

  async append(events: readonly NewEvent[], { atomic }: { readonly atomic: boolean }): Promise<Appended> {
    this.#options.admit?.();
    const write = { request: appendRequest(events, atomic) };
    const began = performance.now();
    const appended = await withDeadline(this.#options.appendTimeout, (overdue) =>
      this.#submit(write, overdue),
    );
    this.#options.onAppended?.(appended, performance.now() - began);
    return appended;
  }

  async read(range: Parameters<EventLog['read']>[0]): Promise<RecordedEvent[]> {
    return this.#reading.read(range);
  }

  async readStream(stream: string): Promise<RecordedEvent[]> {
    return this.#reading.readStream(stream);
  }

  async find(source: string, id: string): Promise<RecordedEvent | undefined> {
    return this.#reading.find(source, id);
  }

  async at(position: Position): Promise<RecordedEvent | undefined> {
    return this.#reading.at(parseEventPosition(position));
  }

  head(): Position {
    return this.#end.position;
  }

  async positionAt(recordTimeMicros: number): Promise<Position> {
    return this.#reading.positionAt(recordTimeMicros);
  }

  async digestAt(position: Position): Promise<bigint> {
    if (this.#isClosed) throw closed();
    const number = parseEventPosition(position);
    if (!(number <= this.#digests.end.position)) throw beyondEnd(position);
    return this.#digests.at(number, this.#chunks);
  }

  counts(): Readonly<Record<string, number>> {
    return this.#writer.counts;
  }

  newer(): readonly (readonly [type: string, version: string])[] {
    return this.#versions.newer();
  }

  identity(): LogIdentity {
    return identityOf(this.#environment);
  }

  lastRecordTime(): number {
    return this.#writer.recordTime;
  }

  fault(): unknown {
    return this.#group.stopped;
  }

  overdue(): Fault | undefined {
    return this.#flush.overdue();
  }

  replaced(): Fault | undefined {
    return this.#environment.file.isReplaced() ? logReplaced() : undefined;
  }

  changed(after: Position, signal?: AbortSignal): Promise<void> {
    return this.#end.changed(after, signal);
  }

  verify(progress?: (events: number) => void): Promise<Verification> {
    return new Verifier({
      environment: this.#environment,
      chunks: this.#chunks,
      ids: this.#ids,
      heads: this.#heads,
      digests: this.#digests,
      end: () => this.#end.number,
      quiet: () => this.#group.quiet(),
    }).run(progress);
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    await this.#group.quiet();
    this.#end.close();
    await this.#environment.file.close();
    this.#lock.release();
  }

  get #reading(): LogReader {
    if (this.#isClosed) throw closed();
    return this.#reader;
  }

  async #submit(write: WriteRequest, giveUp?: AbortSignal): Promise<Appended> {
    if (this.#isClosed) throw closed();
    const { bytes, events } = write.request;
    return this.#group.submit(write, bytes + EVENT_WEIGHT * events.length, giveUp);
  }
}

/** A full disk has stored nothing, and the next group may find room. */
function failureOf(cause: unknown): CommitFailure {
  const fault = writeFault(cause);
  return { fault, policy: fault.code === 'disk_full' ? 'reject' : 'stop' };
}

const taken = (): Fault =>
  new Fault(
    'log_taken',
    'another process writes to this log, perhaps from another container; nothing was stored: stop one of the two, then ' +
      'restart this one, which accepts no more events',
  );
