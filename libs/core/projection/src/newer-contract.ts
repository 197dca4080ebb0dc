import { isFactType, majorIn, majorOf } from '@tributary/contracts';
import type { RecordedEvent } from '@tributary/event-log';
import { Fault } from '@tributary/kernel';
import type { Batch } from './batch.ts';

/** The fault of a fact that only a later version of the program can have written. */
export const CONTRACT_NEWER = 'contract_newer';

/**
 * Throws Fault `contract_newer` for an event of a type, or of a major version of its type, that this program does not
 * have. Every event was validated before it was appended, so a later version wrote it: it is not validated again, and
 * whoever goes on would leave it out of every answer.
 */
export function requireKnown(parsed: unknown, { position }: Pick<RecordedEvent, 'position'>): void {
  const { type, dataschema }: { type?: unknown; dataschema?: unknown } = Object(parsed);
  if (typeof type !== 'string' || isReadable(type, dataschema)) return;
  const version = typeof dataschema === 'string' ? ` (${dataschema})` : '';
  throw new Fault(
    CONTRACT_NEWER,
    `the event at ${position} is a ${type}${version}, which a later version of Tributary wrote and this one does not read: start the version that wrote it, or a later one; nothing is lost, and the tables hold all before it`,
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
