import { tmpdir } from 'node:os';
import { Fault, type SqlReader } from '@tributary/kernel';
import type { Session } from 'chdb';
import { ANSWER_FORMAT, ANSWER_SETTINGS, objectsOf, rowsOf } from '../answer.ts';
import { columnsSql, encoders, insertHead } from '../encoders.ts';
import type { Engine } from '../engine.ts';
import { literal } from '../parameters.ts';
import type { Block } from '../native/block.ts';
import { fillPlaceholders, identifier, oneStatement, quoted } from '../statement.ts';
import { openingFault, prepareDirectory } from './directory.ts';
import { blockFiles } from './block-files.ts';
import { pool, type Pool } from './pool.ts';
import { runStatement } from './sessions.ts';
import { watchdog, type Watchdog } from './watchdog.ts';

/** Threads that stay free for files and sockets while every session is busy. */
const SPARE_THREADS = 4;
const WRITER_AND_WATCHDOG = 2;
/** Blocks in memory at a time: one goes in while the next ones are encoded. */
const MAX_BLOCKS = 4;

export type ChdbConfig = {
  readonly directory: string;
  /** The size of libuv's pool; each session occupies one of its threads while it works. */
  readonly threads: number;
  readonly readers?: number;
  readonly queryMillis?: number;
  readonly queryBytes?: number;
  /** Holds blocks on their way in where /dev/shm is absent or full; the system's temporary directory by default. It exists. */
  readonly blockFallback?: string;
  /** After this long the watchdog kills a query; by default two seconds after the engine should have. */
  readonly overdueMillis?: number;
};

type Sessions = { readonly writer: Session; readonly spare: Session; readonly readers: readonly Session[] };

/** Opens the embedded engine. One process owns a directory, and a process has one directory. */
export async function openChdb(config: ChdbConfig): Promise<Engine> {
  const chdb = await import('chdb');
  await prepareDirectory(config.directory);
  const sessions = await openSessions(chdb.Session, config);
  const files = await blockFiles(config.directory, ['/dev/shm', config.blockFallback ?? tmpdir()]);
  const writer = pool([sessions.writer]);
  const readers = pool(sessions.readers);
  const inserts = pool(Array.from({ length: MAX_BLOCKS }, (_, place) => place));
  const { queryMillis = 30_000 } = config;
  const guard = watchdog(config.overdueMillis ?? queryMillis + 2000, (sql) =>
    runStatement(sessions.spare, 'watchdog', sql),
  );
  const write = (subject: string, sql: string) =>
    writer.use((session) => runStatement(session, subject, sql));

  const known = encoders(async (table) => {
    return objectsOf(
      await readers.use((session) => runStatement(session, table, columnsSql(table), ANSWER_FORMAT)),
    );
  });
  await write('opening', 'CREATE DATABASE IF NOT EXISTS tributary ENGINE=Atomic');

  return {
    version: chdb.version().libchdb.replaceAll('"', ''),
    reader: reader(readers, guard),
    encoder: (table) => known.of(table),
    insert: (batch) =>
      inserts.use(async () => {
        const block = await known.block(batch);
        if (block.rows === 0) return;
        const head = insertHead(block, batch.token);
        await writer.use((session) =>
          files.withFile(block.bytes, (path) =>
            runStatement(session, `insert into ${block.table}`, `${head} ${selectFrom(path, block)}`),
          ),
        );
      }),
    async command(sql) {
      await write('command', oneStatement(sql));
      known.forget();
    },
    async close() {
      await inserts.drain();
      await writer.drain();
      await readers.drain();
      await guard.drain();
      for (const session of [...sessions.readers, sessions.spare, sessions.writer]) session.close();
      await chdb.drainPending();
      await files.close();
    },
  };
}

/** The rows of a file. An inline insert would end at the first blank line and run what follows as SQL. */
function selectFrom(path: string, { columns }: Block): string {
  const names = columns.map(({ name }) => identifier(name)).join(', ');
  const structure = columns.map(({ name, wire }) => `${identifier(name)} ${wire}`).join(', ');
  return `SELECT ${names} FROM file(${quoted(path)}, 'Native', ${quoted(structure)})`;
}

function reader(readers: Pool<Session>, guard: Watchdog): SqlReader {
  return {
    async all(query, params) {
      const given: Record<string, unknown> = query.params.parse(params);
      const sql = fillPlaceholders(oneStatement(query.sql), (name, type) => literal(name, type, given[name]));
      const text = await readers.use((session) =>
        guard.guard(query.name, (mark) =>
          runStatement(session, `query ${query.name}`, `${mark} ${sql}`, ANSWER_FORMAT),
        ),
      );
      return rowsOf(query, text);
    },
  };
}

async function openSessions(make: typeof Session, config: ChdbConfig): Promise<Sessions> {
  const count = readerCount(config);
  const connectionArgs = readerArguments(config);
  const opened: Session[] = [];
  const open = (options?: { connectionArgs: readonly string[] }): Session => {
    const session = new make(config.directory, options);
    opened.push(session);
    return session;
  };
  try {
    const writer = open({ connectionArgs: ['--output_format_json_quote_64bit_integers=1'] });
    return { writer, spare: open(), readers: Array.from({ length: count }, () => open({ connectionArgs })) };
  } catch (cause) {
    for (const session of opened) session.close();
    throw await openingFault(config.directory, cause);
  }
}

/** A reader refuses settings inside the SQL, so its limits are arguments of its connection. */
/** Parameters stand in the text: a walk over a graph names thousands of nodes. */
const MAX_QUERY_BYTES = 16 * 1024 ** 2;

function readerArguments({ queryMillis = 30_000, queryBytes = 4 * 1024 ** 3 }: ChdbConfig): string[] {
  const answer = Object.entries(ANSWER_SETTINGS).map(([name, value]) => `--${name}=${value}`);
  return [
    '--readonly=1',
    `--max_query_size=${MAX_QUERY_BYTES}`,
    `--max_execution_time=${queryMillis / 1000}`,
    `--max_memory_usage=${queryBytes}`,
    ...answer,
  ];
}

/** One query a session, so as many sessions as threads allow bound the calls under way. */
function readerCount({ threads, readers }: ChdbConfig): number {
  const most = threads - SPARE_THREADS - WRITER_AND_WATCHDOG;
  const count = readers ?? Math.min(4, most);
  if (count >= 1 && count <= most) return count;
  const needed = Math.max(readers ?? 1, 1) + SPARE_THREADS + WRITER_AND_WATCHDOG;
  throw new Fault(
    'too_few_threads',
    `${threads} threads leave room for ${Math.max(most, 0)} readers: set UV_THREADPOOL_SIZE to at least ${needed}`,
  );
}
