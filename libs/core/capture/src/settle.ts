import { Fault, pace } from '@tributary/kernel';
import { CONTENT_LIMITS, WIDEST_LIMITS } from './http/content-limits.ts';
import { readEvents } from './read-events.ts';
import type { EventName, Rejection } from './rejection.ts';
import { repeatOf, repeatOfForm } from './repeat-of.ts';
import type { Repeat } from './repeat-of.ts';
import type { RawEvent } from './split.ts';
import type { Store, StoredForm } from './stored-form.ts';
import type { Circumstances, RefusedRaw, ValidatedEvent } from './validated-event.ts';

/** Refused events that are looked for before other requests have their turn. */
const EVENTS_IN_A_TURN = 250;

/** `indices[i]` is the index in the request of the i-th valid event. */
type Settled = { forms: StoredForm[]; indices: number[]; rejected: Rejection[] };

/** Looks into blobs and log for what the refused events refer to or repeat. */
export async function settle(
  store: Store,
  validated: readonly ValidatedEvent[],
  circumstances: Circumstances,
): Promise<Settled> {
  const settled: Settled = { forms: [], indices: [], rejected: [] };
  const paced = pace(EVENTS_IN_A_TURN);
  for (const [index, first] of validated.entries()) {
    const turn = first.ok ? undefined : paced();
    if (turn) await turn;
    const one = first.ok ? first : await withBlob(store, first, circumstances);
    const accepted = one.ok ? one : await repeated(store, one, circumstances);
    if (accepted) {
      settled.indices.push(index);
      settled.forms.push(accepted);
    } else if (!one.ok) settled.rejected.push({ index, ...one.rejection });
  }
  return settled;
}

/** The event validated again, with the blob that it refers to. */
async function withBlob(
  { blobs, readers }: Store,
  refused: RefusedRaw,
  circumstances: Circumstances,
): Promise<ValidatedEvent> {
  const { raw, neededBlob } = refused;
  const { limits = CONTENT_LIMITS } = circumstances;
  const content =
    neededBlob === undefined ? undefined : await contentOf(blobs, neededBlob, limits.eventBytes);
  if (!content) return refused;
  return (await validatedAgain(readers, raw, { ...circumstances, content })) ?? refused;
}

async function validatedAgain(
  readers: Store['readers'],
  { bytes }: RawEvent,
  given: Circumstances & { readonly content?: Buffer },
): Promise<ValidatedEvent | undefined> {
  const read = await readEvents(readers, { mode: 'structured', body: bytes, ...given });
  return read.outcome === 'read' ? read.validated[0] : undefined;
}

/** What the log has of a refused event. One that met a limit is validated by the widest ones, where the log knows its id. */
async function repeated(
  store: Store,
  { raw, repeat, beyond }: RefusedRaw,
  circumstances: Circumstances,
): Promise<StoredForm | undefined> {
  const known = repeat ?? (beyond && (await repeatBeyond(store, raw, beyond, circumstances)));
  const event = known && (await repeatOf(store.log, known));
  return event && { event };
}

async function repeatBeyond(
  store: Store,
  raw: RawEvent,
  { source, id }: EventName,
  circumstances: Circumstances,
): Promise<Repeat | undefined> {
  if (!(await store.log.find(source, id))) return undefined;
  const widest = { ...circumstances, limits: WIDEST_LIMITS };
  const first = await validatedAgain(store.readers, raw, widest);
  const one = first?.ok === false ? await withBlob(store, first, widest) : first;
  return one?.ok ? repeatOfForm(one) : one?.repeat;
}

/**
 * A damaged blob counts as absent, because its sender repairs it by sending it again. Reading stops where the blob is
 * larger than an event may be.
 */
async function contentOf(blobs: Store['blobs'], sha256: string, most: number): Promise<Buffer | undefined> {
  const stream = blobs.open(sha256);
  if (!stream) return undefined;
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of stream) {
      const buffer = Buffer.from(chunk);
      chunks.push(buffer);
      bytes += buffer.length;
      if (bytes > most) break;
    }
    return Buffer.concat(chunks, bytes);
  } catch (error) {
    if (error instanceof Fault && error.code === 'blob_damaged') return undefined;
    throw error;
  }
}
