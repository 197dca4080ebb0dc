import type { Appended, NewEvent, RecordedEvent } from '@tributary/event-log';
import type { Position } from '@tributary/kernel';
import type { Content, QuestionKind } from './expected-answers.fixture.ts';
import type { Accident, Appender } from './steps.fixture.ts';

/** The answer to a question as a user gets it. */
export type GivenAnswer = Content & {
  readonly position: string;
  readonly complete: boolean;
  /** Why it is not complete. */
  readonly reason?: string | null | undefined;
};

export type Question = { readonly kind: QuestionKind; readonly run: string; readonly asOf?: Position };

/** A log, what fills its tables, and what answers from them, with the accidents that can happen to them. */
export type System = {
  /**
   * Throws the faults of the log, and any fault where the process dies meanwhile. A producer of its own is told by nobody
   * what becomes of its records.
   */
  append(
    events: readonly NewEvent[],
    options: { atomic: boolean; appender: Appender },
  ): Promise<Appended | 'unknown'>;
  /** The answer, as its resolver gives it. Throws its faults. */
  ask(question: Question): Promise<GivenAnswer>;
  /** The end of the log. */
  head(): Position;
  /** Every event of the log, without positions that have none. */
  records(): Promise<RecordedEvent[]>;
  /** Whether something is broken, so that questions may stay without an answer. */
  isImpaired(): boolean;
  /** Whether a client that was told about its request sees it in the next answer about now. */
  readonly readsItsWrites: boolean;
  begin(accident: Accident): Promise<void>;
  /** After each round: starts again what has died. */
  revive(): Promise<void>;
  /** Between rounds: moves everything to another log where that is due. True where positions are others from now on. */
  move(): Promise<boolean>;
  /** Ends all accidents, and starts again what they have ended. */
  heal(): Promise<void>;
  /** Resolves once the tables hold everything that the log held at the call. */
  caughtUp(): Promise<void>;
  /** Compares the tables with a rebuild, and says what differs. */
  differences(): Promise<string[]>;
  close(): Promise<void>;
};

/** Faults with which nothing of a request was stored. */
export const NOTHING_STORED: ReadonlySet<unknown> = new Set(['disk_full', 'disk_low']);

export const codeOf = (fault: unknown): unknown =>
  fault instanceof Error && 'code' in fault ? fault.code : undefined;
