import { isDeepStrictEqual } from 'node:util';
import type { Fact } from '@tributary/contracts';
import { accept, refuse } from '@tributary/kernel';
import type { Decision } from '@tributary/kernel';

/** What `mixture.plan.decided` says of a mixture. */
export type MixturePlan = Fact<'mixture.plan.decided'>['data'];

/** The state that commands need; `plan` is the newest one, absent before the first decision. */
export type Mixture = {
  readonly plan?: MixturePlan;
  readonly approvedBy?: string;
  readonly supersededBy?: string;
};

type MixtureFactType = 'mixture.plan.decided' | 'mixture.plan.approved' | 'mixture.plan.superseded';

export type MixtureFact = Fact<MixtureFactType>;

/** A fact that a command yields, without id, source and time. */
export type MixtureOutcome = {
  readonly [Type in MixtureFactType]: Pick<Fact<Type>, 'type' | 'data'>;
}[MixtureFactType];

export type MixtureCommand =
  | {
      readonly type: 'decide';
      readonly plan: MixturePlan;
      /** Whether it may replace another plan of the mixture, whose approval and replacement end with it. */
      readonly replace: boolean;
    }
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
      /** The mixtures that supersede `supersededBy`, in turn. */
      readonly successors: readonly string[];
      readonly reason: string;
      readonly actor: string;
    };

export type MixtureRefusal =
  | 'unknown_mixture'
  | 'already_decided'
  | 'already_approved'
  | 'approver_is_decider'
  | 'already_superseded'
  | 'superseded_by_itself'
  | 'superseded_in_a_cycle';

export const emptyMixture: Mixture = {};

/**
 * Decides a command, or refuses it with a `MixtureRefusal`. A plan that is the newest one of its mixture already yields no
 * fact.
 */
export function decide(mixture: Mixture, command: MixtureCommand): Decision<MixtureOutcome, MixtureRefusal> {
  const { plan } = mixture;
  if (command.type === 'decide') return decidePlan(plan, command);
  if (!plan) return refuse('unknown_mixture');
  switch (command.type) {
    case 'approve':
      if (mixture.approvedBy !== undefined) return refuse('already_approved');
      if (plan.decidedBy === command.approvedBy) return refuse('approver_is_decider');
      return accept(approved(command));
    case 'supersede':
      if (mixture.supersededBy !== undefined) return refuse('already_superseded');
      if (command.mixtureId === command.supersededBy) return refuse('superseded_by_itself');
      if (command.successors.includes(command.mixtureId)) return refuse('superseded_in_a_cycle');
      return accept(superseded(command));
  }
}

/** The state after a fact. A new decision clears approval and replacement. */
export function evolve(mixture: Mixture, fact: MixtureFact): Mixture {
  switch (fact.type) {
    case 'mixture.plan.decided':
      return { plan: fact.data };
    case 'mixture.plan.approved':
      return { ...mixture, approvedBy: fact.data.approvedBy };
    case 'mixture.plan.superseded':
      return { ...mixture, supersededBy: fact.data.supersededBy };
  }
}

function decidePlan(
  newest: MixturePlan | undefined,
  { plan, replace }: Extract<MixtureCommand, { type: 'decide' }>,
): Decision<MixtureOutcome, MixtureRefusal> {
  if (newest && isDeepStrictEqual(newest, plan)) return accept();
  if (newest && !replace) return refuse('already_decided');
  return accept<MixtureOutcome>({ type: 'mixture.plan.decided', data: plan });
}

function approved({ type: _type, ...data }: Extract<MixtureCommand, { type: 'approve' }>): MixtureOutcome {
  return { type: 'mixture.plan.approved', data };
}

function superseded({
  type: _type,
  successors: _successors,
  ...data
}: Extract<MixtureCommand, { type: 'supersede' }>): MixtureOutcome {
  return { type: 'mixture.plan.superseded', data };
}
