import { Fault, formatEventPosition, parseEventPosition, START } from '@tributary/kernel';
import { RANGE_TABLE } from '../check/range-counts.ts';
import { failuresOfEither } from '../projection-failures.ts';
import type { ProjectorOptions } from '../projector-options.ts';
import { projectorStates, shadowCursors } from '../state/projector-states.ts';
import { emptied, planRebuild, versionOf } from '../state/tables-state.ts';
import type { TablesState } from '../state/tables-state.ts';
import { marksInOrder } from './exchange.ts';
import type { ExchangeStore } from './exchange.ts';
import type { RebuildStore } from './rebuild-store.ts';
import { lostFacts } from './lost-facts.ts';
import type { FailedFact } from './lost-facts.ts';
import { localBackfill } from './local-backfill.ts';
import type { ShadowTables } from './shadow.ts';

/** What a rebuild in one process works with. */
export type LocalRebuild = {
  readonly options: ProjectorOptions;
  readonly exchange: ExchangeStore;
  /** Of the live tables. */
  readonly state: () => TablesState;
  /** Pauses the projector at the end of a batch. When it goes on, it first finishes an exchange that was planned. */
  readonly whilePaused: <Result>(work: () => Promise<Result>) => Promise<Result>;
  /** Aborts when the projector stops. */
  readonly signal: AbortSignal;
};

/** A rebuild beside the projector of one process. Its states are cursors of the log. Throws Fault `no_shadow`. */
export function localRebuild(work: LocalRebuild): RebuildStore {
  const { options, exchange, state, whilePaused, signal } = work;
  const shadow = requireShadow(options.shadow);
  const states = projectorStates(options.log.cursors);
  const next = projectorStates(shadowCursors(options.log.cursors));
  const isPlanned = async (): Promise<boolean> => (await exchange.planned()) !== undefined;
  const tables = options.projections.flatMap((projection) => projection.tables);
  const failed: FailedFact[] = [];
  const noting: ProjectorOptions = {
    ...options,
    park: async (event) => {
      failed.push({ position: event.position, detail: event.fault.message });
      await options.park?.(event);
    },
  };
  return {
    shadow,
    exchange,
    tables,
    async prepare() {
      /* The tables of a planned exchange are needed to finish it. */
      if (await isPlanned()) await whilePaused(() => Promise.resolve());
      await shadow.make();
      await next.failures.set({ kind: 'none' });
      await next.tables.set(emptied(planRebuild(state(), options.version)));
    },
    startBackfill: (limits) => Promise.resolve(localBackfill(noting, shadow, { limits, signal })),
    lost: () => lostFacts(shadow.live, tables, failed),
    target: () => Promise.resolve([parseEventPosition(state().position)]),
    untilHoldable: (catchUp) => catchUp(),
    hold: (_filled, compare) =>
      whilePaused(() =>
        compare({ offsets: [parseEventPosition(state().position)], isStill: () => Promise.resolve(true) }),
      ),
    async planExchange(marks) {
      await states.exchange.set({ kind: 'exchange', position: START, marks: marksInOrder(marks) });
      /* Whichever tables a question reads while they are exchanged, its answer says what they leave out. */
      await states.failures.set(failuresOfEither(states.failures.get(), next.failures.get()));
      return true;
    },
    async abandon() {
      if (!(await isPlanned())) await shadow.drop();
    },
    async eventType(position) {
      const after = formatEventPosition(Math.max(parseEventPosition(position) - 1, 0));
      const [event] = await options.log.read({ after, limit: 1, maxBytes: 1 });
      return event?.position === position ? event.type : undefined;
    },
    positionAt: ([offset = 0]) => formatEventPosition(offset),
    report: () => undefined,
    throwIfStopping: () => signal.throwIfAborted(),
  };
}

function requireShadow(shadow: ShadowTables | undefined): ShadowTables {
  if (shadow) return shadow;
  throw new Fault('no_shadow', 'this projector was started without a place for shadow tables');
}

/** The plan of an exchange in the cursors of a log. */
export function localExchange({ log, logId, version, shadow, projections }: ProjectorOptions): ExchangeStore {
  const states = projectorStates(log.cursors);
  const next = projectorStates(shadowCursors(log.cursors));
  const finish = async (tables: TablesState): Promise<void> => {
    await states.tables.set(tables);
    await states.failures.set(next.failures.get() ?? { kind: 'none' });
    await states.exchange.set({ kind: 'none' });
  };
  return {
    tables: [...projections.flatMap(({ tables }) => tables), ...(logId === undefined ? [] : [RANGE_TABLE])],
    version,
    shadow,
    planned() {
      const plan = states.exchange.get();
      if (plan?.kind !== 'exchange') return Promise.resolve(undefined);
      const filled = next.tables.get();
      const versions = [(filled && versionOf(filled)) ?? ''];
      return Promise.resolve({ marks: plan.marks, versions });
    },
    async adopt() {
      const filled = next.tables.get();
      if (filled) await finish(filled);
    },
    /** This version empties the tables and fills them again, whichever they are. */
    otherVersion: () => states.exchange.set({ kind: 'none' }),
    async tablesLost() {
      const filled = next.tables.get();
      if (filled) await finish(planRebuild(filled, version));
    },
  };
}
