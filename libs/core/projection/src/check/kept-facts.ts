import { digestReferencedIn } from '@tributary/blobs';
import { Fault, START } from '@tributary/kernel';
import type { Position } from '@tributary/kernel';
import type { ProjectorOptions } from '../projector-options.ts';
import { lostFacts } from '../rebuild/lost-facts.ts';
import type { FailedFact } from '../rebuild/lost-facts.ts';
import type { CheckedTables } from './check-tables.ts';

/** Tables that are filled from a log and its blobs. */
export type FilledTables = CheckedTables & {
  /** Length of the blob with a SHA-256 (lower-case hex); undefined where it is not there. */
  readonly bytesOf: (sha256: string) => number | undefined;
};

const READ = { limit: 2_000, maxBytes: 4 * 1024 * 1024 };

/**
 * Throws Fault `blobs_missing` where tables that are about to be emptied hold rows of a fact whose data are in a blob that is
 * not there, or is cut short: they are the only copy of it that is left. Reads the log once, and of the blobs their lengths
 * alone: a start does not wait until all of them are read.
 */
export async function requireBlobs(
  { reader, projections, bytesOf }: Pick<FilledTables, 'reader' | 'projections' | 'bytesOf'>,
  log: Pick<ProjectorOptions['log'], 'read'>,
): Promise<void> {
  const tables = projections.flatMap((projection) => projection.tables);
  let after: Position | undefined = START;
  while (after !== undefined) {
    const events = await log.read({ after, ...READ });
    const lost = events.flatMap(({ position, bytes }): FailedFact[] => {
      const detail = lossIn(bytes, bytesOf);
      return detail === undefined ? [] : [{ position, detail }];
    });
    const [first] = await lostFacts(reader, tables, lost);
    if (first) throw onlyCopy(first);
    after = events.at(-1)?.position;
  }
}

/** Why the blob that an event refers to cannot be read any more; undefined where it refers to none, or it can. */
function lossIn(bytes: Uint8Array, bytesOf: FilledTables['bytesOf']): string | undefined {
  const digest = digestReferencedIn(bytes);
  if (digest === undefined) return undefined;
  const kept = bytesOf(digest);
  const { datasize } = JSON.parse(Buffer.from(bytes).toString('utf8'));
  if (kept === undefined) return `blob ${digest} is not there`;
  return kept === datasize ? undefined : `blob ${digest} has ${kept} of ${datasize} bytes`;
}

const onlyCopy = ({ position, detail }: FailedFact): Fault =>
  new Fault(
    'blobs_missing',
    `this version fills the tables again from the log and the folder of blobs, and the tables hold rows of facts whose blobs are lost (the first is at position ${position}: ${detail}). Nothing was changed. Put the missing blobs back from a backup; or delete the folder of the tables, and answers say what they lack`,
  );
