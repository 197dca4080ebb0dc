import { createHash } from 'node:crypto';
import { dataReference } from '@tributary/blobs';
import type { Blobs } from '@tributary/blobs';
import { isFactType, isTelemetry } from '@tributary/contracts';
import type { Appended, EventLog, NewEvent } from '@tributary/event-log';
import { canonicalJson, isJsonObject } from '@tributary/json';
import { Fault } from '@tributary/kernel';
import type { EventLimits } from './http/content-limits.ts';
import type { Readers } from './reading.ts';

/** The data of a longer event, telemetry apart, is stored in a blob: the size that CloudEvents calls safe to forward. */
export const MAX_INLINE_BYTES = 65_536;

export type Store = {
  readonly log: Pick<EventLog, 'append' | 'find'>;
  readonly blobs: Pick<Blobs, 'put' | 'open'>;
  readonly readers?: Readers | undefined;
  readonly limits?: EventLimits | undefined;
};

type AppendStore = { readonly log: Pick<EventLog, 'append'>; readonly blobs: Pick<Blobs, 'put'> };

/**
 * As `log.append`, with the data of long events in blobs. The same event always gives the same blob and the same bytes.
 * Throws the faults of the log and of the blobs.
 */
export const appendFacts = (
  store: AppendStore,
  events: readonly NewEvent[],
  options: { readonly atomic: boolean },
): Promise<Appended> =>
  appendForms(
    store,
    events.map((event) => (isLong(event) ? withReference(event, parsed(event)) : { event })),
    options,
  );

/** As `appendFacts`, for events that have the form already in which they are stored. */
export async function appendForms(
  { log, blobs }: AppendStore,
  forms: readonly StoredForm[],
  options: { readonly atomic: boolean },
): Promise<Appended> {
  for (const { event, content } of forms) if (content) await dataOf(event.id, () => blobs.put(content));
  return log.append(
    forms.map(({ event }) => event),
    options,
  );
}

/** Stores the data of an event. Throws Fault `blob_removed`, which names the event, where it is refused whenever it is sent. */
export async function dataOf<Stored>(id: string, put: () => Promise<Stored>): Promise<Stored> {
  try {
    return await put();
  } catch (error) {
    if (!(error instanceof Fault) || error.code !== 'blob_removed') throw error;
    throw new Fault(
      'blob_removed',
      `the data of the event ${id} was removed and is not stored again: send the request without this event (${error.message})`,
    );
  }
}

/** A fact as the log stores it, and the data that must be in a blob first. */
export type StoredForm = { readonly event: NewEvent; readonly content?: Buffer };

/** The form in which `appendFacts` stores an event that is parsed already. */
export const storedForm = (event: NewEvent): StoredForm =>
  isLong(event) && isJsonObject(event.parsed) ? withReference(event, event.parsed) : { event };

/** A repeat of a type that this program does not have is stored already, in whatever form. */
const isLong = ({ bytes, type }: NewEvent): boolean =>
  bytes.length > MAX_INLINE_BYTES && isFactType(type) && !isTelemetry(type);

const parsed = ({ bytes }: NewEvent): Record<string, unknown> =>
  JSON.parse(Buffer.from(bytes).toString('utf8'));

/** Drops the parsed form, because it would keep the long data in memory. */
function withReference(
  { source, id, type, stream }: NewEvent,
  event: Readonly<Record<string, unknown>>,
): StoredForm {
  const { bytes, content } = referring(event);
  return { event: { source, id, type, stream, bytes }, content };
}

/** The bytes of an event that refers to its data, and the data for the blob. */
export function referring({ data, ...attributes }: Readonly<Record<string, unknown>>): {
  readonly bytes: Buffer;
  readonly content: Buffer;
} {
  const content = Buffer.from(canonicalJson(data));
  const sha256 = createHash('sha256').update(content).digest('hex');
  const bytes = Buffer.from(canonicalJson({ ...attributes, ...dataReference(sha256, content.length) }));
  return { bytes, content };
}
