import { eventPosition, formatEventPosition, parseEventPosition, START } from '@tributary/kernel';
import { decodeCommitMetadata, withPin } from '@tributary/event-log';
import type { Cursor } from '@tributary/event-log';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cursorsOf, statesIn } from './projector-states.ts';
import type { PartitionStates } from './projector-states.ts';
import { exchangeCodec, failuresCodec, shadowCodec, tablesCodec } from './state-codec.ts';
import type { ExchangeState, FailuresState, ShadowState, StateCodec } from './state-codec.ts';
import { generationText } from './tables-state.ts';
import type { TablesState } from './tables-state.ts';

const position = fc
  .tuple(fc.nat(4095), fc.nat(2 ** 40 - 1))
  .map(([partition, number]) => formatEventPosition(eventPosition(partition, number)));
const generation = fc.record({
  epoch: fc.nat(2 ** 31),
  version: fc.oneof(fc.constant(''), fc.stringMatching(/^[0-9a-f]{16}$/)),
});
const range = fc
  .tuple(position, position)
  .map(([a, b]) =>
    parseEventPosition(a) <= parseEventPosition(b) ? { from: a, to: b } : { from: b, to: a },
  );

/** A state whose batch is the one that its generation names. */
const tables: fc.Arbitrary<TablesState> = fc.oneof(
  fc.tuple(range, generation).map(([{ from, to }, made]): TablesState => {
    const batch = { from, to, token: `${generationText(made)}:${from}-${to}` };
    return { kind: 'complete', position: to, generation: made, batch };
  }),
  fc
    .tuple(range, generation)
    .filter(([{ from, to }]) => from !== to)
    .map(([{ from, to }, made]): TablesState => {
      const batch = { from, to, token: `${generationText(made)}:${from}-${to}` };
      return { kind: 'planned', position: from, generation: made, batch };
    }),
  generation.map((made): TablesState => ({ kind: 'emptying', position: START, generation: made })),
  position.map((at): TablesState => ({ kind: 'exchanging', position: at })),
);
/** A state of a worker that counts. */
const counted = fc
  .tuple(tables, position)
  .map(([state, from]): TablesState =>
    state.kind === 'complete' || state.kind === 'planned' ? { ...state, countedFrom: from } : state,
  );
const failures: fc.Arbitrary<FailuresState> = fc.oneof(
  fc.constant<FailuresState>({ kind: 'none' }),
  fc
    .tuple(range, fc.integer({ min: 1, max: 2 ** 40 }))
    .map(([{ from, to }, count]): FailuresState => ({ kind: 'failures', count, first: from, last: to })),
);
const exchange: fc.Arbitrary<ExchangeState> = fc.oneof(
  fc.constant<ExchangeState>({ kind: 'none' }),
  fc
    .tuple(position, fc.array(fc.uuid(), { minLength: 1, maxLength: 50 }))
    .map(([at, marks]): ExchangeState => ({ kind: 'exchange', position: at, marks })),
);
const shadow: fc.Arbitrary<ShadowState> = fc
  .tuple(position, fc.stringMatching(/^[0-9a-f]{16}$/))
  .map(([at, digest]): ShadowState => ({ kind: 'shadow', position: at, digest }));

/** As the environment of a log keeps a cursor, and as a program before `state` read it. */
const stored = (cursor: Cursor): Cursor => JSON.parse(JSON.stringify(cursor));
const withoutState = ({ position: at, planned }: Cursor): Cursor => ({
  position: at,
  ...(planned && { planned }),
});

function expectRoundTrip<State>(codec: StateCodec<State>, states: fc.Arbitrary<State>): void {
  fc.assert(
    fc.property(states, (state) => {
      expect(codec.decode(stored(codec.encode(state)))).toEqual(state);
    }),
  );
}

describe('a durable state', () => {
  it('is read as it was written', () => {
    expectRoundTrip(tablesCodec, tables);
    expectRoundTrip(tablesCodec, counted);
    expectRoundTrip(failuresCodec, failures);
    expectRoundTrip(exchangeCodec, exchange);
    expectRoundTrip(shadowCodec, shadow);
  });

  it('says the same in format 1, which a program before format 2 reads and writes', () => {
    fc.assert(
      fc.property(tables, failures, shadow, (table, failure, named) => {
        expect(tablesCodec.decode(withoutState(tablesCodec.encode(table)))).toEqual(table);
        expect(failuresCodec.decode(withoutState(failuresCodec.encode(failure)))).toEqual(failure);
        expect(shadowCodec.decode(withoutState(shadowCodec.encode(named)))).toEqual(named);
      }),
    );
  });

  it('lies beside a committed offset, at most 4096 bytes of them during an exchange of 50 tables', () => {
    const whole = fc.record({
      tables: counted,
      failures,
      nextTables: counted,
      nextFailures: failures,
      exchange,
    });
    fc.assert(
      fc.property(whole, (states: PartitionStates) => {
        const pin = { position: formatEventPosition(eventPosition(4095, 2 ** 40 - 1)), partitions: 4096 };
        const text = JSON.stringify([...withPin(cursorsOf(states), pin)]);
        expect(Buffer.byteLength(text)).toBeLessThan(4096);
        expect(statesIn(decodeCommitMetadata(text))).toEqual({ ...states, shadow: undefined });
      }),
    );
  });
});

