import { dataReference } from '@tributary/blobs';
import type { Blobs } from '@tributary/blobs';
import { isFactType, isTelemetry } from '@tributary/contracts';
import type { Appended, EventLog, NewEvent } from '@tributary/event-log';
import { canonicalJson } from '@tributary/json';

/** An event beyond, telemetry apart, has its data in a blob: CloudEvents' safe size. */
export const MAX_INLINE_BYTES = 65_536;

export type Store = { readonly log: Pick<EventLog, 'append'>; readonly blobs: Pick<Blobs, 'put' | 'open'> };

type AppendStore = { readonly log: Store['log']; readonly blobs: Pick<Blobs, 'put'> };

/** As `log.append`, with the data of long events in blobs. The same event gives the same blob and the same bytes again. */
export async function appendFacts(
  { log, blobs }: AppendStore,
  events: readonly NewEvent[],
  options: { readonly atomic: boolean },
): Promise<Appended> {
  if (!events.some(isLong)) return log.append(events, options);
  const short: NewEvent[] = [];
  for (const event of events) short.push(isLong(event) ? await shortened(event, blobs) : event);
  return log.append(short, options);
}

const isLong = ({ bytes, type }: NewEvent): boolean =>
  bytes.length > MAX_INLINE_BYTES && !(isFactType(type) && isTelemetry(type));

/** The parsed form is left behind: it would keep in memory what the blob is to keep out of it. */
async function shortened(event: NewEvent, blobs: Pick<Blobs, 'put'>): Promise<NewEvent> {
  const { data, ...attributes }: Record<string, unknown> = JSON.parse(
    Buffer.from(event.bytes).toString('utf8'),
  );
  const content = Buffer.from(canonicalJson(data));
  const { sha256 } = await blobs.put(content);
  const bytes = Buffer.from(canonicalJson({ ...attributes, ...dataReference(sha256, content.length) }));
  const { source, id, type, stream } = event;
  return { source, id, type, stream, bytes };
}
