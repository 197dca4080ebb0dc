import { tmpdir } from 'node:os';
import { blockFiles, pool, quoted } from '@tributary/clickhouse';
import type { ChdbResult, Session } from 'chdb';

/** Where rows lie on their way in. */
export const BLOCK_ROOTS = ['/dev/shm', tmpdir()];

/** Sessions work on threads of libuv's pool; the parent starts the process with 16 of them. */
const READERS = 8;
/** Parameters are SQL here, and on a server they are not; the face limits the text itself. */
const MAX_SQL_BYTES = 1024 ** 3;

export type Statement = {
  readonly sql: string;
  readonly format: string;
  /** Values of `{name:Type}` in the server's own escaped text. */
  readonly parameters: ReadonlyMap<string, string>;
};

export type Sessions = {
  readonly version: string;
  /** Runs where nothing can be changed. */
  read(statement: Statement): Promise<ChdbResult>;
  write(statement: Statement): Promise<ChdbResult>;
  /** Past everything that waits, for `KILL QUERY`. */
  urgent(statement: Statement): Promise<ChdbResult>;
  /** Puts bytes into a file while the work takes: inline they would end at the first blank line. */
  withFile<Result>(bytes: Uint8Array, work: (path: string) => Promise<Result>): Promise<Result>;
  close(): Promise<void>;
};

/** One writer, readers that may set settings but write nothing, and one for what cannot wait. */
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
    // They stay on the session, and a statement that lacks one is refused before it gets here.
    const given = [...parameters].map(([name, value]) => `param_${name} = ${quoted(value)}`);
    if (given.length > 0) await session.queryAsync(`SET ${given.join(', ')}`, { format: 'Null' });
    return await session.queryAsync(sql, { format });
  } catch (cause) {
    // What a failed query had written of its answer would stand before the next one's.
    await session.queryAsync('SELECT 1', { format: 'TabSeparated' }).catch(() => undefined);
    throw cause;
  }
}
