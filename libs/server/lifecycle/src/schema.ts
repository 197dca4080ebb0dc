import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Fault, query } from '@tributary/kernel';
import type { SqlReader } from '@tributary/kernel';
import { z } from 'zod';

const MIGRATIONS = join(import.meta.dirname, '../../../../migrations/clickhouse');

const nothing = z.object({});
const newestMigration = query(import.meta.url, 'newest-migration', {
  params: nothing,
  row: z.object({ name: z.string() }),
});
const answering = query(import.meta.url, 'answering', {
  params: nothing,
  row: z.object({ one: z.number() }),
});

/** Throws where the engine does not answer. */
export async function ping(reader: SqlReader): Promise<void> {
  await reader.all(answering, {});
}

/**
 * Checks that the tables are at the migration that the queries of this program need. Only the projector migrates. Throws
 * Fault `schema_absent` or `schema_older`, which are retryable, or `schema_newer`.
 */
export async function requireSchema(reader: SqlReader): Promise<void> {
  const wanted = readdirSync(MIGRATIONS)
    .filter((name) => name.endsWith('.sql'))
    .toSorted()
    .at(-1);
  const [newest] = await reader.all(newestMigration, {}).catch((fault: unknown) => {
    if (fault instanceof Fault && fault.code === 'engine_refused')
      throw new Fault('schema_absent', `there are no tables yet; start the projector, which creates them`, {
        cause: fault,
        retryable: true,
      });
    throw fault;
  });
  const name = newest?.name ?? '';
  if (wanted === undefined || name === wanted) return;
  if (name > wanted)
    throw new Fault(
      'schema_newer',
      `the tables are at ${name}, and this program knows only ${wanted}; update the program`,
    );
  throw new Fault(
    'schema_older',
    `the tables are at ${name || 'no migration'}, and this program needs ${wanted}: start the projector of this version, which migrates them`,
    { retryable: true },
  );
}
