import { setTimeout as pause } from 'node:timers/promises';
import { isConflict } from '@tributary/event-log';
import type { NewEvent, RecordedEvent } from '@tributary/event-log';
import {
  isCovered,
  parseEventPosition,
  parseLogPosition,
  partitionCount,
  positionFromText,
} from '@tributary/kernel';
import type { Position } from '@tributary/kernel';
import { expectedAnswer, isMentioned } from './expected-answers.fixture.ts';
import type { Content, QuestionKind } from './expected-answers.fixture.ts';
import { brokenPromises } from './model.fixture.ts';
import type { Attempt, Outcome } from './model.fixture.ts';
import type { Accident, Appender, Move, Step } from './steps.fixture.ts';
import { codeOf, NOTHING_STORED } from './system.fixture.ts';
import type { GivenAnswer, Question, System } from './system.fixture.ts';

/** What was done, and what was wrong. */
export type Played = {
  readonly violations: readonly string[];
  readonly counts: ReadonlyMap<string, number>;
};

/**
 * Milliseconds that an answer may take, and those that one is waited for while something is broken. The first are longer than
 * any deadline of what answers: an answer that is late on a busy machine is a refusal, and none at all is a defect.
 */
const WAITS = { sound: 300_000, impaired: 150 };

/** Attempts at the end to get an answer to what had none. */
const RETRIES = 3;

/** Questions at the end, of so many runs. */
const ASKED_AT_END = 2;

type Answered = {
  readonly question: Question;
  readonly answer: GivenAnswer;
  readonly known: readonly Position[];
};
type Unknown = { readonly run: string; readonly position: string };

/** Plays steps on a system, heals it, repeats what was not acknowledged, and checks all answers. */
export async function play(system: System, steps: readonly Step[]): Promise<Played> {
  const player = new Player(system);
  for (let round = 0; round <= Math.max(0, ...steps.map((step) => step.round)); round += 1) {
    await player.round(steps.filter((step) => step.round === round));
    if (player.violations.length > 0) break;
  }
  if (player.violations.length === 0) await player.end(runsOf(steps));
  return player;
}

const runsOf = (steps: readonly Step[]): string[] => [
  ...new Set(
    steps.flatMap((step) => {
      if (!('move' in step) || step.move.do === 'ask') return [];
      return step.move.events.map(({ stream }) => stream.slice('run/'.length));
    }),
  ),
];

class Player implements Played {
  readonly violations: string[] = [];
  readonly counts = new Map<string, number>();
  readonly #system: System;
  #attempts: Attempt[] = [];
  #acknowledged: Position[] = [];
  /** Answers since the log was last read. */
  #answers: Answered[] = [];
  #unknown: Unknown[] = [];
  /** The number of the topic that the log is in, of those that follow each other. */
  #topic = 0;

  constructor(system: System) {
    this.#system = system;
  }

