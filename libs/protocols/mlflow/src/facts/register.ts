import { appendFacts, madeEvent, uuidOf } from '@tributary/capture';
import type { IngestEndpoint, MadeFact } from '@tributary/capture';
import { checkEnvelope } from '@tributary/contracts';
import type { EventLog, NewEvent } from '@tributary/event-log';
import { canonicalJson } from '@tributary/json';
import { Fault } from '@tributary/kernel';

/** Where the facts of the tracker's API come from. */
const SOURCE = 'urn:tributary:mlflow';

export type TrackerLog = Pick<EventLog, 'find' | 'append'>;

/**
 * A value that changes, such as a tag: its n-th setting is the event whose id is made of its name and n. The log's id
 * index is thereby the only state: the newest setting is found by a few look-ups however long the history of the run is,
 * two writers of one setting conflict, and the same setting sent twice is one.
 */
export type Register = readonly (string | number)[];

/** A stored fact of a register. */
export type StoredFact = {
  readonly type: string;
  readonly time?: string;
  readonly data: Readonly<Record<string, unknown>>;
};

export type Setting = {
  /** Number of settings so far, which is the place of the next one. */
  readonly count: number;
  readonly newest: StoredFact | undefined;
};

export async function newestSetting(log: TrackerLog, register: Register): Promise<Setting> {
  const at = (place: number) => settingAt(log, register, place);
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

export async function settingAt(
  log: TrackerLog,
  register: Register,
  place: number,
): Promise<StoredFact | undefined> {
  const event = await log.find(SOURCE, uuidOf(canonicalJson([...register, place])));
  if (!event) return undefined;
  const checked = checkEnvelope(JSON.parse(Buffer.from(event.bytes).toString('utf8')));
  if (!checked.ok) return undefined;
  const { type, time, data = {} } = checked.envelope;
  return { type, data, ...(time === undefined ? {} : { time }) };
}

/** An event to store. `refuse` says what it means when its id is taken by other content; else somebody was faster. */
export type DraftFact = { readonly event: NewEvent; readonly refuse?: () => Promise<Error> };

/** The next setting of a register. */
export const settingFact = (register: Register, count: number, fact: MadeFact): DraftFact => ({
  event: madeEvent(SOURCE, [...register, count], fact),
});

/** A fact whose whole content is its name: sent twice it is stored once. */
export const contentFact = (identity: readonly unknown[], fact: MadeFact): DraftFact => ({
  event: madeEvent(SOURCE, identity, fact),
});

const TRIES = 32;

/** Stores what `draft` makes of the present state, all or nothing; where another writer was faster it drafts again. */
export async function appendDrafts(
  log: TrackerLog,
  draft: () => Promise<readonly DraftFact[]>,
): Promise<void> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const claims = await draft();
    if (claims.length === 0) return;
    const appended = await log.append(
      claims.map(({ event }) => event),
      { atomic: true },
    );
    if (appended.ok) return;
    for (const { index } of appended.conflicts) {
      const refused = await claims[index]?.refuse?.();
      if (refused) throw refused;
    }
  }
  throw new Fault('RESOURCE_CONFLICT', 'other writers were always faster; try again', { retryable: true });
}

/** The log as MLflow's facts go into it: the data of a long fact, such as a dataset's profile, is stored in a blob. */
export const trackerLog = ({ log, blobs }: Pick<IngestEndpoint, 'log' | 'blobs'>): TrackerLog => ({
  find: (source, id) => log.find(source, id),
  append: (events, options) => appendFacts({ log, blobs }, events, options),
});
