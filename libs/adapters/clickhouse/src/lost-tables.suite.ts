import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { migrate } from './index.ts';
import { openScratch } from './scratch.fixture.ts';

const RELEASED = join(import.meta.dirname, '../../../../migrations/clickhouse');

/** The law of tables and views that are gone alone, for one of so many of them. */
export function lostTables({ oneOf }: { readonly oneOf: number }): void {
  let scratch: Awaited<ReturnType<typeof openScratch>>;
  beforeAll(async () => {
    scratch = await openScratch();
  });
  afterAll(() => scratch.close());

  const columns = () =>
    scratch.ask(
      "SELECT table, name, type, default_expression FROM system.columns WHERE database = 'tributary' ORDER BY table, position",
    );

  it('law: whichever table or view is gone alone, with its ledger or without, all are as they were', async () => {
    await migrate(scratch.engine, RELEASED);
    const before = await columns();
    const names = [...new Set(before.map(({ table }) => String(table)))];
    for (const [index, name] of names.filter((_, of) => of % oneOf === 0).entries()) {
      await scratch.engine.command(`DROP TABLE tributary.${name} SYNC`);
      if (index % 2 === 0)
        await scratch.engine.command('TRUNCATE TABLE IF EXISTS tributary.schema_migration');
      await migrate(scratch.engine, RELEASED);
      expect([name, await columns()]).toEqual([name, before]);
    }
  });
}
