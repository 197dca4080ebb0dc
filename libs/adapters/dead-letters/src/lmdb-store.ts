import { closeSync, fsyncSync, openSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import {
  CommitCount,
  lmdbFileDamage,
  lmdbWriteFault,
  openLmdb,
  requireRoom,
  requireRoomToOpen,
} from '@tributary/event-log';
import { Fault, inTurns } from '@tributary/kernel';
import type { LmdbFile } from '@tributary/event-log';
import type { Database } from 'lmdb';
import type { DeadLetter } from './dead-letter.ts';
import type { DeadLetterCounts } from './dead-letters.ts';
import { writeFailed } from './dead-letter-store.ts';
import type { DeadLetterChanges, FoldedPartition, DeadLetterStore } from './dead-letter-store.ts';

/** Raised when an older program could misread what a newer one wrote. */
const FORMAT = '1';

/** Dead letters that are encoded before others have their turn. */
const IN_A_TURN = 500;

const MAP_BYTES = 16 * 1024 ** 3;
const DATABASES = ['meta', 'letters', 'pieces', 'order', 'commits'] as const;

const key = (text: string): Buffer => Buffer.from(text);
const FORMAT_KEY = key('format');
const COUNTS_KEY = key('counts');
const foldedKey = (partition: number): Buffer => key(`folded:${partition}`);

/**
 * Dead letters in one LMDB environment of a directory that one process writes. A write resolves after its flush; it throws
 * Fault `dead_letters_taken`, and changes nothing, where another process has written since, and `dead_letters_replaced` where
 * the file is not in its place any more. Throws Faults
 * `dead_letters_format_unknown`, `dead_letters_damaged` and `disk_full`.
 */
export async function openLmdbStore(directory: string): Promise<DeadLetterStore> {
  const damage = lmdbFileDamage(directory);
  if (damage !== undefined)
    throw new Fault(
      'dead_letters_damaged',
      `${damage}; put a copy of the folder in its place, or delete the file to go on without the dead letters in it`,
    );
  const file = await openLmdb(directory, { mapBytes: MAP_BYTES, databases: DATABASES });
  try {
    return await file.pause.during(async () => {
      const store = new LmdbStore(file, directory);
      await store.agreeOnFormat();
      syncDirectories(directory);
      return store;
    });
  } catch (error) {
    await file.close();
    throw error;
  }
}

type Part = Database<Buffer, Buffer>;

class LmdbStore implements DeadLetterStore {
  readonly #file: LmdbFile;
  readonly #directory: string;
  readonly #meta: Part;
  /** id → dead letter as JSON */
  readonly #deadLetters: Part;
  /** id → input as it was received */
  readonly #payloads: Part;
  /** first seen and id → nothing */
  readonly #order: Part;
  readonly #commits: CommitCount;

  constructor(file: LmdbFile, directory: string) {
    const part = (name: string, useVersions = false): Part =>
      file.root.openDB<Buffer, Buffer>(name, { encoding: 'binary', keyEncoding: 'binary', useVersions });
    this.#file = file;
    this.#directory = directory;
    this.#meta = part('meta');
    this.#deadLetters = part('letters');
    this.#payloads = part('pieces');
    this.#order = part('order');
    this.#commits = new CommitCount(part('commits', true), file.pause, taken);
  }

  async agreeOnFormat(): Promise<void> {
    const format = this.#meta.get(FORMAT_KEY)?.toString();
    if (format === FORMAT) return;
    if (format === undefined) {
      requireRoomToOpen(this.#directory);
      await this.#meta.put(FORMAT_KEY, Buffer.from(FORMAT));
      return;
    }
    const message = `the dead letters have format ${format}, this program reads format ${FORMAT}; start the version that wrote them`;
    throw new Fault('dead_letters_format_unknown', message);
  }

  get(id: string): DeadLetter | undefined {
    const stored = this.#deadLetters.get(key(id));
    return stored && JSON.parse(stored.toString());
  }

  payload(id: string): Buffer | undefined {
    const stored = this.#payloads.get(key(id));
    return stored && Buffer.from(stored);
  }

  counts(): DeadLetterCounts | undefined {
    const stored = this.#meta.get(COUNTS_KEY);
    return stored && JSON.parse(stored.toString());
  }

  folded(partition: number): FoldedPartition | undefined {
    const stored = this.#meta.get(foldedKey(partition));
    return stored && JSON.parse(stored.toString());
  }

  *newestFirst(before?: DeadLetter): Iterable<DeadLetter> {
    const range = before ? { start: orderKey(before), exclusiveStart: true } : {};
    for (const { value } of this.#order.getRange({ reverse: true, ...range })) {
      const deadLetter = this.get(value.toString());
      if (deadLetter) yield deadLetter;
    }
  }

  /** Everything is encoded first: LMDB starts on a batch before it is complete, so nothing may throw within it. */
  async write({ deadLetters, payloads, counts, folded }: DeadLetterChanges): Promise<void> {
    const encoded = await inTurns(deadLetters.values(), IN_A_TURN, (deadLetter) => ({
      id: key(deadLetter.id),
      order: orderKey(deadLetter),
      value: Buffer.from(JSON.stringify(deadLetter)),
    }));
    const contents = await inTurns(payloads, IN_A_TURN, ([id, bytes]) => ({
      id: key(id),
      bytes: bytes && Buffer.from(bytes),
    }));
    const countsValue = Buffer.from(JSON.stringify(counts));
    const foldedValue = folded && Buffer.from(JSON.stringify(folded));
    const bytes = contents.reduce((sum, one) => sum + (one.bytes?.length ?? 0), 0);
    const entries = 2 * encoded.length + contents.length + 1;
    const ready = (): void => {
      const fault = this.replaced();
      if (fault) throw fault;
      requireRoom(this.#directory, bytes, entries);
    };
    const put = (): void => {
      for (const { id, order, value } of encoded) {
        void this.#deadLetters.put(id, value);
        void this.#order.put(order, id);
      }
      for (const { id, bytes } of contents)
        void (bytes ? this.#payloads.put(id, bytes) : this.#payloads.remove(id));
      void this.#meta.put(COUNTS_KEY, countsValue);
      if (foldedValue) void this.#meta.put(foldedKey(folded.partition), foldedValue);
    };
    await this.#commits.commit(put, { ready }).catch(async (cause: unknown) => {
      throw await lmdbWriteFault(cause, this.#directory, writeFailed);
    });
  }

  replaced(): Fault | undefined {
    return this.#file.isReplaced() ? replaced() : undefined;
  }

  async close(): Promise<void> {
    await this.#file.close();
  }
}

const taken = (): Fault =>
  new Fault(
    'dead_letters_taken',
    'another process writes to these dead letters, perhaps from another container; nothing was stored: stop one of the two, ' +
      'then restart this one, which keeps no more dead letters',
  );

const replaced = (): Fault =>
  new Fault(
    'dead_letters_replaced',
    'the file of the dead letters is not the one that this process has open: it was deleted, moved or replaced while the process ran. Nothing refused is kept any more. Put the file back, or leave the one that is to be kept in its place, then restart the server',
  );

const orderKey = ({ firstSeen, id }: DeadLetter): Buffer => key(firstSeen + id);

/** A new file survives a crash only once the directories that name it are flushed. */
function syncDirectories(directory: string): void {
  for (const path of [directory, dirname(resolve(directory))]) {
    const descriptor = openSync(path, 'r');
    fsyncSync(descriptor);
    closeSync(descriptor);
  }
}
