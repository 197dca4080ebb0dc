import { parseEventPosition, START } from '@tributary/kernel';
import type { Cursors } from '@tributary/event-log';
import { projectPartition } from '../project-partition.ts';
import type { ProjectorOptions } from '../projector-options.ts';
import { projectorStates, shadowCursors } from '../state/projector-states.ts';
import { reachOf } from '../state/tables-state.ts';
import type { ProjectedLog } from '../step.ts';
import { boundedLog } from './bounded-log.ts';
import type { ReadLimits } from './bounded-log.ts';
import type { BackfillWorker } from './rebuild-store.ts';
import type { ShadowTables } from './shadow.ts';

type Bounds = {
  readonly limits: ReadLimits;
  /** Aborts when the projector stops. */
  readonly signal: AbortSignal;
};

/** A projector of the shadow tables in the process of the live one, which ends with the rebuild. */
export function localBackfill(
  options: ProjectorOptions,
  shadow: ShadowTables,
  { limits, signal }: Bounds,
): BackfillWorker {
  const ended = new AbortController();
  const changes = openChanges(signal, ended.signal);
  const states = projectorStates(shadowCursors(options.log.cursors));
  let stopped: { readonly fault: unknown } | undefined;
  const working = projectPartition({
    ...options,
    log: boundedLog(shadowLog(options.log, changes.notify), 0, limits),
    sink: { ...options.sink, openBlock: (table) => options.sink.openBlock(shadow.nameOf(table)) },
    /* The log is there already: a batch takes what is there up to the limit. */
    linger: (expire) => (expire(), () => undefined),
    boundedBatches: false,
    start: START,
    lastPosition: () => Promise.resolve(0),
    lost: ended.signal,
  }).catch((fault: unknown) => {
    stopped = { fault };
    changes.notify();
  });
  return {
    progress() {
      changes.seen();
      if (stopped) return Promise.reject(stopped.fault);
      const state = states.tables.get();
      const position = state?.position ?? START;
      const isSettled = state === undefined || reachOf(state) === position;
      return Promise.resolve({ offsets: [parseEventPosition(position)], isSettled });
    },
    changed: () => changes.next(),
    async end() {
      ended.abort(new Error('the rebuild ends'));
      await working;
    },
  };
}

/** The log with the cursors of the shadow tables. */
function shadowLog(log: ProjectedLog, moved: () => void): ProjectedLog {
  const cursors = shadowCursors(log.cursors);
  const observed: Cursors = {
    get: (name) => cursors.get(name),
    async set(name, cursor) {
      await cursors.set(name, cursor);
      moved();
    },
  };
  return {
    cursors: observed,
    read: (range) => log.read(range),
    changed: (after, signal) => log.changed(after, signal),
    find: (source, id) => log.find(source, id),
  };
}

/** Changes since they were last seen. An abort is one. */
function openChanges(signal: AbortSignal, ended: AbortSignal) {
  let isChanged = false;
  let wake = (): void => undefined;
  const notify = (): void => {
    isChanged = true;
    wake();
  };
  signal.addEventListener('abort', notify, { once: true, signal: ended });
  return {
    notify,
    seen: () => void (isChanged = false),
    next: () =>
      new Promise<void>((resolve) => {
        wake = resolve;
        if (isChanged || signal.aborted) resolve();
      }),
  };
}
