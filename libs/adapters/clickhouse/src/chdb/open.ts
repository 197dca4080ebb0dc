import { tmpdir } from 'node:os';
import { currentSignal, heedingCorrections, pool, untilAborted, valueIn } from '@tributary/kernel';
import type { Pool, SqlReader } from '@tributary/kernel';
import { ANSWER_FORMAT, objectsOf, rowsOf } from '../answer.ts';
import { columnsSql, encoders, insertHead } from '../encoders.ts';
import { engineBusy } from '../engine-fault.ts';
import { QUERIES_WAITING } from '../engine.ts';
import type { Engine } from '../engine.ts';
import { literal } from '../parameters.ts';
import type { Block } from '../native/block.ts';
import { fillPlaceholders, identifier, oneStatement, quoted } from '../statement.ts';
import { prepareDirectory } from './directory.ts';
import { blockFiles } from './block-files.ts';
import type { EngineSession } from './engine-session.ts';
import { restoreSignalDefaults, endStatementsAtExit } from './process-end.ts';
import { openSessions, type SessionConfig } from './sessions.ts';
import { watchdog, type Watchdog } from './watchdog.ts';

/** Blocks in memory at a time: one is inserted while the next ones are encoded. */
const MAX_BLOCKS = 4;

export type ChdbConfig = SessionConfig & {
  /** Holds the blocks of inserts if /dev/shm is missing or full. It must exist. Default: the temporary directory. */
  readonly blockFallback?: string;
  /** Milliseconds after which the watchdog kills a query. Default: two seconds more than `queryMillis`. */
  readonly overdueMillis?: number;
  /** Milliseconds that a query waits until it can begin; as many as it may run by default. Then Fault `engine_busy`. */
  readonly waitMillis?: number;
  /** Queries that wait; further ones are refused at once, with Fault `engine_busy`. 2,000 by default. */
  readonly queriesWaiting?: number | undefined;
};

/**
 * Opens the embedded engine. One process owns a directory, and a process has one directory. Throws Fault
 * `directory_unusable`, `directory_in_use`, `other_directory_open`, `engine_not_opened`, `too_few_threads`, and those of `Engine`.
 */
export async function openChdb(config: ChdbConfig): Promise<Engine> {
  const chdb = await import('chdb');
  await prepareDirectory(config.directory);
  const sessions = await openSessions(chdb.Session, config);
  restoreSignalDefaults();
  const { connections, spare } = sessions;
  const keepStatements = endStatementsAtExit(connections, spare, [...sessions.readers, sessions.writer]);
  const files = await blockFiles(config.directory, ['/dev/shm', config.blockFallback ?? tmpdir()]);
  const { queryMillis = 30_000, waitMillis = queryMillis, queriesWaiting: most = QUERIES_WAITING } = config;
  const refusal = engineBusy(sessions.readers.length, waitMillis, most);
  const readers = pool(sessions.readers, { millis: waitMillis, most, refusal });
  /* What writes waits as long as it takes: see `Engine`. */
  const writer = pool([sessions.writer]);
  const inserts = pool(Array.from({ length: MAX_BLOCKS }, (_, index) => index));
  const guard = watchdog(config.overdueMillis ?? queryMillis + 2000, (sql) => spare.run('watchdog', sql));
  const write = (subject: string, sql: string) => writer.use((session) => session.run(subject, sql));

  const known = encoders(async (table) => {
    return objectsOf(await readers.use((session) => session.run(table, columnsSql(table), ANSWER_FORMAT)));
  });
  await write('opening', 'CREATE DATABASE IF NOT EXISTS tributary ENGINE=Atomic');

  return {
    version: chdb.version().libchdb.replaceAll('"', ''),
    reader: heedingCorrections(reader(readers, guard)),
    encoder: (table) => known.of(table),
    insert: (batch) =>
      inserts.use(async () => {
        const block = await known.block(batch);
        if (block.rows === 0) return;
        const head = insertHead(block, batch.token);
        await writer.use((session) =>
          files.withFile(block.bytes, (path) =>
            session.run(`insert into ${block.table}`, `${head} ${selectFrom(path, block)}`),
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
      await connections.drain();
      keepStatements();
      for (const session of [...sessions.readers, spare, sessions.writer]) session.close();
      await chdb.drainPending();
      await files.close();
    },
  };
}

/** Selects the rows of a file. Inline data would end at the first blank line, and the engine would run the rest as SQL. */
function selectFrom(path: string, { columns }: Block): string {
  const names = columns.map(({ name }) => identifier(name)).join(', ');
  const structure = columns.map(({ name, wire }) => `${identifier(name)} ${wire}`).join(', ');
  return `SELECT ${names} FROM file(${quoted(path)}, 'Native', ${quoted(structure)})`;
}

function reader(readers: Pool<EngineSession>, guard: Watchdog): SqlReader {
  return {
    async all(query, params) {
      const given: Record<string, unknown> = query.params.parse(params);
      const sql = fillPlaceholders(oneStatement(query.sql), (name, type) =>
        literal(name, type, valueIn(given, name)),
      );
      const signal = currentSignal();
      const run = (session: EngineSession): Promise<string> =>
        guard.guard(
          query.name,
          (mark) => session.run(`query ${query.name}`, `${mark} ${sql}`, ANSWER_FORMAT),
          signal,
        );
      return rowsOf(query, await untilAborted(readers.use(run, signal), signal));
    },
  };
}
