import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { openBlobs } from '@tributary/blobs';
import { cutDefinitions, openChdb } from '@tributary/clickhouse';
import { openLmdbLog } from '@tributary/event-log';
import type { LocalLog } from '@tributary/event-log';
import { Fault, systemClock } from '@tributary/kernel';
import { verifyTables } from '@tributary/projection';
import type { VerifiedTables } from '@tributary/projection';
import { projections } from '@tributary/projector';
import { requireScrubbed } from '../scrub/scrub-plan.ts';
import { verifyBlobs } from './verify-blobs.ts';
import type { VerifiedBlobs } from './verify-blobs.ts';

/** A large table is read to its end. */
const QUERY_MS = 6 * 60 * 60 * 1_000;

/** They share the budget of memory, and comparisons need more of it than questions. */
const READERS = 2;

/** Events whose bytes have the recorded hash, up to the first divergence. */
type VerifiedLog = {
  readonly events: number;
  readonly streams: number;
  readonly head: string | null;
  readonly divergence: string | null;
};

/** What was read of a data directory. Blobs and tables are null where the log cannot be read. */
export type VerifiedDirectory = {
  readonly ok: boolean;
  readonly log: VerifiedLog;
  readonly blobs: VerifiedBlobs | null;
  readonly tables: VerifiedTables | null;
  /** The first divergence in the order log, blobs, tables; null where there is none. */
  readonly divergence: string | null;
};

/**
 * Reads the log, the blobs and the tables of a directory that no process has open, and changes none of them. `step` gets
 * the progress in words. Throws Fault `no_log`, `log_locked`, `directory_in_use`, and those of the parts.
 */
export async function verifyDirectory(
  data: string,
  threads: number,
  step: (text: string) => void,
): Promise<VerifiedDirectory> {
  const directory = resolve(data);
  if (!existsSync(join(directory, 'log')))
    throw new Fault('no_log', `${directory} has no log: name the data directory of a server with --data`);
  requireScrubbed(directory);
  const log = await openLog(directory);
  if ('divergence' in log) return { ok: false, log, blobs: null, tables: null, divergence: log.divergence };
  try {
    return await verifyParts(directory, log, { threads, step });
  } finally {
    await log.close();
  }
}

type Work = { readonly threads: number; readonly step: (text: string) => void };

async function verifyParts(directory: string, log: LocalLog, work: Work): Promise<VerifiedDirectory> {
  const { step } = work;
  const verified = await log.verify((events) => step(`log: ${events} of ${log.head()} events`));
  const own: VerifiedLog = verified.ok
    ? { events: verified.events, streams: verified.streams, head: verified.head, divergence: null }
    : {
        events: 0,
        streams: 0,
        head: log.head(),
        divergence: `the log diverges at ${verified.at} (${verified.divergence}): ${verified.detail}`,
      };
  if (own.divergence !== null)
    return { ok: false, log: own, blobs: null, tables: null, divergence: own.divergence };
  const path = join(directory, 'blobs');
  const blobs = await verifyBlobs({ directory: path, blobs: openBlobs(path), log }, step);
  const tables = await tablesIn(directory, log, work);
  const divergence = blobs.divergence ?? tables.divergence;
  return { ok: divergence === null, log: own, blobs, tables, divergence };
}

async function openLog(directory: string): Promise<LocalLog | VerifiedLog> {
  try {
    return await openLmdbLog({ directory: join(directory, 'log'), clock: systemClock });
  } catch (fault) {
    if (!(fault instanceof Fault) || fault.code !== 'log_damaged') throw fault;
    return { events: 0, streams: 0, head: null, divergence: fault.message };
  }
}

async function tablesIn(directory: string, log: LocalLog, { threads, step }: Work): Promise<VerifiedTables> {
  const path = join(directory, 'tables');
  if (!existsSync(path)) return { rows: 0, position: null, divergence: 'there are no tables' };
  const [cut] = cutDefinitions(path);
  if (cut !== undefined) return { rows: 0, position: null, divergence: `${cut} is cut short` };
  step('tables: comparing rows by range, and reading every part');
  const engine = await openChdb({ directory: path, threads, readers: READERS, queryMillis: QUERY_MS });
  try {
    return await verifyTables({ reader: engine.reader, logId: log.logId, projections, log }, log.cursors);
  } finally {
    await engine.close();
  }
}
