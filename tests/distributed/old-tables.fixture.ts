import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectServer, migrate } from '@tributary/clickhouse';
import { startClickHouse } from '@tributary/test-servers';
import type { ClickHouse } from '@tributary/test-servers';

const MIGRATIONS = join(import.meta.dirname, '../../migrations/clickhouse');

/** An engine as a version with only the first fifty migrations left it. */
export async function oldTables(): Promise<ClickHouse> {
  const clickhouse = await startClickHouse();
  const directory = mkdtempSync(join(tmpdir(), 'tributary-old-'));
  for (const name of readdirSync(MIGRATIONS).filter((file) => file < '0051'))
    cpSync(join(MIGRATIONS, name), join(directory, name));
  const engine = await connectServer({ url: clickhouse.url });
  await migrate(engine, directory);
  await engine.close();
  rmSync(directory, { recursive: true });
  return clickhouse;
}
