import fc from 'fast-check';
import { expect, it } from 'vitest';
import { WitnessedHistory } from './witness-history.fixture.ts';

/** What happens to a directory, and to the copies of it. */
type Step =
  | { readonly kind: 'append'; readonly count: number }
  | { readonly kind: 'look' | 'copy' }
  | { readonly kind: 'restart'; readonly isClean: boolean }
  | { readonly kind: 'put'; readonly isClean: boolean; readonly copy: number; readonly goesOn: boolean };

const aStep: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('append' as const), count: fc.integer({ min: 1, max: 4 }) }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('look' as const, 'copy' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('restart' as const), isClean: fc.boolean() }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('put' as const),
      isClean: fc.boolean(),
      copy: fc.nat(20),
      goesOn: fc.boolean(),
    }),
  },
);

/** How often a start was told, by its code, and how often it had nothing to be told. */
const outcomes = new Map<string | undefined, number>();

it('law: a start is told exactly where its copy lacks what the witness has seen last, whatever was copied and put back', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(aStep, { minLength: 4, maxLength: 10 }), async (steps) => {
      const history = new WitnessedHistory();
      try {
        requireEqual(await history.start(), undefined);
        for (const step of steps) await play(history, step);
      } finally {
        await history.remove();
      }
    }),
    { numRuns: 20, examples: [[OLDER], [FORKED]] },
  );
  for (const code of ['older_copy', 'other_copy', undefined]) expect(outcomes.get(code)).toBeGreaterThan(0);
});

const put = (copy: number, goesOn: boolean): Step => ({ kind: 'put', isClean: true, copy, goesOn });

const OLDER: Step[] = [
  { kind: 'append', count: 1 },
  { kind: 'copy' },
  { kind: 'append', count: 1 },
  put(0, false),
];

/** The older copy goes on to the position of the newer one, which then comes back. */
const FORKED: Step[] = [
  { kind: 'append', count: 1 },
  { kind: 'copy' },
  { kind: 'append', count: 1 },
  put(0, true),
  { kind: 'append', count: 1 },
  put(1, false),
];

async function play(history: WitnessedHistory, step: Step): Promise<void> {
  switch (step.kind) {
    case 'append':
      return history.append(step.count);
    case 'look':
      await history.look();
      return requireEqual(history.isWitnessed(), true);
    case 'copy':
      return history.copy();
    case 'restart':
      await history.end(step);
      requireEqual(await history.start(), undefined);
      return requireEqual(history.isWitnessed(), true);
    case 'put':
      return exchange(history, step);
  }
}

/** Who is told goes on from the copy by taking the witness away, or puts the newest one back. */
async function exchange(
  history: WitnessedHistory,
  { isClean, copy, goesOn }: Extract<Step, { kind: 'put' }>,
): Promise<void> {
  await history.end({ isClean });
  const found = history.copies[copy % Math.max(1, history.copies.length)];
  const former = found && history.put(found);
  const code = await history.start();
  requireEqual(code, history.expected());
  outcomes.set(code, (outcomes.get(code) ?? 0) + 1);
  if (code === undefined) return;
  if (goesOn) history.takeWitnessAway();
  else if (former) history.put(former);
  requireEqual(await history.start(), undefined);
}

function requireEqual(found: unknown, expected: unknown): void {
  if (found !== expected) throw new Error(`it is ${String(found)}, not ${String(expected)}`);
}
