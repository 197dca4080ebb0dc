export { attribute, attributeAll } from './attribute.ts';
export type { Answer, Question, QuestionRefusal } from './attribute.ts';
export type { Composition } from './composition.ts';
export { displace, displacementText, parseDisplacement } from './displacement.ts';
export type { Displacement, DisplacementRefusal, FixedBudgetRule } from './displacement.ts';
export type {
  Dose,
  Effect,
  Estimand,
  Identification,
  NegativeControl,
  Reading,
  Slope,
  Verdict,
  Warning,
} from './effect.ts';
export type { Arm, Assignment, Design, Experiment, Proxy, Run, Score } from './experiment.ts';
export { interactions, lackOfFit } from './interactions.ts';
export type { Interaction, LackOfFit } from './interactions.ts';
export { minimumDetectableEffect } from './minimum-detectable-effect.ts';
export { observationalSlopes } from './observational.ts';
export type { ObservationalQuestion, ObservationalSlopes, ObservedSlope } from './observational.ts';
export { outcomeTraining, predict, predictionRequests, predictOutcome } from './predict.ts';
export type {
  OutcomeTraining,
  PredictedMixture,
  PredictedOutcome,
  PredictionRequest,
  Predictions,
  TargetMixture,
} from './predict.ts';
export { refused } from './refusal.ts';
export type { Refusal } from './refusal.ts';
export type { RelativeChange } from './relative-change.ts';
export { swarmOf } from './swarm.ts';
export type { Swarm } from './swarm.ts';
export type { ItemScores } from './two-level-bootstrap.ts';
export type { Interval } from './welch.ts';
