import { appendFacts, madeEvent, uuidOf } from '@tributary/capture';
import type { IngestEndpoint, MadeFact } from '@tributary/capture';
import { checkEnvelope } from '@tributary/contracts';
import { withStored } from '@tributary/event-log';
import type { EventLog, NewEvent, Receipt } from '@tributary/event-log';
import { canonicalJson } from '@tributary/json';
import { currentSignal, Fault } from '@tributary/kernel';

/** The `source` of every fact that is derived from a request of this protocol. */
const SOURCE = 'urn:tributary:mlflow';

export type TrackerLog = Pick<EventLog, 'find' | 'append'>;

/**
 * The name of a value that changes, such as a tag. The id of its n-th setting is a hash of the name and n, so that the
 * log's index of ids is the only state: the newest setting is found in O(log n) look-ups, two writers of one setting
 * conflict, and a setting that is sent twice is stored once.
 */
export type Register = readonly (string | number)[];

/** A setting of a register as it is stored. */
export type StoredFact = {
  readonly type: string;
  readonly time?: string;
  readonly data: Readonly<Record<string, unknown>>;
};

export type Setting = {
  /** Number of settings so far, which is the index of the next one. */
  readonly count: number;
  readonly newest: StoredFact | undefined;
};

/** The newest setting of a register: doubles the index until none is found, then bisects. */
export async function newestSetting(log: TrackerLog, register: Register): Promise<Setting> {
  const at = (index: number) => settingAt(log, register, index);
  let newest = await at(0);
  if (!newest) return { count: 0, newest: undefined };
  let low = 0;
  let high = 1;
  for (let found = await at(high); found; found = await at(high)) {
    newest = found;
    low = high;
    high *= 2;
  }
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    const found = await at(middle);
    if (found) newest = found;
    if (found) low = middle;
    else high = middle;
  }
  return { count: low + 1, newest };
}

/** The setting with an index from 0; undefined where there is none. */
export async function settingAt(
  log: TrackerLog,
  register: Register,
  index: number,
): Promise<StoredFact | undefined> {
  const event = await log.find(SOURCE, uuidOf(canonicalJson([...register, index])));
  if (!event) return undefined;
  const checked = checkEnvelope(JSON.parse(Buffer.from(event.bytes).toString('utf8')));
  if (!checked.ok) return undefined;
  const { type, time, data = {} } = checked.envelope;
  return { type, data, ...(time === undefined ? {} : { time }) };
}

/** An event to store. `refuse` gives the error where its id has other content; without it another writer was faster. */
export type DraftFact = { readonly event: NewEvent; readonly refuse?: () => Promise<Error> };

/** The next setting of a register. */
export const settingFact = (register: Register, count: number, fact: MadeFact): DraftFact => ({
  event: madeEvent(SOURCE, [...register, count], fact),
});

/** A fact whose id is a hash of its content, so that it is stored once however often it is sent. */
export const contentFact = (identity: readonly unknown[], fact: MadeFact): DraftFact => ({
  event: madeEvent(SOURCE, identity, fact),
});

const TRIES = 32;

/**
 * Appends the drafts for the present state, all or none. Where another writer was faster, `draft` runs again. Throws the
 * refusal of a draft, the reason of `currentSignal` where nobody waits any more before they are appended, and a retryable Fault `RESOURCE_CONFLICT` after 32 attempts, with what is in the log all the same: in
 * a topic another process may write one of the ids while the others are written.
 */
export async function appendDrafts(
  log: TrackerLog,
  draft: () => Promise<readonly DraftFact[]>,
): Promise<void> {
  const stored = new Map<string, Receipt>();
  try {
    await appendRepeatedly(log, draft, stored);
  } catch (fault) {
    throw withStored(fault, [...stored.values()]);
  }
}

async function appendRepeatedly(
  log: TrackerLog,
  draft: () => Promise<readonly DraftFact[]>,
  stored: Map<string, Receipt>,
): Promise<void> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const drafts = await draft();
    if (drafts.length === 0) return;
    currentSignal()?.throwIfAborted();
    const appended = await log.append(
      drafts.map(({ event }) => event),
      { atomic: true },
    );
    if (appended.ok) return;
    for (const receipt of appended.stored ?? []) stored.set(receipt.id, receipt);
    for (const { index } of appended.conflicts) {
      const refused = await drafts[index]?.refuse?.();
      if (refused) throw refused;
    }
  }
  throw new Fault('RESOURCE_CONFLICT', 'other writers were faster in every attempt; send the request again', {
    retryable: true,
  });
}

/** The log as MLflow's facts go into it: the data of a long fact, such as a dataset's profile, is stored in a blob. */
export const trackerLog = ({ log, blobs }: Pick<IngestEndpoint, 'log' | 'blobs'>): TrackerLog => ({
  find: (source, id) => log.find(source, id),
  append: (events, options) => appendFacts({ log, blobs }, events, options),
});
