import { readFileSync } from 'node:fs';
import type { Cursor } from '@tributary/event-log';
import { Fault, positionFromText, START, valueIn } from '@tributary/kernel';
import type { Position } from '@tributary/kernel';
import { z } from 'zod';
import { countedIn, generationText } from './tables-state.ts';
import type { Generation, TablesState } from './tables-state.ts';

/**
 * The durable states of a projector are cursors of the log: in its environment, or in the commit metadata of a group.
 * Format 2 keeps the state as JSON in `state`, with its format and the version that wrote it. Format 1 had no `state`
 * and kept everything in `planned.token`; it is read, and `planned` is still written so that its readers work on.
 */
const FORMAT = 2;

const manifest = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
const WRITER = z.object({ version: z.string() }).parse(JSON.parse(manifest)).version;

/** Facts that made no rows and are left out of the tables. */
export type FailuresState =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'failures';
      readonly count: number;
      readonly first: Position;
      readonly last: Position;
    };

/** Tables that are to be exchanged: their marks, in the order of the tables' names. */
export type ExchangeState =
  | { readonly kind: 'none' }
  | { readonly kind: 'exchange'; readonly position: Position; readonly marks: readonly string[] };

/** The shadow tables that a group fills, by a digest of their marks. */
export type ShadowState = { readonly kind: 'shadow'; readonly position: Position; readonly digest: string };

export type StateCodec<State> = {
  encode(state: State): Cursor;
  /** Throws Fault `projector_state_unknown` for a state that a later version wrote, or that is none. */
  decode(cursor: Cursor): State;
};

type Planned = NonNullable<Cursor['planned']>;

type Shape<State, Payload> = {
  readonly name: string;
  /** What `state` of format 2 holds. */
  readonly payload: z.ZodType<Payload>;
  readonly encode: (state: State) => {
    readonly position: Position;
    readonly planned?: Planned;
    readonly payload: Payload;
  };
  /** Undefined where the cursor does not fit the payload. */
  readonly decode: (cursor: Cursor, payload: Payload) => State | undefined;
  /** Of format 1; undefined where it is none. */
  readonly decodeFormat1: (cursor: Cursor) => State | undefined;
};

const header = z.object({ format: z.int(), writer: z.string() });

function codec<State, Payload extends object>(shape: Shape<State, Payload>): StateCodec<State> {
  const { name, payload: schema } = shape;
  return {
    encode(state) {
      const { payload, ...cursor } = shape.encode(state);
      return { ...cursor, state: { format: FORMAT, writer: WRITER, ...payload } };
    },
    decode(cursor) {
      if (cursor.state === undefined) return shape.decodeFormat1(cursor) ?? refuse(name, cursor);
      if (header.safeParse(cursor.state).data?.format !== FORMAT) return refuse(name, cursor);
      const payload = schema.safeParse(cursor.state);
      return (payload.success ? shape.decode(cursor, payload.data) : undefined) ?? refuse(name, cursor);
    },
  };
}

function refuse(name: string, { position, planned, state }: Cursor): never {
  const { data: written } = header.safeParse(state);
  const by = written ? `Tributary ${written.writer} in format ${written.format}` : 'an unknown version';
  const what = written ? `kind ${JSON.stringify(state?.['kind'])}` : JSON.stringify(planned?.token ?? state);
  throw new Fault(
    'projector_state_unknown',
    `the state of the ${name} at ${position} was written by ${by} (${what}), and this program, Tributary ${WRITER}, reads formats up to ${FORMAT}: run ${written ? `Tributary ${written.writer} or later` : 'the version that wrote it'}`,
  );
}

const generation = { epoch: z.int().min(0), version: z.string() };

/** Readers before this one drop it with the next batch, which they do not count. */
const countedFrom = z.string().transform(positionFromText).optional();

/** Stands in the token while tables are exchanged: readers of format 1 take it for a version and refuse to work. */
const EXCHANGING_TOKEN = '0@exchanging:';

