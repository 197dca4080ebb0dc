import { digestReferencedIn } from '@tributary/blobs';
import { Fault, START } from '@tributary/kernel';
import type { Position } from '@tributary/kernel';
import type { BlobReader } from '../fact-of.ts';
import type { ProjectorOptions } from '../projector-options.ts';
import { lostFacts } from '../rebuild/lost-facts.ts';
import type { FailedFact } from '../rebuild/lost-facts.ts';
import type { CheckedTables } from './check-tables.ts';

type Tables = Pick<CheckedTables, 'reader' | 'projections'>;
type Source = {
  readonly log: Pick<ProjectorOptions['log'], 'read'>;
  readonly blobs?: BlobReader | undefined;
};

const READ = { limit: 2_000, maxBytes: 4 * 1024 * 1024 };

/**
 * Throws Fault `blobs_missing` where tables that are about to be emptied hold rows of a fact whose data are in a blob that is
 * lost or damaged: they are the only copy of it that is left. Reads the log and its blobs once, and throws the retryable
 * Faults of both.
 */
export async function requireBlobs({ reader, projections }: Tables, { log, blobs }: Source): Promise<void> {
  if (!blobs) return;
  const tables = projections.flatMap((projection) => projection.tables);
  let after: Position | undefined = START;
  while (after !== undefined) {
    const events = await log.read({ after, ...READ });
    const lost: FailedFact[] = [];
    for (const { position, bytes } of events) {
      const digest = digestReferencedIn(bytes);
      const detail = digest === undefined ? undefined : await lossOf(blobs, digest);
      if (detail !== undefined) lost.push({ position, detail });
    }
    const [first] = await lostFacts(reader, tables, lost);
    if (first) throw onlyCopy(first);
    after = events.at(-1)?.position;
  }
}

/** Why nobody can read a blob any more; undefined where it can be read. */
async function lossOf(blobs: BlobReader, digest: string): Promise<string | undefined> {
  try {
    return (await blobs.read(digest)) ? undefined : `blob ${digest} is not there`;
  } catch (fault) {
    if (fault instanceof Fault && !fault.retryable) return fault.message;
    throw fault;
  }
}

const onlyCopy = ({ position, detail }: FailedFact): Fault =>
  new Fault(
    'blobs_missing',
    `this version fills the tables again from the log and the folder of blobs, and the tables hold rows of facts whose blobs are lost (the first is at position ${position}: ${detail}). Nothing was changed. Put the missing blobs back from a backup; or delete the folder of the tables, and answers say what they lack`,
  );
