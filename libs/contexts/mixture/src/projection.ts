import type { Fact, Projection, Stamp } from '@tributary/contracts';
import type { Row, TableRows } from '@tributary/kernel';

type PlanDecided = Fact<'mixture.plan.decided'>['data'];
type Phase = PlanDecided['phases'][number];

/** Largest deviation of a sum of shares from one that is not flagged: published mixtures are rounded. */
const TOLERANCE = 1e-6;

export const mixtureProjection: Projection = {
  context: 'mixture',
  tables: ['mixture_plan', 'mixture_weight', 'mixture_verdict', 'mixture_arm', 'mixture_arm_held'],
  project(fact: Fact, stamp: Stamp): TableRows {
    switch (fact.type) {
      case 'mixture.plan.decided':
        return {
          mixture_plan: [plan(fact.data, stamp)],
          mixture_weight: fact.data.phases.flatMap(weights(fact.data, stamp)),
        };
      case 'mixture.plan.approved':
        return { mixture_verdict: [approval(fact.data, stamp)] };
      case 'mixture.plan.superseded':
        return { mixture_verdict: [replacement(fact.data, stamp)] };
      case 'mixture.experiment.assigned':
        return { mixture_arm: arms(fact.data, stamp), mixture_arm_held: held(fact.data, stamp) };
      default:
        return {};
    }
  },
};

function plan(data: PlanDecided, stamp: Stamp): Row {
  return {
    ...stamp,
    mixture_id: data.mixtureId,
    experiment_id: data.experimentId ?? '',
    unit: data.unit,
    displacement: data.displacement ?? '',
    parent_mixture_id: data.parentMixtureId ?? '',
    rationale: data.rationale,
    decided_by: data.decidedBy,
    flags: planFlags(data),
    ...contextColumns(data),
  };
}

const contextColumns = (data: PlanDecided): Row => ({
  name: data.name ?? '',
  snapshot_id: data.snapshotId ?? '',
  citation: data.citation ?? '',
  taxonomy_version: data.taxonomyVersion ?? '',
  missing: data.missing ?? [],
  alternatives: (data.alternatives ?? []).map(({ description, mixtureId }) => ({
    description,
    mixture_id: mixtureId ?? '',
  })),
  constraints: data.constraints ?? [],
  predicted_effects: (data.predictedEffects ?? []).map(({ capability, effect, unit }) => ({
    capability,
    effect,
    unit,
  })),
  predicted_estimands: (data.predictedEffects ?? []).map((effect) => ({
    slice: effect.slice ?? '',
    displacement: effect.displacement ?? '',
    experiment_id: effect.experimentId ?? '',
    estimand: effect.estimand ?? '',
  })),
});

/** Anomalies of a plan. Such plans are stored: the fact records what was decided. */
export function planFlags(data: PlanDecided): string[] {
  const found = new Set<string>(data.parentMixtureId === data.mixtureId ? ['derived_from_itself'] : []);
  for (const phase of data.phases) {
    const total = sum(phase);
    if (total === 0) found.add('weights_all_zero');
    if (data.unit === 'token_share' && Math.abs(total - 1) > TOLERANCE) found.add('shares_do_not_sum_to_one');
    if (new Set(phase.weights.map(({ slice }) => slice)).size < phase.weights.length)
      found.add('slice_twice_in_phase');
  }
  return [...found];
}

const sum = (phase: Phase): number => phase.weights.reduce((total, { weight }) => total + weight, 0);

const weights = (data: PlanDecided, stamp: Stamp) => (phase: Phase) => {
  const total = sum(phase);
  return phase.weights.map(({ slice, weight, label, source }) => ({
    ...stamp,
    mixture_id: data.mixtureId,
    phase: phase.name,
    from_step: phase.fromStep,
    ends_at: phase.endsAt ?? null,
    slice,
    label: label ?? '',
    source: source ?? '',
    weight,
    share: total > 0 ? weight / total : 0,
  }));
};

function approval(data: Fact<'mixture.plan.approved'>['data'], stamp: Stamp): Row {
  return {
    ...stamp,
    mixture_id: data.mixtureId,
    verdict: 'approved',
    actor: data.approvedBy,
    superseded_by: '',
    note: data.note ?? '',
  };
}

function replacement(data: Fact<'mixture.plan.superseded'>['data'], stamp: Stamp): Row {
  return {
    ...stamp,
    mixture_id: data.mixtureId,
    verdict: 'superseded',
    actor: data.actor,
    superseded_by: data.supersededBy,
    note: data.reason,
  };
}

function arms(data: Fact<'mixture.experiment.assigned'>['data'], stamp: Stamp): Row[] {
  return data.arms.map((arm) => ({
    ...stamp,
    experiment_id: data.experimentId,
    arm: arm.arm,
    mixture_id: arm.mixtureId,
    design: data.design,
    assignment: data.assignment,
    randomisation_method: data.randomisation?.method ?? '',
    randomisation_seed: data.randomisation?.seed ?? '',
    control: data.control === arm.arm,
    role: arm.role,
    displacement: arm.displacement ?? '',
  }));
}

const held = (data: Fact<'mixture.experiment.assigned'>['data'], stamp: Stamp): Row[] =>
  data.arms.map(({ arm }) => ({
    ...stamp,
    experiment_id: data.experimentId,
    arm,
    held_equal: data.heldEqual ?? [],
  }));
