export { decide, emptyMixture, evolve } from './mixture.ts';
export type { Mixture, MixtureCommand, MixtureFact, MixtureOutcome, MixtureRefusal } from './mixture.ts';
export { mixtureProjection } from './projection.ts';
export { arms, currentPlan, currentWeights, heldEqual, plannedShares } from './queries.ts';
