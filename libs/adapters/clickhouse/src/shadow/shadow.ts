import { Fault, query } from '@tributary/kernel';
import type { SqlReader } from '@tributary/kernel';
import { z } from 'zod';
import type { Engine } from '../engine.ts';
import { applyMigrations } from '../migrate.ts';
import type { TableName } from '../native/block.ts';
import { shadowName, shadowEngine, isShadowName, shadowReader } from './names.ts';

const tables = query(import.meta.url, 'tables', {
  params: z.object({}),
  row: z.object({ name: z.string(), mark: z.string() }),
});

/** The UUID of each table, by its live name. It distinguishes tables of the same name. */
type TableMarks = Readonly<Record<string, string>>;

/** A second set of tables in the same database. Nothing reads it before it is exchanged with the live tables. */
export type Shadow = {
  readonly live: SqlReader;
  /** Reads the shadow tables; queries name the live ones. */
  readonly shadow: SqlReader;
  /** The name of the shadow of a table. */
  nameOf(table: TableName): TableName;
  /** Creates empty shadow tables from the migrations. Drops those of an earlier rebuild. */
  make(): Promise<void>;
  /** The marks of the shadow tables, by their live names. Throws Fault `shadow_lost` if one does not exist. */
  marks(names: readonly string[]): Promise<TableMarks>;
  /**
   * Exchanges the marked shadow tables with the live ones. A table that is already exchanged stays, so an interrupted
   * exchange can be repeated. Views refer to tables by name, so they follow. Throws Fault `shadow_lost` if a marked table
   * is neither live nor a shadow.
   */
  exchange(marks: TableMarks): Promise<void>;
  drop(): Promise<void>;
};

export type ShadowOptions = {
  readonly engine: Engine;
  /** The directory of the migrations that created the live tables. */
  readonly migrations: string;
};

/**
 * Shadow tables on the embedded engine or on one server. They do not work in a cluster: a renamed replicated table keeps
 * its path in Keeper, so the next table of its old name could not be created. Its methods throw Fault `shadow_lost` and
 * those of `Engine` and `migrate`.
 */
export function openShadow({ engine, migrations }: ShadowOptions): Shadow {
  const known = async (): Promise<Map<string, string>> =>
    new Map((await engine.reader.all(tables, {})).map(({ name, mark }) => [name, mark]));

  /* The size limit is lifted, because the log can fill the tables again. */
  const drop = async (): Promise<void> => {
    for (const name of [...(await known()).keys()].filter(isShadowName))
      await engine.command(`DROP TABLE IF EXISTS tributary.${name} SETTINGS max_table_size_to_drop = 0`);
  };
  return {
    live: engine.reader,
    shadow: shadowReader(engine.reader),
    nameOf: shadowName,
    async make() {
      await drop();
      await applyMigrations(shadowEngine(engine), migrations);
    },
    async marks(names) {
      const marks = await known();
      return Object.fromEntries(
        names.map((name) => [name, markOf(marks, unqualified(shadowName(`tributary.${name}`)))]),
      );
    },
    async exchange(marks) {
      const now = await known();
      for (const [name, mark] of Object.entries(marks)) {
        if (now.get(name) === mark) continue;
        const shadow = shadowName(`tributary.${name}`);
        if (markOf(now, unqualified(shadow)) !== mark) throw lost(shadow);
        await engine.command(`EXCHANGE TABLES tributary.${name} AND ${shadow}`);
      }
    },
    drop,
  };
}

const unqualified = (table: TableName): string => table.slice('tributary.'.length);

function markOf(marks: ReadonlyMap<string, string>, name: string): string {
  const mark = marks.get(name);
  if (mark === undefined) throw lost(name);
  return mark;
}

const lost = (name: string): Fault =>
  new Fault(
    'shadow_lost',
    `${name} is not the table that was filled, which was dropped or renamed: start the rebuild again`,
  );
