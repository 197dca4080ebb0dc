import type { LocalLog, RecordedEvent } from '@tributary/event-log';
import { Fault, parseEventPosition, positionFromText, rfc3339 } from '@tributary/kernel';
import { parseWitness, readWitness } from './witness-file.ts';
import type { Witnessed } from './witness-file.ts';

/** A log, or a backup of one, and the position of its last event. */
type Ended = { readonly logId: string; readonly position: string };

/**
 * Why a log is not the one that was witnessed, or ends before what was: Faults `witness_of_another_log` and `older_copy`.
 * Undefined where neither is so.
 */
function shortfall({ logId, position }: Ended, witnessed: Witnessed): Fault | undefined {
  const { position: until, recordTime, seen } = witnessed;
  if (witnessed.logId !== logId)
    return new Fault(
      'witness_of_another_log',
      `the witness is of another log: it has seen the log ${witnessed.logId} up to position ${until} at ${seen}, and this is the log ${logId}`,
    );
  if (parseEventPosition(until) <= parseEventPosition(positionFromText(position))) return undefined;
  return new Fault(
    'older_copy',
    `this is an older copy: its log ends at position ${position}, and the witness has seen position ${until}, recorded ${recordTime}, at ${seen}. What came after ${position} is not in it, and those positions would be given to other facts`,
  );
}

/** By its time: a scrub may rename an event, and its hash is another one then. */
const isSame = (event: RecordedEvent | undefined, { recordTime }: Witnessed): boolean =>
  event !== undefined && rfc3339(event.recordTime) === recordTime;

/** The same of an open log, and Fault `other_copy` where it has another event at the position of the witness. */
export async function differenceFrom(
  log: Pick<LocalLog, 'logId' | 'head' | 'at'>,
  witnessed: Witnessed,
): Promise<Fault | undefined> {
  const fault = shortfall({ logId: log.logId, position: log.head() }, witnessed);
  if (fault) return fault;
  const { position, recordTime, seen } = witnessed;
  const event = await log.at(position);
  if (isSame(event, witnessed)) return undefined;
  const other = event ? `was recorded ${rfc3339(event.recordTime)}` : 'is missing';
  return new Fault(
    'other_copy',
    `this is a copy that has gone on by itself: the witness has seen, at ${seen}, that the event at position ${position} was recorded ${recordTime}, and the event there ${other}`,
  );
}

/**
 * To be called before a backup is restored, with the witness that the restored directory is to have. Throws Faults
 * `older_copy` and `witness_of_another_log`. Returns what was not compared, in words, as a start would warn of it.
 */
export async function requireWitnessed(path: string, backup: Ended): Promise<string | undefined> {
  let fault: Fault | undefined;
  try {
    const text = await readWitness(path);
    fault = text === undefined ? undefined : shortfall(backup, parseWitness(text));
  } catch (error) {
    if (error instanceof Fault) return error.message;
    throw error;
  }
  if (fault) throw withWayOut(fault, path);
  return undefined;
}

/** The fault, and what to do: the copy that was meant, or to go on from this one. */
export const withWayOut = ({ code, message }: Fault, path: string): Fault =>
  new Fault(
    code,
    `${message}. Put the directory in its place that the witness has seen, or the newest backup of it. To go on from this one, which is a decision to lose the rest, take the witness away: mv '${path}' '${path}.before'. To look at it beside the other one, start without a witness (TRIBUTARY_WITNESS=)`,
  );
