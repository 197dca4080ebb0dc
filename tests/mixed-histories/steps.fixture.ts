import { randomFrom } from '@tributary/fixtures';
import type { Random } from '@tributary/fixtures';
import type { NewEvent } from '@tributary/event-log';
import type { EffectKind } from './effects.fixture.ts';
import type { QuestionKind } from './expected-answers.fixture.ts';
import { altered, RunFacts } from './facts.fixture.ts';

/** One of several processes that take requests; or a producer of its own, which writes to the topic itself. */
export type Appender = number | 'another producer';

/** What one client does. */
export type Move =
  | {
      readonly do: 'append';
      readonly events: readonly NewEvent[];
      readonly atomic: boolean;
      readonly appender: Appender;
    }
  | {
      readonly do: 'ask';
      readonly kind: QuestionKind;
      readonly run: string;
      /** As of now, of the end of the log, or of the position of an acknowledged event, by its share of them. */
      readonly asOf: 'now' | 'end' | number;
    };

/**
 * What happens to the system. Each log knows some of them, and a generator makes only those. `which` selects one of
 * several processes.
 */
export type Accident = { readonly which: number } & (
  | {
      /** A process dies at its n-th effect of a kind from now on; then its tables may be damaged, or another version starts. */
      readonly do: 'kill';
      readonly at: EffectKind;
      readonly after: number;
      readonly damage: Damage;
      readonly version: Version;
    }
  | { readonly do: 'kill appender'; readonly after: number; readonly isEmptied: boolean }
  /** What fills the tables stands still before an insert, and goes on with it later. */
  | { readonly do: 'freeze' | 'thaw' | 'make room' | 'rebuild' | 'rebalance' }
  | { readonly do: 'fill disk'; readonly leave: number }
  /** The engine has no room for inserts, or the broker none for records; what was sent may be there all the same. */
  | { readonly do: 'fail inserts' | 'fail appends'; readonly count: number; readonly isDone: boolean }
  /** ClickHouse is killed in an insert: it knows its token, and does not have its rows. */
  | { readonly do: 'lose block' }
  /** While nothing works on the tables. */
  | { readonly do: 'damage tables'; readonly damage: Damage }
  /** An operator adds partitions to the topic of a running system. */
  | { readonly do: 'add partitions'; readonly count: number }
);

export type Damage = 'none' | 'tables deleted' | 'older copy' | 'lost part' | 'lost events';
export type Version = 'same' | 'older';

/** A step in a round. The moves of a round are made at the same time. */
export type Step = { readonly round: number } & (
  { readonly history: number; readonly move: Move } | { readonly accident: Accident }
);

export type Plan = {
  readonly histories: number;
  /** Makes an accident of those that the log knows. */
  readonly accident: (random: Random) => Accident;
  /** The share of rounds that begin with an accident. */
  readonly accidents?: number;
  /** The share of requests that producers of their own write to the topic. */
  readonly otherProducers?: number;
};

const ROUNDS = { least: 8, most: 18 };
/** Rounds that begin with an accident. */
const ACCIDENTS = 0.45;
/** Rounds after damage in which somebody asks as of an earlier position, for which answers do not wait. */
const ASKED_AFTER_DAMAGE = 3;
/** Questions cost the engine more than all else. */
const QUESTIONS = 0.025;
/** Rounds with a question that every history has a part in: for the list of all runs. */
const ASKED_OF_ALL = 0.6;

/**
 * The steps of so many histories that share a log and its accidents. A history is one client with a run of its own: 8 to
 * 30 steps, with the accidents. A client may also send a request of another one.
 */
export function stepsFrom(seed: number, plan: Plan): Step[] {
  const { histories, accident, accidents = ACCIDENTS, otherProducers = 0 } = plan;
  const random = randomFrom(seed);
  const steps: Step[] = [];
  const sent: SentRequest[] = [];
  const clients = Array.from({ length: histories }, (_, history) => {
    const run = `run-${seed}-${history}`;
    return { history, facts: new RunFacts(run, random), rounds: between(random, ROUNDS.least, ROUNDS.most) };
  });
  for (let round = 0; round < ROUNDS.most; round += 1) {
    if (random() < accidents) steps.push({ round, accident: accident(random) });
    for (const { history, facts, rounds } of clients)
      if (round < rounds)
        steps.push({ round, history, move: nextMove(random, facts, { sent, otherProducers }) });
    const asksAll = clients[random.below(clients.length)];
    if (asksAll && isAfterDamage(steps, round))
      steps.push({
        round,
        history: asksAll.history,
        move: { do: 'ask', kind: 'runs', run: asksAll.facts.run, asOf: random() },
      });
    if (random() < ASKED_OF_ALL && asksAll)
      steps.push({
        round,
        history: asksAll.history,
        move: { ...question(random, asksAll.facts.run), kind: 'runs' },
      });
  }
  return steps;
}

const isAfterDamage = (steps: readonly Step[], round: number): boolean =>
  steps.some(
    (step) =>
      'accident' in step &&
      step.accident.do === 'damage tables' &&
      step.round < round &&
      round <= step.round + ASKED_AFTER_DAMAGE,
  );

type SentRequest = { readonly events: readonly NewEvent[]; readonly atomic: boolean };
type Clients = { readonly sent: SentRequest[]; readonly otherProducers: number };

const between = (random: Random, least: number, most: number): number =>
  least + random.below(most - least + 1);

function nextMove(random: Random, facts: RunFacts, { sent, otherProducers }: Clients): Move {
  const dice = random();
  if (dice < QUESTIONS) return question(random, facts.run);
  const appender = random() < otherProducers ? 'another producer' : random.below(2);
  const known = sent[sent.length - 1 - random.below(Math.min(sent.length, 60))];
  if (dice < 0.35 && known) return { do: 'append', appender, ...known };
  const request = { events: newEvents(random, facts, known), atomic: random() < 0.7 };
  sent.push(request);
  return { do: 'append', appender, ...request };
}

function question(random: Random, run: string): Extract<Move, { do: 'ask' }> {
  const dice = random();
  const named = dice < 0.7 ? 'end' : random();
  const asOf = dice < 0.4 ? 'now' : named;
  return { do: 'ask', kind: random() < 0.6 ? 'exposure' : 'curve', run, asOf };
}

/** Some requests have an event twice, or another content under the id of an event that was sent before. */
function newEvents(random: Random, facts: RunFacts, known: SentRequest | undefined): NewEvent[] {
  const events = Array.from({ length: 1 + random.below(4) }, () => facts.next());
  const other = known?.events[random.below(known.events.length)];
  if (random() < 0.08 && other) events.push(altered(other));
  const first = events[0];
  if (random() < 0.05 && first) events.push(random() < 0.5 ? first : altered(first));
  return events;
}
