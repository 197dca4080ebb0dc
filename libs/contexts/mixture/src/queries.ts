import { query } from '@tributary/kernel';
import { z } from 'zod';

const oneMixture = z.object({ mixture_id: z.string(), as_of: z.array(z.number()) });

export const currentPlan = query(import.meta.url, 'current-plan', {
  params: oneMixture,
  row: z.object({
    mixture_id: z.string(),
    experiment_id: z.string(),
    unit: z.string(),
    displacement: z.string(),
    parent_mixture_id: z.string(),
    rationale: z.string(),
    decided_by: z.string(),
    flags: z.array(z.string()),
    approved_by: z.string(),
    superseded_by: z.string(),
    name: z.string(),
    snapshot_id: z.string(),
    citation: z.string(),
    taxonomy_version: z.string(),
    missing: z.array(z.object({ description: z.string(), weight: z.number() })),
    alternatives: z.array(z.object({ description: z.string(), mixture_id: z.string() })),
    constraints: z.array(z.string()),
    predicted_effects: z.array(z.object({ capability: z.string(), effect: z.number(), unit: z.string() })),
    /** One for each of `predicted_effects`; empty texts where the plan does not say it. */
    predicted_estimands: z.array(
      z.object({
        slice: z.string(),
        displacement: z.string(),
        experiment_id: z.string(),
        estimand: z.string(),
      }),
    ),
    /** Position of the decision, and when it was recorded, in microseconds. */
    decision: z.coerce.number(),
    recorded_at: z.coerce.number(),
    evidence: z.array(z.coerce.number()),
  }),
});

export const currentWeights = query(import.meta.url, 'current-weights', {
  params: oneMixture,
  row: z.object({
    phase: z.string(),
    from_step: z.coerce.number(),
    ends_at: z.coerce.number().nullable(),
    slice: z.string(),
    label: z.string(),
    source: z.string(),
    weight: z.number(),
    share: z.number(),
  }),
});

export const arms = query(import.meta.url, 'arms', {
  params: z.object({ experiment_id: z.string().nullable(), as_of: z.array(z.number()) }),
  row: z.object({
    experiment_id: z.string(),
    arm: z.string(),
    mixture_id: z.string(),
    design: z.enum(['controlled_ablation', 'swarm', 'observational']),
    assignment: z.enum(['randomised', 'manual', 'unknown']),
    randomisation_method: z.string(),
    randomisation_seed: z.string(),
    control: z.coerce.boolean(),
    role: z.enum(['train', 'held_out']),
    displacement: z.string(),
    /** What earlier assignments said otherwise. */
    contradictory: z.array(z.string()),
    evidence: z.coerce.number(),
  }),
});

/** What the protocol of each arm held equal although no run records it. */
export const heldEqual = query(import.meta.url, 'held-equal', {
  params: z.object({ experiment_id: z.string(), as_of: z.array(z.number()) }),
  row: z.object({ arm: z.string(), held_equal: z.array(z.string()) }),
});

/** Weights of the newest decision of each mixture that plans shares of tokens. */
export const plannedShares = query(import.meta.url, 'planned-shares', {
  params: z.object({ mixture_ids: z.array(z.string()), as_of: z.array(z.number()) }),
  row: z.object({ mixture_id: z.string(), phase: z.string(), slice: z.string(), weight: z.number() }),
});

/** Phases that one reading of decisions returns; a mixture with more is not replayed whole. */
export const MAX_PHASES = 100_000;

/** Every decision of mixtures, oldest first, phase by phase. */
export const decidedPhases = query(import.meta.url, 'decided-phases', {
  params: z.object({ mixture_ids: z.array(z.string()), as_of: z.array(z.number()) }),
  row: z.object({
    mixture_id: z.string(),
    /** The position of the decision. */
    decision: z.coerce.number(),
    unit: z.string(),
    missing: z.array(z.object({ description: z.string(), weight: z.number() })),
    phase: z.string(),
    from_step: z.coerce.number(),
    /** Last step of the phase; null where the plan does not state it. */
    ends_at: z.coerce.number().nullable(),
    weights: z.array(z.tuple([z.string(), z.number()])),
  }),
});
