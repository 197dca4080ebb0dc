import type { Recorded } from './recorded.ts';

/** What happened at a state: a line ran, a function was called, or it returned (a generator: or yielded). */
export type TraceEvent = 'line' | 'call' | 'return';

/** A recorded state. `line` is 1-based; `value` is what a function returned. */
export type State = {
  readonly line: number;
  readonly event: TraceEvent;
  readonly variables: ReadonlyMap<string, Recorded>;
  readonly value?: Recorded;
};

/** An execution trace as a document records it. */
export type Trace = {
  readonly code: string;
  /** Lower case; undefined where nothing says it. */
  readonly language: string | undefined;
  readonly stdin: string;
  /** A Python expression, of which the states are those of its evaluation; without it they are those of the program. */
  readonly call: string | undefined;
  readonly states: readonly State[];
  /** Whether the state of a line is that before or after the line ran. */
  readonly moment: 'before' | 'after';
  /** Whether a state names only some of the tracked variables, such as those that changed. */
  readonly isPartial: boolean;
  /** What the program prints, and the value of the call, where they are recorded. */
  readonly output: string | undefined;
  readonly result: Recorded | undefined;
  readonly declared: Declared;
};

/** What a document says of itself and nothing here can check. */
export type Declared = {
  readonly parentCodeHash: string | undefined;
  readonly generatorModel: string | undefined;
  readonly sampleIndex: number | undefined;
  readonly tokens: number | undefined;
  readonly queryType: string | undefined;
  readonly codeVariant: string | undefined;
  readonly sourceFamily: string | undefined;
};

/** The names of all variables of all states. */
export const trackedNames = ({ states }: Trace): readonly string[] => [
  ...new Set(states.flatMap(({ variables }) => [...variables.keys()])),
];

/** The kinds of events that the trace records; those of other kinds are no states of it. */
export const recordedEvents = ({ states }: Trace): readonly TraceEvent[] => [
  ...new Set(states.map(({ event }) => event)),
];
