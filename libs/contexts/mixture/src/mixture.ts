import type { Fact } from '@tributary/contracts';
import { accept, refuse } from '@tributary/kernel';
import type { Decision } from '@tributary/kernel';

/** The state that commands need; `decidedBy` is absent before the first decision. */
export type Mixture = {
  readonly decidedBy?: string;
  readonly approvedBy?: string;
  readonly supersededBy?: string;
};

export type MixtureFact = Fact<'mixture.plan.decided' | 'mixture.plan.approved' | 'mixture.plan.superseded'>;

/** A fact that a command yields, without id, source and time. */
export type MixtureOutcome = {
  readonly [Type in 'mixture.plan.approved' | 'mixture.plan.superseded']: Pick<Fact<Type>, 'type' | 'data'>;
}['mixture.plan.approved' | 'mixture.plan.superseded'];

export type MixtureCommand =
  | {
      readonly type: 'approve';
      readonly mixtureId: string;
      readonly approvedBy: string;
      readonly note?: string;
    }
  | {
      readonly type: 'supersede';
      readonly mixtureId: string;
      readonly supersededBy: string;
      readonly reason: string;
      readonly actor: string;
    };

export type MixtureRefusal =
  | 'unknown_mixture'
  | 'already_approved'
  | 'approver_is_decider'
  | 'already_superseded'
  | 'superseded_by_itself';

export const emptyMixture: Mixture = {};

/** Decides a command, or refuses it with a `MixtureRefusal`. */
export function decide(mixture: Mixture, command: MixtureCommand): Decision<MixtureOutcome, MixtureRefusal> {
  if (mixture.decidedBy === undefined) return refuse('unknown_mixture');
  switch (command.type) {
    case 'approve':
      if (mixture.approvedBy !== undefined) return refuse('already_approved');
      if (mixture.decidedBy === command.approvedBy) return refuse('approver_is_decider');
      return accept(approved(command));
    case 'supersede':
      if (mixture.supersededBy !== undefined) return refuse('already_superseded');
      if (command.mixtureId === command.supersededBy) return refuse('superseded_by_itself');
      return accept(superseded(command));
  }
}

/** The state after a fact. A new decision clears approval and replacement. */
export function evolve(mixture: Mixture, fact: MixtureFact): Mixture {
  switch (fact.type) {
    case 'mixture.plan.decided':
      return { decidedBy: fact.data.decidedBy };
    case 'mixture.plan.approved':
      return { ...mixture, approvedBy: fact.data.approvedBy };
    case 'mixture.plan.superseded':
      return { ...mixture, supersededBy: fact.data.supersededBy };
  }
}

function approved({ type: _type, ...data }: Extract<MixtureCommand, { type: 'approve' }>): MixtureOutcome {
  return { type: 'mixture.plan.approved', data };
}

function superseded({
  type: _type,
  ...data
}: Extract<MixtureCommand, { type: 'supersede' }>): MixtureOutcome {
  return { type: 'mixture.plan.superseded', data };
}
