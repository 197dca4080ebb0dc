import { dataReference } from '@tributary/blobs';
import type { Blobs } from '@tributary/blobs';
import { MAX_INLINE_BYTES, replayRefusal } from '@tributary/capture';
import type { RefusedEvent, Replay } from '@tributary/capture';
import type { OpenLineageRefusal } from '@tributary/contracts';
import type { EventLog, NewEvent } from '@tributary/event-log';
import { canonicalJson } from '@tributary/json';
import type { Position } from '@tributary/kernel';
import { dataParts, newEventOf, observe, OPENLINEAGE_SOURCE } from './observation.ts';
import type { Observation } from './observation.ts';

/** The name under which dead letters of this protocol are kept. */
export const OPENLINEAGE = 'POST /api/v1/lineage';

export type LineageStore = {
  readonly log: Pick<EventLog, 'append' | 'find'>;
  readonly blobs: Pick<Blobs, 'put'>;
};

export type LineageRecorded = {
  readonly received: number;
  readonly stored: number;
  /** Events that were refused, in their order. */
  readonly refused: readonly RefusedEvent[];
  /** Of every event that is in the log now, by its place in the request. */
  readonly positions: ReadonlyMap<number, Position>;
};

/**
 * Appends OpenLineage events, each as the text it came as. The good ones are stored, whatever the others are; one that
 * is known is a duplicate even where its text is another one, because its id vouches for its content.
 */
export async function recordOpenLineage(
  store: LineageStore,
  events: Iterable<Buffer>,
): Promise<LineageRecorded> {
  const offered = new Map<string, NewEvent>();
  const known = new Map<string, Position>();
  const ids = new Map<number, string>();
  const refused: RefusedEvent[] = [];
  let received = 0;
  for (const raw of events) {
    const observed = observe(raw);
    if (!observed.ok) refused.push(refusedOf(received, raw, observed.refusal));
    else {
      const { id } = observed.observation;
      ids.set(received, id);
      const position = known.get(id) ?? (await store.log.find(OPENLINEAGE_SOURCE, id))?.position;
      if (position !== undefined) known.set(id, position);
      else if (!offered.has(id)) offered.set(id, await offeredOf(store.blobs, observed.observation));
    }
    received += 1;
  }
  const appended = await store.log.append([...offered.values()], { atomic: false });
  const stored = appended.ok ? appended.stored : 0;
  const receipts = appended.ok ? appended.receipts : [];
  for (const { id, position } of receipts) if (position !== undefined) known.set(id, position);
  return { received, stored, refused, positions: placed(ids, known) };
}

const placed = (ids: ReadonlyMap<number, string>, known: ReadonlyMap<string, Position>) =>
  new Map(
    [...ids].flatMap(([place, id]) => {
      const position = known.get(id);
      return position === undefined ? [] : [[place, position] as const];
    }),
  );

async function offeredOf(blobs: Pick<Blobs, 'put'>, observation: Observation): Promise<NewEvent> {
  const pieces = dataParts(observation);
  const bytes = pieces.reduce((sum, piece) => sum + piece.length, 0);
  const held = bytes > MAX_INLINE_BYTES ? await claim(blobs, pieces) : [Buffer.from('"data":'), ...pieces];
  return newEventOf(observation, held);
}

async function claim(blobs: Pick<Blobs, 'put'>, pieces: readonly Buffer[]): Promise<readonly Buffer[]> {
  const { sha256, bytes } = await blobs.put(streamed(pieces));
  return [Buffer.from(canonicalJson(dataReference(sha256, bytes)).slice(1, -1))];
}

async function* streamed(pieces: readonly Buffer[]): AsyncIterable<Uint8Array> {
  yield* pieces;
}

/** The pointer leads into the event itself. */
function refusedOf(index: number, bytes: Buffer, { pointer, message }: OpenLineageRefusal): RefusedEvent {
  return { index, bytes, code: 'schema_violation', message, pointer };
}

/** Sends an event that was refused once more. */
export const replayOpenLineage: Replay = async (endpoint, { bytes }) => {
  const { refused, positions } = await recordOpenLineage(endpoint, [bytes]);
  const [reason] = refused;
  return reason
    ? { ok: false, reason: replayRefusal(reason) }
    : { ok: true, position: positions.get(0) ?? endpoint.log.head() };
};
