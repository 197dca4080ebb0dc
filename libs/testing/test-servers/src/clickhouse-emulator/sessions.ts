import { tmpdir } from 'node:os';
import { blockFiles, quoted } from '@tributary/clickhouse';
import { pool } from '@tributary/kernel';
import type { ChdbResult, Session } from 'chdb';

/** Folders for the rows of inserts. */
export const BLOCK_ROOTS = ['/dev/shm', tmpdir()];

/** Each session needs a thread of libuv's pool; the parent starts the process with 16 threads. */
const READERS = 8;
/** Large, because parameters become SQL here. The emulator limits the length of statements itself. */
const MAX_SQL_BYTES = 1024 ** 3;

export type Statement = {
  readonly sql: string;
  readonly format: string;
  /** Values of `{name:Type}`, in the server's escaped format. */
  readonly parameters: ReadonlyMap<string, string>;
};

export type Sessions = {
  readonly version: string;
  /** Runs a statement in a read-only session. */
  read(statement: Statement): Promise<ChdbResult>;
  write(statement: Statement): Promise<ChdbResult>;
  /** Runs a statement without waiting for others, for `KILL QUERY`. */
  urgent(statement: Statement): Promise<ChdbResult>;
  /** Runs `work` with a file that holds the bytes. Inline data would end at the first blank line. */
  withFile<Result>(bytes: Uint8Array, work: (path: string) => Promise<Result>): Promise<Result>;
  close(): Promise<void>;
};

/** Opens one writer, readers that may change settings but not data, and one session for urgent statements. */
export async function openSessions(directory: string): Promise<Sessions> {
  const chdb = await import('chdb');
  const open = (...more: string[]) =>
    new chdb.Session(directory, { connectionArgs: [`--max_query_size=${MAX_SQL_BYTES}`, ...more] });
  const writer = open();
  const spare = open();
  const reading = Array.from({ length: READERS }, () => open('--readonly=2'));
  const files = await blockFiles(directory, BLOCK_ROOTS);
  const [readers, writers, spares] = [pool(reading), pool([writer]), pool([spare])];
  return {
    version: (await writer.queryAsync('SELECT version()', { format: 'TabSeparated' })).text().trim(),
    read: (statement) => readers.use((session) => run(session, statement)),
    write: (statement) => writers.use((session) => run(session, statement)),
    urgent: (statement) => spares.use((session) => run(session, statement)),
    withFile: (bytes, work) => files.withFile(bytes, work),
    async close() {
      for (const each of [readers, writers, spares]) await each.drain();
      for (const session of [...reading, spare, writer]) session.close();
      await chdb.drainPending();
      await files.close();
    },
  };
}

async function run(session: Session, { sql, format, parameters }: Statement): Promise<ChdbResult> {
  try {
    // Parameters stay set in the session. A statement that lacks a parameter was refused before.
    const given = [...parameters].map(([name, value]) => `param_${name} = ${quoted(value)}`);
    if (given.length > 0) await session.queryAsync(`SET ${given.join(', ')}`, { format: 'Null' });
    return await session.queryAsync(sql, { format });
  } catch (cause) {
    // The output of a failed query would otherwise precede the next output.
    await session.queryAsync('SELECT 1', { format: 'TabSeparated' }).catch(() => undefined);
    throw cause;
  }
}
