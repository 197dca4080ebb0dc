import { Fault } from '@tributary/kernel';
import type { MetLimit } from '@tributary/kernel';
import type { Session } from 'chdb';
import { ANSWER_SETTINGS } from '../answer.ts';
import { Connections } from './connections.ts';
import { openingFault } from './directory.ts';
import { EngineSession } from './engine-session.ts';

/** Threads for files and sockets while all sessions are busy. */
const SPARE_THREADS = 4;
const WRITER_AND_WATCHDOG = 2;
/** Parameters are part of the SQL, and a graph query names thousands of nodes. */
const MAX_QUERY_BYTES = 16 * 1024 ** 2;

/** Bytes that all queries use at most together. */
const QUERY_BYTES = 8 * 1024 ** 3;
/** The environment variable that changes it; refusals name it. */
const QUERY_BYTES_VARIABLE = 'TRIBUTARY_QUERY_BYTES';

export type SessionConfig = {
  readonly directory: string;
  /** The size of libuv's thread pool; a session occupies one of its threads while it works. */
  readonly threads: number;
  /** Queries that run at the same time; 4 by default, or fewer if `threads` allows fewer. */
  readonly readers?: number;
  /** Milliseconds that a query may run; 30,000 by default. */
  readonly queryMillis?: number;
  /** Bytes of memory that all queries use at most together, and each an equal share of that; 8 GiB by default. */
  readonly queryBytes?: number | undefined;
};

type Sessions = {
  readonly connections: Connections;
  readonly writer: EngineSession;
  readonly spare: EngineSession;
  readonly readers: readonly EngineSession[];
};

/**
 * Opens one writer, one spare session for the watchdog, and the readers. Throws Fault `too_few_threads`,
 * `directory_in_use`, `other_directory_open`, `engine_not_opened`.
 */
export async function openSessions(make: typeof Session, config: SessionConfig): Promise<Sessions> {
  const count = readerCount(config);
  const { queryBytes = QUERY_BYTES } = config;
  const memory: MetLimit = { limit: 'queryBytes', value: queryBytes, key: QUERY_BYTES_VARIABLE };
  const connections = new Connections();
  const opened: EngineSession[] = [];
  const open = (connectionArgs: readonly string[] = [], met?: MetLimit): EngineSession => {
    const session = new EngineSession(() => new make(config.directory, { connectionArgs }), connections, met);
    opened.push(session);
    return session;
  };
  try {
    const writer = open(['--output_format_json_quote_64bit_integers=1']);
    const spare = open();
    const ofReaders = readerArguments(config, Math.floor(queryBytes / count));
    return {
      connections,
      writer,
      spare,
      readers: Array.from({ length: count }, () => open(ofReaders, memory)),
    };
  } catch (cause) {
    for (const session of opened) session.close();
    throw await openingFault(config.directory, cause);
  }
}

/** The limits are connection arguments, because a reader refuses settings inside the SQL. */
function readerArguments({ queryMillis = 30_000 }: SessionConfig, bytes: number): string[] {
  const answer = Object.entries(ANSWER_SETTINGS).map(([name, value]) => `--${name}=${value}`);
  return [
    '--readonly=1',
    `--max_query_size=${MAX_QUERY_BYTES}`,
    `--max_execution_time=${queryMillis / 1000}`,
    `--max_memory_usage=${bytes}`,
    ...answer,
  ];
}

/** A session runs one query at a time, so the number of readers bounds the running queries. */
function readerCount({ threads, readers }: SessionConfig): number {
  const most = threads - SPARE_THREADS - WRITER_AND_WATCHDOG;
  const count = readers ?? Math.min(4, most);
  if (count >= 1 && count <= most) return count;
  const needed = Math.max(readers ?? 1, 1) + SPARE_THREADS + WRITER_AND_WATCHDOG;
  throw new Fault(
    'too_few_threads',
    `${threads} threads allow ${Math.max(most, 0)} readers: set UV_THREADPOOL_SIZE to at least ${needed}`,
  );
}
