import { parseEventPosition } from '@tributary/kernel';
import type { Position } from '@tributary/kernel';
import type { TablesFinding } from './check/check-tables.ts';
import { TablesWatch } from './check/tables-watch.ts';
import type { Watched } from './check/tables-watch.ts';
import { positionWaiters } from './position-waiters.ts';
import type { PositionWaiters } from './position-waiters.ts';
import { openFailures } from './projection-failures.ts';
import type { Unprojected } from './projection-failures.ts';
import { openPausableLoop, startLoop } from './projection-loop.ts';
import type { Loop } from './projection-loop.ts';
import type { ProjectorOptions } from './projector-options.ts';
import { finishExchange } from './rebuild/exchange.ts';
import { localExchange, localRebuild } from './rebuild/local-rebuild.ts';
import { runRebuild } from './rebuild/rebuild.ts';
import type { Rebuilt } from './rebuild/rebuild.ts';
import { openRebuildLock } from './rebuild/rebuild-lock.ts';
import { projectorStates } from './state/projector-states.ts';
import { firstState, planRebuild, versionOf } from './state/tables-state.ts';
import type { TablesState, WorkingState } from './state/tables-state.ts';
import { recover } from './step.ts';
import type { StepContext } from './step.ts';

/** What to rebuild for; `acceptMissing` loses facts whose rows only the live tables have. */
type ShadowRequest = { readonly verify?: boolean; readonly acceptMissing?: boolean };

export type Projector = {
  /** Every event up to here is in the tables. */
  position(): Position;
  /** Facts that made no rows and are left out of the tables; undefined where there are none. A rebuild tries them again. */
  unprojected(): Unprojected | undefined;
  /** Why the tables may lack rows of events up to the position; undefined where they hold what was inserted. */
  shortfall(): string | undefined;
  /** What differs between the tables and what was inserted, as of the last check. */
  findings(): readonly TablesFinding[];
  /** What stopped the projector; undefined while it works. */
  fault(): unknown;
  /** Resolves once the tables hold every event up to `target`; rejects when the projector has stopped. */
  reached(target: Position): Promise<void>;
  /** Empties the tables and projects the log again under a new epoch; resolves when that has begun. */
  rebuild(): Promise<void>;
  /**
   * Projects the log into shadow tables while the live ones go on, compares both, and exchanges them unless `verify`.
   * Throws Fault `no_shadow`, `rebuild_would_lose`, `rebuild_under_way` while another rebuild runs, `stopping`, or what stopped the
   * backfill; the live tables stay then.
   */
  rebuildInShadow(request?: ShadowRequest): Promise<Rebuilt>;
  /** Finishes the batch in progress. A rebuild ends before its exchange, or with it. */
  stop(): Promise<void>;
};

/**
 * Follows the log from the durable state on. What the last run left unfinished, a batch or an exchange of tables, is
 * finished before this resolves; shadow tables that were not to be exchanged are dropped. Throws Fault
 * `projector_state_unknown`, `rebuild_unfinished`, `log_too_short`, `log_behind_tables`, `tables_of_another_log` and
 * `blobs_missing` before anything is emptied, and what the sink throws.
 */
export async function startProjector(options: ProjectorOptions): Promise<Projector> {
  const { version, shadow, log } = options;
  const states = projectorStates(log.cursors);
  let state: WorkingState = firstState(version);
  const save = (next: WorkingState): Promise<void> => states.tables.set(next).then(() => void (state = next));
  const failures = openFailures(states.failures, options.park);
  const context: StepContext = { ...options, failures, save };
  const waiters = positionWaiters();
  const exchange = localExchange(options);

  const start = async (): Promise<Loop> => {
    await finishExchange(exchange);
    const kept = states.tables.get() ?? firstState(version);
    const next = stateAtStart(kept, version);
    if (next.kind === 'emptying') await watch?.checkBeforeEmptying();
    if (next !== kept) await save(next);
    state = next;
    await recover(context, state);
    if (state.kind === 'complete') await watch?.checkStill(state);
    return startLoop({ context, waiters, linger: options.linger, state: () => state });
  };
  const lock = openRebuildLock();
  const fillShadow = (request: ShadowRequest) => (signal: AbortSignal) => {
    const store = localRebuild({ options, exchange, state: () => state, whilePaused, signal });
    return runRebuild(store, { verify: false, ...request, fresh: false });
  };
  const watch = watchOf(options, {
    state: () => state,
    alone: (work) => lock.holdInBackground(work),
    whilePaused: (work) => whilePaused(work),
    refill: () => lock.holdInBackground(fillShadow({})),
  });
  await finishExchange(exchange);
  await shadow?.drop();
  const loop = await openPausableLoop(start, (reason) => waiters.fail(reason));
  /** At the end of a batch, even where the last one failed. */
  const whilePaused = <Result>(work: () => Promise<Result>): Promise<Result> =>
    loop.whilePaused(async () => {
      await recover(context, state);
      return work();
    });
  watch?.start();
  return {
    position: () => state.position,
    unprojected: () => failures.current(),
    shortfall: () => watch?.shortfall(),
    findings: () => watch?.findings() ?? [],
    fault: () => loop.current().fault(),
    reached: (target) => reachedBy(target, { state, waiters, loop: loop.current() }),
    rebuild: () => lock.hold(() => loop.whilePaused(() => save(planRebuild(state, version)))),
    rebuildInShadow: (request = {}) => lock.hold(fillShadow(request)),
    stop: async () => {
      await Promise.all([watch?.stop(), lock.end()]);
      await loop.current().stop();
      waiters.close();
    },
  };
}

type Progress = {
  readonly state: WorkingState;
  readonly waiters: PositionWaiters;
  readonly loop: Loop;
};

function reachedBy(target: Position, { state, waiters, loop }: Progress): Promise<void> {
  if (parseEventPosition(target) <= parseEventPosition(state.position)) return Promise.resolve();
  if (loop.fault() !== undefined) return Promise.reject(loop.fault());
  const reached = waiters.wait(target);
  loop.hurry();
  return reached;
}

type Watching = Pick<Watched, 'state' | 'alone' | 'whilePaused' | 'refill'>;

function watchOf(options: ProjectorOptions, work: Watching): TablesWatch | undefined {
  const { checks, logId, projections } = options;
  if (!checks || logId === undefined) return undefined;
  const { reader, digestAt, bytesOf, elapsed, untilNext } = checks;
  const checked = { reader, logId, projections, log: { digestAt } };
  return new TablesWatch({ options, checked, bytesOf, elapsed, untilNext, ...work });
}

/** Tables of another version, and those that an exchange left between two, are filled anew. */
const stateAtStart = (kept: TablesState, version: string): WorkingState =>
  kept.kind === 'exchanging' || versionOf(kept) !== version ? planRebuild(kept, version) : kept;
