import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomFrom } from '@tributary/fixtures';
import { openBlobs } from '@tributary/blobs';
import { migrate, openChdb } from '@tributary/clickhouse';
import type { Engine } from '@tributary/clickhouse';
import { openDeadLetters } from '@tributary/dead-letters';
import { smallDisk } from '@tributary/test-processes';
import { z } from 'zod';
import { KafkaSystem } from './kafka-system.fixture.ts';
import type { Mutation } from './mutations.fixture.ts';
import { sharedEngine } from './ports.fixture.ts';
import type { System } from './system.fixture.ts';
import { DamagedTables } from './table-damage.fixture.ts';

const MIGRATIONS = join(import.meta.dirname, '../../migrations/clickhouse');
const PARTITIONS = 3;
const DISK_MIB = 64;

/**
 * What histories on a broker share: an engine, and a disk for replicas, blobs and dead letters where this user may mount
 * one. Each system has a topic and a group of its own.
 */
export type KafkaStage = {
  open(seed: number, mutation?: Mutation): Promise<System>;
  remove(): Promise<void>;
};

const MOST_TRIES = 10;

const events = {
  name: 'test',
  sql: 'SELECT count() AS events FROM tributary.log_event',
  params: { parse: () => ({}) },
  row: z.object({ events: z.coerce.number() }),
};

/** Empties the tables until they stay so: what a dead process of the system before has sent may come late. */
async function empty(tables: DamagedTables, engine: Engine, quiet: () => Promise<void>): Promise<void> {
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    await quiet();
    await tables.renew();
    await quiet();
    const [row] = await engine.reader.all(events, {});
    if (row?.events === 0) return;
    console.log(`${row?.events} events of the system before came late into the tables`);
  }
  throw new Error('the tables of the system before cannot be emptied');
}

export async function openKafkaStage(bootstrap: readonly string[]): Promise<KafkaStage> {
  const disk = smallDisk(DISK_MIB);
  const scratch = mkdtempSync(join(tmpdir(), 'mixed-histories-'));
  const { engine, quiet } = sharedEngine(
    await openChdb({ directory: join(scratch, 'tables'), threads: 8, readers: 2 }),
  );
  await migrate(engine, MIGRATIONS);
  const tables = new DamagedTables(engine);
  return {
    async open(seed, mutation = {}) {
      await empty(tables, engine, quiet);
      const topic = `mixed-histories-${randomUUID()}`;
      const directory = join(disk?.directory ?? scratch, topic);
      mkdirSync(directory);
      const world = {
        bootstrap,
        topic,
        partitions: PARTITIONS,
        engine: mutation.engine?.(engine) ?? engine,
        blobs: openBlobs(join(directory, 'blobs')),
        deadLetters: await openDeadLetters(join(directory, 'dead-letters')),
        directory,
        mutation,
      };
      const random = randomFrom(seed);
      return KafkaSystem.open({ world, tables, disk, scratch, migrations: MIGRATIONS, quiet, random });
    },
    async remove() {
      await quiet();
      await engine.close();
      disk?.remove();
      rmSync(scratch, { recursive: true, force: true });
    },
  };
}
