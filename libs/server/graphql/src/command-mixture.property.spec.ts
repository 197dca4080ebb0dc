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
type States = Map<string, State>;

/** The state after a recorded command; what breaks a rule. */
function applied(states: States, asked: AskedCommand): string[] {
  if (asked.type === 'decide') {
    const { mixtureId, decidedBy } = asked.plan;
    states.set(mixtureId, { decidedBy, plan: JSON.stringify(asked.plan) });
    return [];
  }
  const state = states.get(asked.mixtureId);
  if (!state) return ['a mixture without a plan'];
  const isTwice = asked.type === 'approve' ? state.approvedBy : state.supersededBy;
  if (asked.type === 'approve') state.approvedBy = asked.approvedBy;
  else state.supersededBy = asked.supersededBy;
  return [
    ...(isTwice === undefined ? [] : [`${asked.type} twice`]),
    ...(state.approvedBy === state.decidedBy ? ['approved by the decider'] : []),
    ...(NAMES.some((name) => isInCycle(states, name)) ? ['a cycle'] : []),
  ];
}

function isInCycle(states: States, start: string): boolean {
  let next = states.get(start)?.supersededBy;
  for (let hops = 0; next !== undefined && hops <= NAMES.length; hops += 1) {
    if (next === start) return true;
    next = states.get(next)?.supersededBy;
  }
  return false;
}

/** Whether a plan is to be accepted; undefined where the command decides none. */
function isToBeAccepted(states: States, asked: AskedCommand): boolean | undefined {
  if (asked.type !== 'decide') return undefined;
  const known = states.get(asked.plan.mixtureId)?.plan;
  return known === undefined || known === JSON.stringify(asked.plan) || asked.replace;
}

it('law: no history of commands has a cycle, an approval by the decider, or a plan that was replaced unasked', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(command, { maxLength: 30 }), async (commands) => {
      const store = {
        log: memoryLog(),
        blobs: memoryBlobs(),
        uncounted: () => Promise.resolve(new Set<never>()),
      };
      const states: States = new Map();
      for (const asked of commands) {
        const before = store.log.head();
        const expected = isToBeAccepted(states, asked);
        const outcome = await commandMixture(store, asked);
        const isRecorded = outcome.ok && outcome.isNew;
        expect(store.log.head() !== before).toBe(isRecorded);
        expect(outcome.ok).toBe(expected ?? outcome.ok);
        expect(isRecorded ? applied(states, asked) : []).toEqual([]);
      }
    }),
    { numRuns: 200 },
  );
});
