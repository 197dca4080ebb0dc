import { isFactType, lacksVersion, majorIn, majorOf } from '@tributary/contracts';
import type { RecordedEvent } from '@tributary/event-log';
import { Fault } from '@tributary/kernel';
import type { Batch } from './batch.ts';

/** The fault of a fact that only a later version of the program can have written. */
export const CONTRACT_NEWER = 'contract_newer';

type Stated = Pick<RecordedEvent, 'position' | 'schemaVersion'>;

/**
 * Throws Fault `contract_newer` for an event of a type, or of a version of its type, that this program does not have.
 * Every event was validated before it was appended, so a later version wrote it: it is not validated again, and whoever
 * goes on would leave it out of every answer. The log states minor versions; the event itself may state a major one.
 */
export function requireKnown(parsed: unknown, { position, schemaVersion }: Stated): void {
  const { type, dataschema }: { type?: unknown; dataschema?: unknown } = Object(parsed);
  if (typeof type !== 'string') return;
  const isNewer = schemaVersion !== undefined && lacksVersion(type, schemaVersion);
  if (!isNewer && isReadable(type, dataschema)) return;
  const stated = schemaVersion ?? (typeof dataschema === 'string' ? dataschema : undefined);
  const version = stated === undefined ? '' : ` (version ${stated})`;
  throw new Fault(
    CONTRACT_NEWER,
    `the event at ${position} is a ${type}${version}, which a later version of Tributary accepted and this one does not read: start that version, or a later one; nothing is lost, and the tables hold all before it`,
  );
}

function isReadable(type: string, dataschema: unknown): boolean {
  if (!isFactType(type)) return false;
  const major = typeof dataschema === 'string' ? majorIn(type, dataschema) : undefined;
  return major === undefined || major <= majorOf(type);
}

/** Whether an error is the fault of `requireKnown`. */
export const isNewerContract = (error: unknown): boolean =>
  error instanceof Fault && error.code === CONTRACT_NEWER;

/**
 * Adds events up to the first that a later version wrote, and says whether there is one. Throws where the batch would be
 * empty: the tables then hold everything before it.
 */
export async function addUntilNewer(batch: Batch, events: readonly RecordedEvent[]): Promise<boolean> {
  try {
    await batch.add(events);
    return false;
  } catch (error) {
    if (isNewerContract(error) && batch.to() !== undefined) return true;
    throw error;
  }
}
