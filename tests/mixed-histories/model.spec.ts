import { randomFrom } from '@tributary/fixtures';
import { memoryLog } from '@tributary/event-log';
import type { EventLog, NewEvent, RecordedEvent } from '@tributary/event-log';
import { START } from '@tributary/kernel';
import { beforeEach, describe, expect, it } from 'vitest';
import { expectedAnswer } from './expected-answers.fixture.ts';
import { altered, RunFacts } from './facts.fixture.ts';
import { brokenPromises } from './model.fixture.ts';
import { shrink } from './shrink.fixture.ts';
import { stepsFrom } from './steps.fixture.ts';

const ATOMIC = { atomic: true };

let log: EventLog;
let events: NewEvent[];
beforeEach(() => {
  log = memoryLog();
  const facts = new RunFacts('r', randomFrom(1));
  events = Array.from({ length: 8 }, () => facts.next());
});

const records = (): Promise<RecordedEvent[]> => log.read({ after: START, limit: 100, maxBytes: 2 ** 30 });

describe('the model', () => {
  it('finds nothing where the log keeps what clients were told', async () => {
    const attempts = [
      { events, outcome: await log.append(events, ATOMIC) },
      { events, outcome: await log.append(events, ATOMIC) },
    ];
    const other = events.slice(0, 1).map(altered);
    attempts.push({ events: other, outcome: await log.append(other, { atomic: false }) });
    attempts.push({ events: other, outcome: await log.append(other, ATOMIC) });
    expect(brokenPromises(attempts, await records())).toEqual([]);
  });

  it('finds what was acknowledged and is lost, or is elsewhere', async () => {
    const attempts = [{ events, outcome: await log.append(events, ATOMIC) }];
    const stored = await records();
    expect(brokenPromises(attempts, stored.slice(0, -1))).toEqual(['r-8 was acknowledged and is lost']);
    const moved = stored.map((record, index) => (index === 7 ? { ...record, position: START } : record));
    expect(brokenPromises(attempts, moved)).toEqual(['r-8 is not where its receipt says']);
  });

  it('finds what is stored twice, and what was refused and is stored', async () => {
    const outcome = await log.append(events, ATOMIC);
    const stored = await records();
    const twice = [...stored, ...stored.slice(0, 1)];
    expect(brokenPromises([{ events, outcome }], twice)).toContain('r-1 is stored twice');
    const refused = [{ events, outcome: 'nothing stored' as const }];
    expect(brokenPromises(refused, stored)).toContain('r-1 is stored, and was refused or never sent');
    expect(brokenPromises([{ events, outcome: 'unknown' }], stored)).toEqual([]);
  });
});

describe('the expected answer', () => {
  it('counts the events up to its position, and there is none before the run has started and consumed something', async () => {
    await log.append(events, ATOMIC);
    const stored = await records();
    const answers = stored.map(({ position }) =>
      expectedAnswer(stored, { kind: 'exposure', run: 'r', position }),
    );
    const consumed = stored.filter(({ type }) => type === 'training.exposure.recorded');
    expect(answers[0]).toBeUndefined();
    expect(answers.at(-1)?.evidence).toEqual(consumed.map(({ position }) => position));
  });
});

it('the same seed makes the same steps, and shrinking keeps those that a failure needs', async () => {
  const plan = { histories: 1, accident: () => ({ do: 'thaw' as const, which: 0 }) };
  const steps = stepsFrom(5, plan);
  expect(stepsFrom(5, plan)).toEqual(steps);
  const needed = [steps[4], steps[9]];
  const rest = await shrink(steps, (fewer) =>
    Promise.resolve(needed.every((step) => step && fewer.includes(step))),
  );
  expect(rest).toEqual(needed);
});