export const tablesCodec: StateCodec<TablesState> = codec({
  name: 'tables',
  payload: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal(['complete', 'planned', 'emptying']), ...generation, countedFrom }),
    z.object({ kind: z.literal('exchanging') }),
  ]),
  encode: (state) => {
    const { kind, position } = state;
    const at = (token: string): Planned => ({ from: position, to: position, token });
    if (kind === 'exchanging') return { position, planned: at(EXCHANGING_TOKEN), payload: { kind } };
    const payload = { kind, ...state.generation };
    if (kind === 'emptying')
      return { position, planned: at(`emptying:${generationText(state.generation)}`), payload };
    return { position, planned: state.batch, payload: { ...payload, ...countedIn(state) } };
  },
  decode: (cursor, payload) => {
    const { position } = cursor;
    if (payload.kind === 'exchanging') return { kind: payload.kind, position };
    const { kind, epoch, version } = payload;
    if (kind === 'emptying') return { kind, position, generation: { epoch, version } };
    const made = { kind, position, generation: { epoch, version }, ...countedIn(payload) };
    return cursor.planned && { ...made, batch: cursor.planned };
  },
  decodeFormat1: ({ position, planned }) => {
    if (!planned) {
      const batch = { from: position, to: position, token: '' };
      return { kind: 'complete', position, generation: { epoch: 1, version: '' }, batch };
    }
    if (planned.token === EXCHANGING_TOKEN) return { kind: 'exchanging', position };
    const emptying = /^emptying:(\d+)(?:@(\w*))?$/.exec(planned.token);
    if (emptying) return { kind: 'emptying', position, generation: generationIn(emptying) };
    const batch = /^(\d+)(?:@(\w*))?:/.exec(planned.token);
    const kind = planned.to === position ? 'complete' : 'planned';
    return batch ? { kind, position, generation: generationIn(batch), batch: planned } : undefined;
  },
});

const generationIn = ([, epoch, version = '']: RegExpExecArray): Generation => ({
  epoch: Number(epoch),
  version,
});

export const failuresCodec: StateCodec<FailuresState> = codec({
  name: 'projection failures',
  payload: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('none') }),
    z.object({ kind: z.literal('failures'), count: z.int().min(1) }),
  ]),
  encode: (state) => {
    if (state.kind === 'none') return { position: START, payload: state };
    const { kind, count, first, last } = state;
    return {
      position: last,
      planned: { from: first, to: last, token: String(count) },
      payload: { kind, count },
    };
  },
  decode: ({ planned }, payload) => {
    if (payload.kind === 'none') return payload;
    return planned && { ...payload, first: planned.from, last: planned.to };
  },
  decodeFormat1: ({ planned }) => {
    if (!planned || planned.token === '0') return { kind: 'none' };
    const count = Number(planned.token);
    const isCount = Number.isSafeInteger(count) && count > 0;
    return isCount ? { kind: 'failures', count, first: planned.from, last: planned.to } : undefined;
  },
});

/**
 * Its token says who began it, and a reader of format 1 refuses to finish the exchange: the marks would not fit twice
 * into the metadata of a commit.
 */
export const exchangeCodec: StateCodec<ExchangeState> = codec({
  name: 'exchange of tables',
  payload: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('none') }),
    z.object({ kind: z.literal('exchange'), marks: z.array(z.string()) }),
  ]),
  encode: (state) => {
    if (state.kind === 'none') return { position: START, payload: state };
    const { kind, position, marks } = state;
    return {
      position,
      planned: { from: position, to: position, token: `Tributary ${WRITER} began this exchange` },
      payload: { kind, marks: [...marks] },
    };
  },
  decode: ({ position }, payload) => (payload.kind === 'none' ? payload : { ...payload, position }),
  decodeFormat1: ({ position, planned }) => {
    if (!planned) return { kind: 'none' };
    const marks = marksOfFormat1(planned.token);
    return marks && { kind: 'exchange', position, marks };
  },
});

/** A log of one process kept an object of marks by table, a group their list. */
function marksOfFormat1(token: string): string[] | undefined {
  if (!token.startsWith('{')) return token.split(',');
  const byTable = z.record(z.string(), z.string()).safeParse(parsedOrUndefined(token)).data;
  if (byTable === undefined) return undefined;
  return Object.keys(byTable)
    .toSorted()
    .map((table) => valueIn(byTable, table) ?? '');
}

function parsedOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export const shadowCodec: StateCodec<ShadowState> = codec({
  name: 'shadow tables',
  payload: z.object({ kind: z.literal('shadow'), digest: z.string() }),
  encode: ({ kind, position, digest }) => ({
    position,
    planned: { from: position, to: position, token: digest },
    payload: { kind, digest },
  }),
  decode: ({ position }, payload) => ({ ...payload, position }),
  decodeFormat1: ({ position, planned }) => planned && { kind: 'shadow', position, digest: planned.token },
});
