import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OPEN_END, segmentsOf, unplacedIn, type Attempt } from './history.ts';

it('counts all steps of a run that started once', () => {
  expect(segmentsOf([{ attempt: 1, firstStep: 0 }])).toEqual([
    { attempt: 1, endStep: OPEN_END, isPassed: true },
  ]);
});

it('supersedes the steps after the resumed one before anything is recorded', () => {
  expect(
    segmentsOf([
      { attempt: 1, firstStep: 1 },
      { attempt: 2, resumedFrom: { attempt: 1, step: 1000 } },
    ]),
  ).toEqual([
    { attempt: 2, endStep: OPEN_END, isPassed: true },
    { attempt: 1, endStep: 1001, isPassed: true },
  ]);
});

it('supersedes from the first recorded step where an attempt has no resumedFrom', () => {
  expect(
    segmentsOf([
      { attempt: 1, firstStep: 1 },
      { attempt: 2, firstStep: 101 },
    ]),
  ).toEqual([
    { attempt: 2, endStep: OPEN_END, isPassed: true },
    { attempt: 1, endStep: 101, isPassed: true },
  ]);
});

it('counts an attempt to its end where the later one recorded nothing', () => {
  expect(segmentsOf([{ attempt: 1, firstStep: 1 }, { attempt: 2 }])).toEqual([
    { attempt: 2, endStep: OPEN_END, isPassed: true },
    { attempt: 1, endStep: OPEN_END, isPassed: true },
  ]);
});

it('excludes an attempt that the newest one does not descend from', () => {
  const attempts = [
    { attempt: 1, firstStep: 1 },
    { attempt: 2, firstStep: 801, resumedFrom: { attempt: 1, step: 800 } },
    { attempt: 3, resumedFrom: { attempt: 1, step: 500 } },
  ];
  expect(segmentsOf(attempts).map(({ attempt }) => attempt)).toEqual([3, 1]);
});

it('rewinds through two attempts to a step before both', () => {
  const attempts = [
    { attempt: 1, firstStep: 1 },
    { attempt: 2, resumedFrom: { attempt: 1, step: 800 } },
    { attempt: 3, resumedFrom: { attempt: 2, step: 500 } },
  ];
  expect(segmentsOf(attempts)).toEqual([
    { attempt: 3, endStep: OPEN_END, isPassed: true },
    { attempt: 2, endStep: 501, isPassed: false },
    { attempt: 1, endStep: 501, isPassed: true },
  ]);
});

it('ends where an attempt names itself or a later one in resumedFrom', () => {
  const attempts = [
    { attempt: 1, firstStep: 1 },
    { attempt: 2, resumedFrom: { attempt: 2, step: 5 } },
  ];
  expect(segmentsOf(attempts).map(({ attempt }) => attempt)).toEqual([2, 1]);
});

it('follows each attempt to the newest one that it continues, as looking at all of them would', () => {
  const attempt = fc.record({
    attempt: fc.integer({ min: 1, max: 30 }),
    firstStep: fc.option(fc.nat(100), { nil: undefined }),
    resumedFrom: fc.option(fc.record({ attempt: fc.integer({ min: 0, max: 30 }), step: fc.nat(100) }), {
      nil: undefined,
    }),
  });
  fc.assert(
    fc.property(fc.uniqueArray(attempt, { selector: (one) => one.attempt }), (drawn) => {
      const attempts = drawn as readonly Attempt[];
      const newestFirst = attempts.toSorted((left, right) => right.attempt - left.attempt);
      const followed: number[] = [];
      let next = newestFirst[0];
      while (next) {
        followed.push(next.attempt);
        const last = Math.min(next.resumedFrom?.attempt ?? next.attempt - 1, next.attempt - 1);
        next = newestFirst.find((candidate) => candidate.attempt <= last);
      }
      expect(segmentsOf(attempts).map((segment) => segment.attempt)).toEqual(followed);
    }),
    { seed: 7, numRuns: 500 },
  );
});

describe('a run went through', () => {
  const passed = (attempts: readonly Attempt[], end?: number): number[] =>
    segmentsOf(attempts, end).flatMap(({ attempt, isPassed }) => (isPassed ? [attempt] : []));

  it.each([0, 1, 501])('no attempt that another one restarts from the same step %d', (firstStep) => {
    expect(
      passed([
        { attempt: 1, firstStep },
        { attempt: 2, firstStep },
      ]),
    ).toEqual([2]);
  });

  it('no attempt without a recorded step that another one restarts', () => {
    expect(passed([{ attempt: 1 }, { attempt: 2, firstStep: 1 }])).toEqual([2]);
  });

  it('an attempt that another one resumes where that began, and what it was forked from', () => {
    const resumed = { attempt: 2, resumedFrom: { attempt: 1, step: 0 } };
    expect(passed([{ attempt: 1, firstStep: 1 }, resumed])).toEqual([2, 1]);
    const forked = { attempt: 1, isFork: true, firstStep: 7 };
    expect(passed([forked, { attempt: 2, firstStep: 7 }])).toEqual([2, 1]);
  });

  it('the attempts before a moment of it, and the one that begins there', () => {
    const attempts = [
      { attempt: 1, firstStep: 1 },
      { attempt: 2, resumedFrom: { attempt: 1, step: 5 } },
    ];
    expect(passed(attempts, 5)).toEqual([1]);
    expect(passed(attempts, 6)).toEqual([2, 1]);
    expect(passed([{ attempt: 1, firstStep: 1 }], 1)).toEqual([1]);
  });
});

it('takes no more than linear work for a run of many attempts', () => {
  const attempts = Array.from({ length: 300_000 }, (_, at) => ({ attempt: at + 1, firstStep: at * 10 }));
  expect(segmentsOf(attempts)).toHaveLength(300_000);
});

describe('attempts of which nothing says where they began', () => {
  const first: Attempt = { attempt: 1, firstStep: 1 };

  it('may be what a run went through behind the newest one, and between one and that which it goes on from', () => {
    expect(unplacedIn([first], [2, 3])).toEqual([3, 2]);
    expect(unplacedIn([first, { attempt: 3, firstStep: 50 }], [2])).toEqual([2]);
    expect(unplacedIn([first, { attempt: 3, resumedFrom: { attempt: 2, step: 40 } }], [2])).toEqual([2]);
    expect(unplacedIn([], [1])).toEqual([1]);
  });

  it('may be one that the run went through by its own declaration', () => {
    expect(unplacedIn([first, { attempt: 2 }], [2])).toEqual([2]);
    expect(unplacedIn([first, { attempt: 2 }, { attempt: 3, firstStep: 50 }], [2])).toEqual([2]);
  });

  it('are found among a hundred thousand in one walk', () => {
    const many = Array.from({ length: 100_000 }, (_, at) => at + 1);
    const declared = many.map((attempt) => ({ attempt: 2 * attempt, firstStep: 1_000 }));
    expect(
      unplacedIn(
        declared,
        many.map((attempt) => 2 * attempt + 1),
      ).length,
    ).toBe(100_000);
  });

  it('are none that a run left, or whose steps a later one took all', () => {
    expect(unplacedIn([first, { attempt: 3, resumedFrom: { attempt: 1, step: 40 } }], [2])).toEqual([]);
    expect(unplacedIn([first, { attempt: 3, firstStep: 1 }], [2])).toEqual([]);
    expect(unplacedIn([first], [2], 1)).toEqual([]);
  });
});
