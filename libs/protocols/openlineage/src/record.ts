import { dataReference } from '@tributary/blobs';
import type { Blobs } from '@tributary/blobs';
import { dataOf, MAX_INLINE_BYTES, replayRefusal } from '@tributary/capture';
import type { RefusedEvent, Replay } from '@tributary/capture';
import type { EventLog, NewEvent } from '@tributary/event-log';
import { canonicalJson } from '@tributary/json';
import { pace } from '@tributary/kernel';
import type { MetLimit, Position } from '@tributary/kernel';
import { dataParts, newEventOf, observe, OPENLINEAGE_SOURCE } from './observation.ts';
import type { Observation, Observed } from './observation.ts';
import type { ObservedEvent } from './observe-events.ts';

/** Events that are recorded before other requests have their turn. */
const EVENTS_IN_A_TURN = 250;

/** The name under which dead letters of this protocol are kept. */
export const OPENLINEAGE = 'POST /api/v1/lineage';

export type LineageStore = {
  readonly log: Pick<EventLog, 'append' | 'find'>;
  readonly blobs: Pick<Blobs, 'put'>;
};

export type LineageRecorded = {
  readonly received: number;
  readonly stored: number;
  /** The refused events, in order. */
  readonly refused: readonly RefusedEvent[];
  /** The limit that the first event met which met one. */
  readonly met: MetLimit | undefined;
  /** The position of every event that is in the log now, by its index in the request. */
  readonly positions: ReadonlyMap<number, Position>;
};

/**
 * Appends OpenLineage events, each with its own text. The valid events are stored whatever the others are. An event with
 * a known id is a duplicate even where its text differs, because the id is a hash of its content, and even where it exceeds
 * a limit of this process. Throws the faults of the log and of the blobs.
 */
export async function recordOpenLineage(
  store: LineageStore,
  events: Iterable<ObservedEvent>,
): Promise<LineageRecorded> {
  const added = new Map<string, NewEvent>();
  const known = new Map<string, Position>();
  const ids = new Map<number, string>();
  const refused: RefusedEvent[] = [];
  const limits: (MetLimit | undefined)[] = [];
  let received = 0;
  const paced = pace(EVENTS_IN_A_TURN);
  for (const { raw, observed } of events) {
    const turn = paced();
    if (turn) await turn;
    const id = observed.ok ? observed.observation.id : observed.id;
    if (id !== undefined && (await isIn(store, known, id))) ids.set(received, id);
    else if (observed.ok) {
      const { observation } = observed;
      ids.set(received, observation.id);
      if (!added.has(observation.id))
        added.set(
          observation.id,
          await dataOf(`${received} of the request`, () => newEvent(store.blobs, observation, raw)),
        );
    } else {
      refused.push(refusedOf(received, raw, observed));
      limits.push(observed.met);
    }
    received += 1;
  }
  const appended = await store.log.append([...added.values()], { atomic: false });
  const stored = appended.ok ? appended.stored : 0;
  const receipts = appended.ok ? appended.receipts : [];
  for (const { id, position } of receipts) if (position !== undefined) known.set(id, position);
  const met = limits.find((limit) => limit !== undefined);
  return { received, stored, refused, met, positions: positionsOf(ids, known) };
}

/** Whether the log has an event, whose position is known from then on. */
async function isIn({ log }: LineageStore, known: Map<string, Position>, id: string): Promise<boolean> {
  const position = known.get(id) ?? (await log.find(OPENLINEAGE_SOURCE, id))?.position;
  if (position !== undefined) known.set(id, position);
  return position !== undefined;
}

const positionsOf = (ids: ReadonlyMap<number, string>, known: ReadonlyMap<string, Position>) =>
  new Map(
    [...ids].flatMap(([index, id]) => {
      const position = known.get(id);
      return position === undefined ? [] : [[index, position] as const];
    }),
  );

async function newEvent(blobs: Pick<Blobs, 'put'>, observation: Observation, raw: Buffer): Promise<NewEvent> {
  const parts = dataParts(observation, raw);
  const bytes = parts.reduce((sum, part) => sum + part.length, 0);
  const data =
    bytes > MAX_INLINE_BYTES ? await dataMembers(blobs, parts) : [Buffer.from('"data":'), ...parts];
  return newEventOf(observation, data);
}

async function dataMembers(blobs: Pick<Blobs, 'put'>, parts: readonly Buffer[]): Promise<readonly Buffer[]> {
  const { sha256, bytes } = await blobs.put(streamed(parts));
  return [Buffer.from(canonicalJson(dataReference(sha256, bytes)).slice(1, -1))];
}

async function* streamed(parts: readonly Buffer[]): AsyncIterable<Uint8Array> {
  yield* parts;
}

/** The pointer is relative to the event itself. */
function refusedOf(
  index: number,
  bytes: Buffer,
  { refusal: { pointer, message } }: Extract<Observed, { ok: false }>,
): RefusedEvent {
  return { index, bytes, code: 'schema_violation', message, pointer };
}

/** Records the bytes of a dead letter again. */
export const replayOpenLineage: Replay = async (endpoint, { bytes }) => {
  const { refused, positions } = await recordOpenLineage(endpoint, [
    { raw: bytes, observed: observe(bytes, endpoint.limits) },
  ]);
  const [reason] = refused;
  return reason
    ? { ok: false, reason: replayRefusal(reason) }
    : { ok: true, position: positions.get(0) ?? endpoint.log.head() };
};
