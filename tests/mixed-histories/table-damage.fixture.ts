import type { Random } from '@tributary/fixtures';
import type { Engine } from '@tributary/clickhouse';
import { Fault } from '@tributary/kernel';
import type { Query } from '@tributary/kernel';
import type { Damage } from './steps.fixture.ts';

const queryOf = <Row>(sql: string): Query<Record<string, never>, Row> => ({
  name: 'test',
  sql,
  params: { parse: () => ({}) },
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the query names the columns
  row: { parse: (row) => row as Row },
});

const KEPT = 'kept_';

const filled = queryOf<{ name: string }>(
  `SELECT name FROM system.tables WHERE database = 'tributary' AND name != 'schema_migration' AND total_rows > 0
     AND engine LIKE '%MergeTree' AND NOT startsWith(name, 'next_')`,
);
const parts = queryOf<{ table: string; name: string }>(
  `SELECT table, name FROM system.parts WHERE database = 'tributary' AND active AND table NOT LIKE 'schema%'
     AND NOT startsWith(table, '${KEPT}') ORDER BY table, min_block_number`,
);

/** The tables of the embedded engine, as somebody treats them while no process works on them. */
export class DamagedTables {
  readonly #engine: Engine;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  async damage(how: Damage, random: Random): Promise<void> {
    if (how === 'tables deleted') await this.#empty();
    else if (how === 'older copy') await this.#putBack();
    else if (how === 'lost part') await this.#losePart(random);
    else if (how === 'lost events') await this.#losePart(random, 'log_event');
  }

  /** Copies all tables that have rows; the copy before is dropped. */
  async copy(): Promise<void> {
    await this.#dropCopy();
    for (const name of await this.#names())
      await this.#engine.command(`CREATE TABLE tributary.${KEPT}${name} CLONE AS tributary.${name}`);
  }

  /** Empties everything for another log. */
  async renew(): Promise<void> {
    await this.#dropCopy();
    await this.#empty();
  }

  /** What is in the tables now and was not in the copy is gone. */
  async #putBack(): Promise<void> {
    const all = await this.#engine.reader.all(filled, {});
    const copied = new Set(all.map(({ name }) => name).filter((name) => name.startsWith(KEPT)));
    for (const name of await this.#names())
      await this.#engine.command(
        copied.has(`${KEPT}${name}`)
          ? `EXCHANGE TABLES tributary.${name} AND tributary.${KEPT}${name}`
          : `TRUNCATE TABLE tributary.${name}`,
      );
  }

  async #losePart(random: Random, of?: string): Promise<void> {
    const found = await this.#engine.reader.all(parts, {});
    const all = found.filter(({ table }) => of === undefined || table === of);
    const part = all[random.below(all.length)];
    if (!part) return;
    try {
      await this.#engine.command(`ALTER TABLE tributary.${part.table} DROP PART '${part.name}'`);
    } catch (fault) {
      /* A merge has made it a part of another one meanwhile. */
      if (!(fault instanceof Fault) || !fault.message.includes('NO_SUCH_DATA_PART')) throw fault;
      await this.#losePart(random, of);
    }
  }

  async #empty(): Promise<void> {
    for (const name of await this.#names()) await this.#engine.command(`TRUNCATE TABLE tributary.${name}`);
  }

  async #dropCopy(): Promise<void> {
    for (const { name } of await this.#engine.reader.all(filled, {}))
      if (name.startsWith(KEPT)) await this.#engine.command(`DROP TABLE tributary.${name}`);
  }

  async #names(): Promise<string[]> {
    const all = await this.#engine.reader.all(filled, {});
    return all.map(({ name }) => name).filter((name) => !name.startsWith(KEPT));
  }
}
