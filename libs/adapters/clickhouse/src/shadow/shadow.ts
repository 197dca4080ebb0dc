import { Fault, query } from '@tributary/kernel';
import type { SqlReader } from '@tributary/kernel';
import { z } from 'zod';
import type { Engine } from '../engine.ts';
import { migrate } from '../migrate.ts';
import type { TableName } from '../native/block.ts';
import { shadowName, shadowEngine, isShadowName, shadowReader } from './names.ts';

const tables = query(import.meta.url, 'tables', {
  params: z.object({}),
  row: z.object({ name: z.string(), mark: z.string() }),
});

/** What tells each table from another one of its name, by the live name. */
type TableMarks = Readonly<Record<string, string>>;

/** A second set of tables beside the live ones, in the same database. Nothing reads it before it is exchanged. */
export type Shadow = {
  readonly live: SqlReader;
  /** Asks the tables beside; queries name the live ones. */
  readonly beside: SqlReader;
  nameOf(table: TableName): TableName;
  /** Makes it empty, as the migrations say; what was left of an earlier one goes. */
  make(): Promise<void>;
  /** Of the tables beside, by the live names. */
  marks(names: readonly string[]): Promise<TableMarks>;
  /**
   * Puts the marked tables in the place of the live ones, and those beside. A table that is in its place stays there,
   * so an exchange that was broken off is finished by another try. Views go by names and feed what bears them.
   * Throws Fault `shadow_lost` where a marked table is in neither place.
   */
  exchange(marks: TableMarks): Promise<void>;
  drop(): Promise<void>;
};

export type ShadowOptions = {
  readonly engine: Engine;
  /** Directory of the migrations that made the live tables. */
  readonly migrations: string;
};

/**
 * On the embedded engine or on one server. Not in a cluster: a replicated table keeps its path in the keeper when it
 * changes its name, and the next table of that name could not be made.
 */
export function openShadow({ engine, migrations }: ShadowOptions): Shadow {
  const known = async (): Promise<Map<string, string>> =>
    new Map((await engine.reader.all(tables, {})).map(({ name, mark }) => [name, mark]));

  /* The size does not matter: the log fills the tables again. */
  const drop = async (): Promise<void> => {
    for (const name of [...(await known()).keys()].filter(isShadowName))
      await engine.command(`DROP TABLE IF EXISTS tributary.${name} SETTINGS max_table_size_to_drop = 0`);
  };
  return {
    live: engine.reader,
    beside: shadowReader(engine.reader),
    nameOf: shadowName,
    async make() {
      await drop();
      await migrate(shadowEngine(engine), migrations);
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
        const beside = shadowName(`tributary.${name}`);
        if (markOf(now, unqualified(beside)) !== mark) throw lost(beside);
        await engine.command(`EXCHANGE TABLES tributary.${name} AND ${beside}`);
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
  new Fault('shadow_lost', `${name} is not the table that was filled: somebody dropped or renamed it`);
