import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { migrate, openChdb } from '@tributary/clickhouse';
import type { Engine, TableEncoder } from '@tributary/clickhouse';
import { streamOf, upcasting } from '@tributary/contracts';
import type { Fact } from '@tributary/contracts';
import type { TableRows } from '@tributary/kernel';
import { eventPosition } from '@tributary/kernel';
import { projections } from '@tributary/projector';

const root = join(import.meta.dirname, '../..');

const read = upcasting(projections.flatMap(({ upcasters = [] }) => upcasters));

/** The shipped experiment and all valid examples of facts, in their latest versions. */
function shippedFacts(): Fact[] {
  const log = gunzipSync(readFileSync(join(root, 'examples/lab/log.ndjson.gz'))).toString();
  const recorded = log
    .trim()
    .split('\n')
    .map((line): Fact => JSON.parse(line));
  return [...recorded, ...exampleFacts()].map(read);
}

function exampleFacts(): Fact[] {
  const folder = join(root, 'schemas/examples');
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return names.flatMap((name) => {
    const [, context, entity, major] = /^(\w+)\/([\w.]+)\.v(\d+)\/ok-[^/]*\.json$/.exec(name) ?? [];
    if (context === undefined) return [];
    const type = `${context}.${entity}`;
    const dataschema = `urn:tributary:schema:${type}:${major}.0`;
    const data: unknown = JSON.parse(readFileSync(join(folder, name), 'utf8'));
    const event = { specversion: '1.0', id: name, source: '/examples', type, dataschema, data };
    return [JSON.parse(JSON.stringify(event))];
  });
}

/** Facts with their positions in a topic of two partitions: the partition is above the lowest 40 bits. */
function placed(facts: readonly Fact[]) {
  const ends = [0, 0];
  return facts.map((fact) => {
    const partition =
      Buffer.from(streamOf(fact.type, { ...fact.data })).reduce((sum, byte) => sum + byte, 0) % 2;
    const offset = (ends[partition] = (ends[partition] ?? 0) + 1);
    return { fact, position: eventPosition(partition, offset) };
  });
}

type BlockBuilder = ReturnType<TableEncoder['builder']>;

function add(builder: BlockBuilder, rows: TableRows[string]): void {
  if ('columns' in rows) builder.addColumns(rows.columns, rows.count);
  else builder.add(rows);
}

/** Opens the engine with all tables filled from the shipped facts, with one insert per table. */
export async function filledEngine(directory: string): Promise<Engine> {
  const engine = await openChdb({ directory, threads: 8, readers: 1 });
  await migrate(engine, join(root, 'migrations/clickhouse'));
  const builders = new Map<string, BlockBuilder>();
  const builderOf = async (table: string) => {
    const known = builders.get(table) ?? (await engine.encoder(`tributary.${table}`)).builder();
    builders.set(table, known);
    return known;
  };
  for (const { fact, position } of placed(shippedFacts())) {
    for (const projection of projections) {
      const tables = projection.project(fact, { _position: position, recorded_at: position });
      for (const [table, rows] of Object.entries(tables)) add(await builderOf(table), rows);
    }
  }
  for (const [table, builder] of builders) await engine.insert({ token: table, block: builder.finish() });
  return engine;
}
