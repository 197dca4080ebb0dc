import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { memoryBlobs } from '@tributary/blobs';
import type { Blobs } from '@tributary/blobs';
import { capture } from '@tributary/capture';
import { openLmdbLog } from '@tributary/event-log';
import type { EventLog } from '@tributary/event-log';
import { importers, readPaths, recognise } from '@tributary/importers';
import { appendSources } from '../../services/cli/src/import-sources.ts';
import { ImportTally } from '../../services/cli/src/import-tally.ts';
import type { Post } from '../../services/cli/src/append.ts';

/** A second that no sample states. The log records all events in it, a microsecond apart. */
const NOW = Date.UTC(2031, 4, 6, 7, 8, 9) * 1000;

export type Store = {
  readonly log: EventLog;
  readonly blobs: Blobs;
  close(): Promise<void>;
};

/** A log in LMDB in a new temporary directory. */
export async function openStore(): Promise<Store> {
  const directory = mkdtempSync(join(tmpdir(), 'tributary-parts-'));
  const log = await openLmdbLog({ directory, clock: () => NOW });
  return {
    log,
    blobs: memoryBlobs(),
    close: async () => {
      await log.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** An import that ended before all of its events were in the log. */
class Stopped extends Error {}

export type Command = {
  readonly paths: readonly string[];
  /** Puts the paths into the order in which they are named, and the sources into that in which they are appended. */
  readonly ordered: <Item>(items: readonly Item[]) => readonly Item[];
  /** Events after which the import is stopped, in the middle of a batch too. Never if absent. */
  readonly stopAfter?: number | undefined;
};

/** What one command appends; undefined if it was stopped. */
export async function importInto(
  store: Store,
  { paths, ordered, stopAfter = Infinity }: Command,
): Promise<{ appended: number; duplicates: number; rejected: number } | undefined> {
  const found = await recognise(importers, await readPaths(ordered(paths)));
  if (found.ambiguous.length > 0 || found.failed.length > 0)
    throw new Error(JSON.stringify([found.ambiguous, found.failed]));
  const tally = new ImportTally();
  let left = stopAfter;
  const post: Post = async (lines) => {
    const posted = await posting(store, lines.slice(0, left));
    left -= lines.length;
    if (left < 0) throw new Stopped();
    return posted;
  };
  try {
    await appendSources(ordered(found.sources), { assignment: 'unknown' }, tally, {
      url: '',
      post,
      keepsRaw: false,
      keepsSecrets: false,
      progress: { step: () => undefined, note: () => undefined },
    });
  } catch (error) {
    if (error instanceof Stopped) return undefined;
    throw error;
  }
  return { ...tally.appended, rejected: tally.rejected.length };
}

async function posting({ log, blobs }: Store, lines: readonly string[]): ReturnType<Post> {
  if (lines.length === 0) return { ok: true, stored: 0, duplicates: 0, storedByType: {}, receipts: [] };
  const body = Buffer.from(`${lines.join('\n')}\n`);
  const captured = await capture({ log, blobs }, () => NOW, { mode: 'ndjson', body, atomic: true });
  if (captured.outcome !== 'captured') throw new Error(JSON.stringify(captured));
  return { ok: true, ...captured, receipts: [] };
}