const cursor = (token: string, to = '10'): Cursor => {
  const [from, end] = [formatEventPosition(4), formatEventPosition(Number(to))];
  return { position: formatEventPosition(10), planned: { from, to: end, token } };
};
const batch = (token: string, to = '10') => cursor(token, to).planned;

describe('a state of format 1', () => {
  it.each<[string, Cursor, TablesState]>([
    [
      'of a complete batch',
      cursor('3@v:4-10'),
      {
        kind: 'complete',
        position: formatEventPosition(10),
        generation: { epoch: 3, version: 'v' },
        batch: batch('3@v:4-10') ?? { from: START, to: START, token: '' },
      },
    ],
    [
      'of a batch before there were versions',
      cursor('7:10-12', '12'),
      {
        kind: 'planned',
        position: formatEventPosition(10),
        generation: { epoch: 7, version: '' },
        batch: batch('7:10-12', '12') ?? { from: START, to: START, token: '' },
      },
    ],
    [
      'of tables that are emptied',
      { position: START, planned: { from: START, to: START, token: 'emptying:8@v' } },
      { kind: 'emptying', position: START, generation: { epoch: 8, version: 'v' } },
    ],
    [
      'of tables that are emptied, before there were versions',
      { position: START, planned: { from: START, to: START, token: 'emptying:8' } },
      { kind: 'emptying', position: START, generation: { epoch: 8, version: '' } },
    ],
    [
      'of tables that are exchanged',
      cursor('0@exchanging:'),
      { kind: 'exchanging', position: formatEventPosition(10) },
    ],
  ])('%s is read', (_what, kept, state) => {
    expect(tablesCodec.decode(kept)).toEqual(state);
  });

  it('of an exchange has its marks by table in a log, and in a list in a group', () => {
    expect(exchangeCodec.decode(cursor('{"b":"2","a":"1"}'))).toMatchObject({ marks: ['1', '2'] });
    expect(exchangeCodec.decode(cursor('1,2'))).toMatchObject({ marks: ['1', '2'] });
    expect(exchangeCodec.decode({ position: START })).toEqual({ kind: 'none' });
  });

  it('of failures counts them in its token', () => {
    expect(failuresCodec.decode(cursor('3'))).toMatchObject({ kind: 'failures', count: 3, first: '4' });
    expect(failuresCodec.decode({ position: START })).toEqual({ kind: 'none' });
  });
});

describe('a state that this program does not know is refused', () => {
  const refused = (state: Record<string, unknown>): Cursor => ({ ...cursor('3@v:4-10'), state });
  it.each<[string, Cursor, string]>([
    ['of a later format', refused({ format: 3, writer: '0.9.0', kind: 'paused' }), '0.9.0'],
    ['of an unknown kind', refused({ format: 2, writer: '0.4.0', kind: 'paused' }), '0.4.0'],
    ['without a format', refused({ kind: 'complete' }), 'an unknown version'],
    ['of format 1 with an unknown token', cursor('words'), 'words'],
  ])('%s, with the version that wrote it', (_what, kept, named) => {
    expect(() => tablesCodec.decode(kept)).toThrow(
      expect.objectContaining({
        code: 'projector_state_unknown',
        message: expect.stringContaining(named),
      }),
    );
  });

  it.each(['{"training_run":1}', '{broken'])('of an exchange of format 1 whose marks are %s', (token) => {
    expect(() => exchangeCodec.decode(cursor(token))).toThrow(
      expect.objectContaining({ code: 'projector_state_unknown' }),
    );
  });

  it('where the metadata of a commit is an object with a format', () => {
    expect(() => decodeCommitMetadata('{"format":3,"writer":"0.9.0","tables":{}}')).toThrow(
      expect.objectContaining({ code: 'projector_state_unknown' }),
    );
  });
});
