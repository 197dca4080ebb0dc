import { Fault, valueIn } from '@tributary/kernel';
import type { ShadowTables, TableMarks } from './shadow.ts';

/** An exchange that was planned. */
export type PlannedExchange = {
  /** Marks of the new tables, in the order of the tables' names. */
  readonly marks: readonly string[];
  /** Versions of the projections that filled the new tables, as far as known. */
  readonly versions: readonly string[];
};

/** Where the plan of an exchange is kept. */
export type ExchangeStore = {
  readonly tables: readonly string[];
  readonly version: string;
  readonly shadow?: ShadowTables | undefined;
  planned(): Promise<PlannedExchange | undefined>;
  /** The states of the new tables become those of the live ones, and the plan ends. */
  adopt(): Promise<void>;
  /** Another version planned it. Drops the plan, or throws. */
  otherVersion(plan: PlannedExchange): Promise<void>;
  /** Tables that were to be exchanged are gone. Drops the plan, or throws. */
  tablesLost(fault: Fault): Promise<void>;
};

/**
 * Finishes the exchange that was planned, if any. Each step can be repeated: exchange the tables, adopt the states,
 * drop the plan. Throws Fault `rebuild_unfinished` without shadow tables, and what the store throws.
 */
export async function finishExchange(store: ExchangeStore): Promise<void> {
  const plan = await store.planned();
  if (!plan) return;
  const names = tableNames(store.tables);
  const isOurs = plan.versions.every((version) => version === store.version);
  if (!isOurs || plan.marks.length !== names.length) return store.otherVersion(plan);
  if (!store.shadow)
    throw new Fault(
      'rebuild_unfinished',
      'a rebuild was interrupted while it exchanged the tables: start the process that began it, which finishes it',
    );
  const marks = Object.fromEntries(names.map((table, index) => [table, plan.marks[index] ?? '']));
  try {
    await store.shadow.exchange(marks);
  } catch (fault) {
    if (fault instanceof Fault && fault.code === 'shadow_lost') return store.tablesLost(fault);
    throw fault;
  }
  await store.adopt();
}

/** The marks as a plan keeps them. */
export const marksInOrder = (marks: TableMarks): string[] =>
  tableNames(Object.keys(marks)).map((table) => valueIn(marks, table) ?? '');

const tableNames = (tables: readonly string[]): string[] => [...new Set(tables)].toSorted();
