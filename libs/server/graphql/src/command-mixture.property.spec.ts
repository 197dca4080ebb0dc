import { memoryBlobs } from '@tributary/blobs';
import { memoryLog } from '@tributary/event-log';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { commandMixture } from './command-mixture.ts';
import type { AskedCommand } from './command-mixture.ts';

const NAMES = ['a', 'b', 'c', 'd'];
const PEOPLE = ['ada', 'grace', 'eve'];

const name = fc.constantFrom(...NAMES);
const person = fc.constantFrom(...PEOPLE);

const command: fc.Arbitrary<AskedCommand> = fc.oneof(
  fc.record({
    type: fc.constant('decide' as const),
    replace: fc.boolean(),
    plan: fc
      .record({ mixtureId: name, decidedBy: person, rationale: fc.constantFrom('r', 's') })
      .map((plan) => ({
        ...plan,
        unit: 'token_share' as const,
        phases: [{ name: 'all', fromStep: 0, weights: [{ slice: 'code', weight: 1 }] }],
      })),
  }),
  fc.record({ type: fc.constant('approve' as const), mixtureId: name, approvedBy: person }),
  fc.record({
    type: fc.constant('supersede' as const),
    mixtureId: name,
    supersededBy: name,
    reason: fc.constant('r'),
    actor: person,
  }),
);

/** What a reader of the log makes of its facts: the newest plan of a mixture, and what became of it. */
type State = { decidedBy: string; plan: string; approvedBy?: string; supersededBy?: string };

function applied(states: Map<string, State>, asked: AskedCommand): void {
  if (asked.type === 'decide') {
    const { mixtureId, decidedBy } = asked.plan;
    states.set(mixtureId, { decidedBy, plan: JSON.stringify(asked.plan) });
    return;
  }
  const state = states.get(asked.mixtureId);
  expect(state).toBeDefined();
  if (!state) return;
  if (asked.type === 'approve') {
    expect(state.approvedBy).toBeUndefined();
    state.approvedBy = asked.approvedBy;
  } else {
    expect(state.supersededBy).toBeUndefined();
    state.supersededBy = asked.supersededBy;
  }
}

function isCycleFree(states: ReadonlyMap<string, State>): boolean {
  return NAMES.every((start) => {
    let next = states.get(start)?.supersededBy;
    for (let hops = 0; next !== undefined && hops <= NAMES.length; hops += 1) {
      if (next === start) return false;
      next = states.get(next)?.supersededBy;
    }
    return true;
  });
}

it('law: no history of commands has a cycle, an approval by the decider, or a plan that was replaced unasked', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(command, { maxLength: 30 }), async (commands) => {
      const store = { log: memoryLog(), blobs: memoryBlobs() };
      const states = new Map<string, State>();
      for (const asked of commands) {
        const before = store.log.head();
        const outcome = await commandMixture(store, asked);
        const isRecorded = outcome.ok && outcome.isNew;
        expect(store.log.head() !== before).toBe(isRecorded);
        if (asked.type === 'decide') {
          const known = states.get(asked.plan.mixtureId)?.plan;
          const isSame = known === JSON.stringify(asked.plan);
          expect(outcome.ok).toBe(known === undefined || isSame || asked.replace);
          expect(isRecorded).toBe(outcome.ok && !isSame);
        }
        if (isRecorded) applied(states, asked);
        expect(isCycleFree(states)).toBe(true);
        expect([...states.values()].some(({ decidedBy, approvedBy }) => decidedBy === approvedBy)).toBe(
          false,
        );
      }
    }),
    { numRuns: 200 },
  );
});
