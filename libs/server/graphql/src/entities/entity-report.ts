import { formatEventPosition, rfc3339 } from '@tributary/kernel';
import { sameShards } from '@tributary/corpus';
import { neighbourCounts } from '@tributary/lineage';
import { sameShardOf } from '../aliases/alias-answers.ts';
import { answered } from '../answer.ts';
import type { Freshness } from '../answer.ts';
import { EntityKind } from '../generated/schema.ts';
import type { EntityReport, LineageNeighbourCount, NamingEvent, SameShard } from '../generated/schema.ts';
import { unknown } from '../known.ts';
import { countOf } from '../lineage-answers.ts';
import type { Runtime } from '../runtime.ts';
import { entitiesNamed, entitiesOf } from './entity.ts';

/** Events that a report lists. */
const EVENTS = 20;

/** An entity by kind and id. Throws Fault `unknown_entity` where no fact up to the position names it. */
export async function entityReport(runtime: Runtime, fresh: Freshness, id: string): Promise<EntityReport> {
  const { reader } = runtime.engine;
  const kind = Object.values(EntityKind).find((known) => id.startsWith(`${known}:`));
  if (kind === undefined) throw unknown('entity', id, fresh);
  const all = { contains: '', neighbour: null, status: null, model: null, sort: 'id', after: '' } as const;
  const one = { kinds: [kind], ids: [id.slice(kind.length + 1)], first: 1 };
  const [row] = await reader.all(entitiesNamed(kind), { ...all, ...one, as_of: fresh.position });
  const [named] = row ? await entitiesOf(reader, fresh, [row]) : [];
  if (!named) throw unknown('entity', id, fresh);
  return {
    ...answered(fresh, named.behind),
    entity: named.entity,
    neighbours: await neighboursOf(runtime, fresh, id),
    same: kind === 'shard' ? await sameAs(runtime, fresh, one.ids[0] ?? '') : [],
    events: await eventsAt(runtime, named.behind.positions.slice(0, EVENTS)),
  };
}

async function neighboursOf(
  { engine: { reader } }: Runtime,
  fresh: Freshness,
  node: string,
): Promise<LineageNeighbourCount[]> {
  const params = { nodes: [node], kinds: [], as_of: fresh.position };
  const [up, down] = await Promise.all([
    reader.all(neighbourCounts.up, params),
    reader.all(neighbourCounts.down, params),
  ]);
  return [
    ...up.map((row) => countOf({ ...row, way: 'up' })),
    ...down.map((row) => countOf({ ...row, way: 'down' })),
  ];
}

async function sameAs(
  { engine: { reader } }: Runtime,
  { position }: Freshness,
  shard: string,
): Promise<SameShard[]> {
  return (await sameShards(reader, [shard], position)).joins(shard).map(sameShardOf);
}

async function eventsAt({ log }: Runtime, positions: readonly number[]): Promise<NamingEvent[]> {
  const texts = positions.map(formatEventPosition);
  const events = await Promise.all(texts.map((position) => log.at(position)));
  return events.flatMap((event) =>
    event ? [{ position: event.position, type: event.type, recordTime: rfc3339(event.recordTime) }] : [],
  );
}
