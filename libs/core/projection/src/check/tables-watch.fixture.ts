import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Engine } from '@tributary/clickhouse';
import type { EventLog } from '@tributary/event-log';
import type { Position, Query } from '@tributary/kernel';
import { z } from 'zod';
import { projection } from '../rebuild/rebuild.fixture.ts';

/** A query of a test. */
export const ask = <Row>(sql: string, row: z.ZodType<Row>): Query<Record<string, never>, Row> => ({
  name: 'test',
  sql,
  params: { parse: () => ({}) },
  row,
});

/** The rollup of the fixture's projection beside the steps, as a context compares its own. */
const rollup = ask(
  `SELECT 'training_step_per_64' AS table_name, toUInt32(steps != (SELECT sum(cityHash64(run_id, toUInt64(intDiv(step, 64)))) FROM tributary.training_step)) AS differing
   FROM (SELECT sum(steps * cityHash64(run_id, bucket)) AS steps FROM tributary.training_step_per_64) WHERE differing > 0`,
  z.object({ table_name: z.string(), differing: z.number() }),
);
export const projections = [{ ...projection, rollups: [rollup] }];
/** Parts of all tables, the oldest first. */
export const parts = ask(
  "SELECT table AS table_name, name FROM system.parts WHERE database = 'tributary' AND active AND table NOT LIKE 'schema%' ORDER BY table, min_block_number",
  z.object({ table_name: z.string(), name: z.string() }),
);
/** Until the signal aborts. */
export const never = (signal: AbortSignal): Promise<undefined> =>
  new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason));
  });

/** Checks that are never due in the background. */
export const checksOf = ({ reader }: Engine, log: EventLog) => ({
  reader,
  digestAt: (position: Position) => log.digestAt(position),
  bytesOf: () => 0,
  elapsed: () => performance.now(),
  untilNext: never,
});

const paths = ask(
  "SELECT table AS table_name, path FROM system.parts WHERE database = 'tributary' AND active",
  z.object({ table_name: z.string(), path: z.string() }),
);

/** Changes eight bytes in the middle of a part of a table, as a bad disk may. */
export async function damagePart({ reader }: Engine, table: string): Promise<void> {
  const part = (await reader.all(paths, {})).find(({ table_name }) => table_name === table);
  const file = join(part?.path ?? '', 'data.bin');
  const bytes = readFileSync(file);
  const middle = Math.floor(bytes.length / 2);
  for (let at = middle; at < middle + 8; at += 1) bytes.writeUInt8(bytes.readUInt8(at) ^ 0xff, at);
  writeFileSync(file, bytes);
}