  async round(steps: readonly Step[]): Promise<void> {
    for (const step of steps) if ('accident' in step) await this.#begin(step.accident);
    const moves = steps.flatMap((step) => ('move' in step ? [step.move] : []));
    await Promise.all(moves.map((move) => this.#make(move)));
    await this.#system.revive();
    const records = await this.#system.records();
    this.#check(records);
    await this.#move(records);
  }

  async end(runs: readonly string[]): Promise<void> {
    await this.#system.heal();
    await this.#move(await this.#system.records());
    for (let tries = 0; tries < RETRIES; tries += 1)
      await Promise.all(this.#open().map((events) => this.#append(events, { atomic: false, appender: 0 })));
    if (this.#open().length > 0)
      this.violations.push('a request was not acknowledged after everything was healed');
    await this.#system.caughtUp();
    const asked = runs.slice(0, ASKED_AT_END);
    const kinds: readonly QuestionKind[] = ['exposure', 'curve', 'runs'];
    await Promise.all(
      asked.flatMap((run) => kinds.map((kind) => this.#ask({ kind, run, asOf: this.#system.head() }))),
    );
    const records = await this.#system.records();
    const atEnd = this.#answers;
    this.#check(records);
    for (const run of asked) for (const kind of kinds) this.#requireComplete(records, atEnd, { run, kind });
    this.violations.push(...(await this.#system.differences()));
  }

  /** What the log has is as it was, at other positions. Answers that came meanwhile name those of before. */
  async #move(records: readonly RecordedEvent[]): Promise<void> {
    if (!(await this.#system.move())) return;
    this.#count('moves to another topic');
    this.#check(records);
    this.#attempts = this.#attempts.map((attempt) => ({ ...attempt, isMoved: true }));
    this.#acknowledged = [];
    this.#topic += 1;
  }

  async #begin(accident: Accident): Promise<void> {
    this.#count(accident.do);
    if ('damage' in accident && accident.damage !== 'none') this.#count(accident.damage);
    if (accident.do === 'kill' && accident.version === 'older') this.#count('older version');
    await this.#system.begin(accident);
  }

  async #make(move: Move): Promise<void> {
    if (move.do === 'append') return this.#append(move.events, move);
    const { kind, run, asOf } = move;
    const past =
      typeof asOf === 'number' ? this.#acknowledged[Math.floor(asOf * this.#acknowledged.length)] : undefined;
    const named = asOf === 'end' ? this.#system.head() : past;
    await this.#ask({ kind, run, ...(named !== undefined && { asOf: named }) });
  }

  async #append(
    events: readonly NewEvent[],
    options: { atomic: boolean; appender: Appender },
  ): Promise<void> {
    const outcome = await this.#system.append(events, options).catch(outcomeOf);
    this.#attempts.push({ events, outcome });
    this.#count(typeof outcome === 'string' ? `requests: ${outcome}` : 'requests: answered');
    if (typeof outcome === 'string' || !outcome.ok) return;
    this.#count('duplicates', outcome.duplicates);
    for (const receipt of outcome.receipts)
      if (!isConflict(receipt)) this.#acknowledged.push(receipt.position);
  }

  async #ask(question: Question): Promise<void> {
    const known = this.#system.readsItsWrites && question.asOf === undefined ? [...this.#acknowledged] : [];
    const isImpaired = this.#system.isImpaired();
    const number = this.#topic;
    const answered = this.#system.ask(question).then(
      (answer) => this.#take({ question, answer, known }, number),
      (fault: unknown) => this.#takeFault(question, fault, number),
    );
    const wait = isImpaired ? WAITS.impaired : WAITS.sound;
    const isInTime = await Promise.race([answered.then(() => true), pause(wait, false, { ref: false })]);
    if (isInTime) return;
    this.#count('answers that were not waited for');
    if (!isImpaired && !this.#system.isImpaired()) this.violations.push(`no answer about ${question.run}`);
  }

  /** An answer that comes late is checked like any other, as long as its positions are those of the log. */
  #take(answered: Answered, topic: number): void {
    this.#count(answered.answer.complete ? 'answers: complete' : 'answers: not complete');
    if (topic === this.#topic) this.#answers.push(answered);
  }

  #takeFault({ run }: Question, fault: unknown, topic: number): void {
    this.#count('answers: refused');
    const position = unknownAt(fault);
    if (position !== undefined && topic === this.#topic) this.#unknown.push({ run, position });
  }

  /** The log keeps what clients were told, and every answer that says that it is complete is what the log says. */
  #check(records: readonly RecordedEvent[]): void {
    this.violations.push(...brokenPromises(this.#attempts, records));
    for (const { question, answer, known } of this.#answers)
      if (answer.complete) this.violations.push(...untrueAnswer(records, question, answer, known));
    for (const { run, position } of this.#unknown)
      if (isMentioned(records, run, position))
        this.violations.push(`no event up to ${position} was said to mention ${run}, and one does`);
    this.#answers = [];
    this.#unknown = [];
  }

  #requireComplete(
    records: readonly RecordedEvent[],
    answers: readonly Answered[],
    { run, kind }: { readonly run: string; readonly kind: QuestionKind },
  ): void {
    const position = this.#system.head();
    const expected = expectedAnswer(records, { kind, run, position });
    /* An answer of an earlier round may have come meanwhile. */
    const given = answers.flatMap(({ question, answer }) =>
      question.run === run && question.kind === kind && question.asOf === position ? [answer] : [],
    );
    if (expected && !given.some(({ complete }) => complete)) {
      const reasons = given.map(({ reason }) => reason).join('; ') || 'no answer';
      this.violations.push(`the ${kind} of ${run} is not complete after everything was healed: ${reasons}`);
    }
  }

  /** Requests that no attempt has been answered for. */
  #open(): (readonly NewEvent[])[] {
    const answered = new Set(this.#attempts.filter(isAnswered).map(({ events }) => events));
    return [...new Set(this.#attempts.map(({ events }) => events))].filter((one) => !answered.has(one));
  }

  #count(what: string, times = 1): void {
    this.counts.set(what, (this.counts.get(what) ?? 0) + times);
  }
}

const isAnswered = ({ outcome }: Attempt): boolean => typeof outcome !== 'string';

const outcomeOf = (fault: unknown): Outcome =>
  NOTHING_STORED.has(codeOf(fault)) ? 'nothing stored' : 'unknown';

/** The position in the fault `unknown_run`, which is an answer unless it names a reason. */
function unknownAt(fault: unknown): string | undefined {
  if (!(fault instanceof Error) || codeOf(fault) !== 'unknown_run') return undefined;
  return /^no event up to position (\S+) mentions a run [^ ;]+$/.exec(fault.message)?.[1];
}

function untrueAnswer(
  records: readonly RecordedEvent[],
  { kind, run }: Question,
  answer: GivenAnswer,
  known: readonly Position[],
): string[] {
  const { position } = answer;
  const expected = expectedAnswer(records, { kind, run, position });
  const what = `the ${kind} of ${run} as of ${position} says that it is complete`;
  const given = { rows: answer.rows, evidence: answer.evidence };
  const reached = positionFromText(position);
  const ends = parseLogPosition(reached, partitionCount(reached)) ?? [];
  const left = known.find((one) => !isCovered(parseEventPosition(one), ends));
  if (left !== undefined) return [`${what}, and lacks ${left}, which was acknowledged before the question`];
  if (!expected) return [`${what}, and the log has nothing that it could be made of`];
  const difference = differenceOf(given, expected);
  return difference === undefined ? [] : [`${what}, and ${difference}`];
}

function differenceOf(given: Content, expected: Content): string | undefined {
  for (const part of ['rows', 'evidence'] as const) {
    const index = given[part].findIndex((one, at) => one !== expected[part][at]);
    if (index >= 0 || given[part].length !== expected[part].length) {
      const at = index < 0 ? given[part].length : index;
      return `has ${part} ${given[part][at] ?? 'no more'} for ${expected[part][at] ?? 'no more'}`;
    }
  }
  return undefined;
}
