import type { Decision } from '@tributary/kernel';
import { expect } from 'vitest';

type Decider<State, Command, Event, Outcome, Refusal extends string> = {
  initial: State;
  decide(state: State, command: Command): Decision<Outcome, Refusal>;
  evolve(state: State, event: Event): State;
};

/** Given facts, when a command comes, then these facts or that refusal. */
export function scenario<State, Command, Event, Outcome, Refusal extends string>(
  decider: Decider<State, Command, Event, Outcome, Refusal>,
) {
  return (...events: Event[]) => ({
    when(command: Command) {
      const state = events.reduce((before, event) => decider.evolve(before, event), decider.initial);
      const decision = decider.decide(state, command);
      return {
        yields: (...outcomes: Outcome[]) => expect(decision).toEqual({ ok: true, events: outcomes }),
        accepts: () => expect(decision).toMatchObject({ ok: true }),
        refuses: (refusal: Refusal) => expect(decision).toEqual({ ok: false, refusal }),
      };
    },
  });
}
