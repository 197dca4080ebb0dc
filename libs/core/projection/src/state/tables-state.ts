import { START } from '@tributary/kernel';
import type { Position } from '@tributary/kernel';

/**
 * What filled the tables. A rebuild raises the epoch, so that no engine takes a new batch for an old one. The version
 * is that of the projections (`tablesVersion`); it is empty where the tables are older than versions.
 */
export type Generation = { readonly epoch: number; readonly version: string };

/** A range of the log whose rows are inserted under one token, `<epoch>@<version>:<from>-<to>`. The engine ignores a repeated token. */
type BatchRange = { readonly from: Position; readonly to: Position; readonly token: string };

/** The tables hold every event up to `position`; `batch` is the last one inserted. */
export type CompleteState = {
  readonly kind: 'complete';
  readonly position: Position;
  readonly generation: Generation;
  readonly batch: BatchRange;
  /**
   * In a group: `log_range` counts the rows of every event after this position. Undefined where an earlier version wrote
   * the state, which counts nothing and drops this.
   */
  readonly countedFrom?: Position | undefined;
};

/** The rows of `batch` may be in the tables, some or all of them. */
export type PlannedState = Omit<CompleteState, 'kind'> & { readonly kind: 'planned' };

/** The tables are being emptied, and are filled again under this generation. */
export type EmptyingState = {
  readonly kind: 'emptying';
  readonly position: Position;
  readonly generation: Generation;
};

/** States from which a projector works on. */
export type WorkingState = CompleteState | PlannedState | EmptyingState;

/** How far the tables are: of the whole log, or of one partition. While a rebuild exchanges them, no projector writes. */
export type TablesState = WorkingState | { readonly kind: 'exchanging'; readonly position: Position };

/** Of empty tables, before the first event of the log or of one of its partitions. */
export const firstState = (version: string, start = START): CompleteState =>
  empty({ epoch: 1, version }, start);

/** About to insert the rows of a range that begins at the state's position. */
export function planBatch(state: WorkingState, to: Position): PlannedState {
  const { position, generation } = state;
  const token = `${generationText(generation)}:${position}-${to}`;
  const batch = { from: position, to, token };
  return { kind: 'planned', position, generation, batch, ...countedIn(state) };
}

/** Where the counts of a state begin, where they do. */
export const countedIn = ({ countedFrom }: Counting): { readonly countedFrom?: Position } =>
  countedFrom === undefined ? {} : { countedFrom };

type Counting = { readonly kind: string; readonly countedFrom?: Position | undefined };

/** The state with which a worker begins: from its position on it counts, or it does not. */
export function counting(state: WorkingState, isCounted: boolean): WorkingState {
  if (state.kind === 'emptying') return state;
  return { ...state, countedFrom: isCounted ? (state.countedFrom ?? state.position) : undefined };
}

/** The planned batch is in the tables. */
export const completeBatch = (state: PlannedState): CompleteState => ({
  ...state,
  kind: 'complete',
  position: state.batch.to,
});

/** About to empty the tables, which are filled again under a new epoch. */
export const planRebuild = (state: TablesState, version: string): EmptyingState => ({
  kind: 'emptying',
  position: START,
  generation: { epoch: generationOf(state).epoch + 1, version },
});

/** The tables are empty. */
export const emptied = ({ generation }: EmptyingState): CompleteState => empty(generation, START);

/** The end of what may be in the tables: a planned batch may be. */
export const reachOf = (state: TablesState): Position =>
  state.kind === 'planned' ? state.batch.to : state.position;

/** The version that filled the tables; undefined while they are exchanged. */
export const versionOf = (state: TablesState): string | undefined =>
  state.kind === 'exchanging' ? undefined : state.generation.version;

/** `<epoch>@<version>`, or the epoch alone where the tables are older than versions. */
export const generationText = ({ epoch, version }: Generation): string =>
  version === '' ? String(epoch) : `${epoch}@${version}`;

const NONE: Generation = { epoch: 1, version: '' };

const generationOf = (state: TablesState): Generation =>
  state.kind === 'exchanging' ? NONE : state.generation;

function empty(generation: Generation, start: Position): CompleteState {
  const token = `${generationText(generation)}:${start}-${start}`;
  return { kind: 'complete', position: start, generation, batch: { from: start, to: start, token } };
}
