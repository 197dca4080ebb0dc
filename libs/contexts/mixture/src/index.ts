export { plannedExposure, plannedSlices } from './horizon.ts';
export type { PlannedPart, Registered } from './horizon.ts';
export { distance } from './distance.ts';
export type { Distance, Shares } from './distance.ts';
export { decide, emptyMixture, evolve } from './mixture.ts';
export type {
  Mixture,
  MixtureCommand,
  MixtureFact,
  MixtureOutcome,
  MixturePlan,
  MixtureRefusal,
} from './mixture.ts';
export { mixtureProjection, planFlags } from './projection.ts';
export {
  arms,
  currentPlan,
  currentWeights,
  decidedPhases,
  heldEqual,
  MAX_PHASES,
  plannedShares,
} from './queries.ts';
export { replayed } from './replay.ts';
export type { PhaseInForce } from './replay.ts';
export { sliceOf } from './slice-of.ts';
