import type { Cursor, Cursors } from '@tributary/event-log';
import { exchangeCodec, failuresCodec, shadowCodec, tablesCodec } from './state-codec.ts';
import type { ExchangeState, FailuresState, ShadowState, StateCodec } from './state-codec.ts';
import type { TablesState } from './tables-state.ts';

/** The cursor of a log's tables. In a group, its position is the committed offset. */
export const TABLES_CURSOR = 'tables';

/** Durable states by name; the names are those of their cursors, with a prefix for the shadow tables. */
type Named<State> = { readonly cursor: string; readonly codec: StateCodec<State> };
const TABLES: Named<TablesState> = { cursor: TABLES_CURSOR, codec: tablesCodec };
const FAILURES: Named<FailuresState> = { cursor: 'misfits', codec: failuresCodec };
const EXCHANGE: Named<ExchangeState> = { cursor: 'exchange', codec: exchangeCodec };
const SHADOW: Named<ShadowState> = { cursor: 'beside', codec: shadowCodec };
const NEXT = 'next-';

/** One durable state. `get` throws Fault `projector_state_unknown`. */
export type DurableState<State> = {
  get(): State | undefined;
  /** Resolves once the state is durable. */
  set(state: State): Promise<void>;
};

/** The states of a projector in the cursors of its log. */
export type ProjectorStates = {
  readonly tables: DurableState<TablesState>;
  readonly failures: DurableState<FailuresState>;
  readonly exchange: DurableState<ExchangeState>;
};

/** The states in the cursors of a log. */
export function projectorStates(cursors: Cursors): ProjectorStates {
  const durable = <State>({ cursor: name, codec }: Named<State>): DurableState<State> => ({
    get: () => stateIn(cursors.get(name), codec),
    set: (state) => cursors.set(name, codec.encode(state)),
  });
  return { tables: durable(TABLES), failures: durable(FAILURES), exchange: durable(EXCHANGE) };
}

/** The cursors of the shadow tables: the same ones under names of their own. */
export const shadowCursors = (cursors: Cursors): Cursors => ({
  get: (name) => cursors.get(`${NEXT}${name}`),
  set: (name, cursor) => cursors.set(`${NEXT}${name}`, cursor),
});

/** All states that a group keeps with the offset of a partition. */
export type PartitionStates = {
  readonly tables?: TablesState | undefined;
  readonly failures?: FailuresState | undefined;
  /** While tables are exchanged: the plan, and the states of the new tables. */
  readonly exchange?: ExchangeState | undefined;
  readonly nextTables?: TablesState | undefined;
  readonly nextFailures?: FailuresState | undefined;
  /** Of the group that fills shadow tables. */
  readonly shadow?: ShadowState | undefined;
};

/** The states in a partition's cursors. Throws Fault `projector_state_unknown`. */
export function statesIn(cursors: ReadonlyMap<string, Cursor>): PartitionStates {
  const read = <State>({ cursor, codec }: Named<State>, prefix = ''): State | undefined =>
    stateIn(cursors.get(`${prefix}${cursor}`), codec);
  return {
    tables: read(TABLES),
    failures: read(FAILURES),
    exchange: read(EXCHANGE),
    nextTables: read(TABLES, NEXT),
    nextFailures: read(FAILURES, NEXT),
    shadow: read(SHADOW),
  };
}

/** The cursors that keep the states of a partition. */
export function cursorsOf(states: PartitionStates): Map<string, Cursor> {
  const cursors = new Map<string, Cursor>();
  const write = <State>({ cursor, codec }: Named<State>, state: State | undefined, prefix = ''): void => {
    if (state !== undefined) cursors.set(`${prefix}${cursor}`, codec.encode(state));
  };
  write(TABLES, states.tables);
  write(FAILURES, states.failures);
  write(EXCHANGE, states.exchange);
  write(TABLES, states.nextTables, NEXT);
  write(FAILURES, states.nextFailures, NEXT);
  write(SHADOW, states.shadow);
  return cursors;
}

const stateIn = <State>(cursor: Cursor | undefined, codec: StateCodec<State>): State | undefined =>
  cursor && codec.decode(cursor);
