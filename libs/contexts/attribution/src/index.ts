export type { Difference, DifferenceState, DifferenceValue } from './controls/differences.ts';
export { refused } from './effect.ts';
export { HISTORY_IN_DOUBT } from './controls/unplaced-attempts.ts';
export { isExposed } from './experiment.ts';
export { asExperiment } from './discovery/as-experiment.ts';
export { findExperiments } from './discovery/discovery.ts';
export type { Discovery, FoundExperiment } from './discovery/discovery.ts';
export type { LeftOut, LeftOutReason } from './discovery/left-out.ts';
export type { FoundPair } from './discovery/pairs.ts';
export type { RecordedRun } from './discovery/recorded-run.ts';
export type { WhyFound } from './discovery/why.ts';
export { attribute, attributeAll } from './attribute.ts';
export type { Answer, Question, QuestionRefusal } from './attribute.ts';
export type { Composition } from './composition/composition.ts';
export { displace, displacementText, parseDisplacement } from './composition/displacement.ts';
export type { Displacement, DisplacementRefusal, FixedBudgetRule } from './composition/displacement.ts';
export { design } from './design/design.ts';
export type { DesignQuestion, DesignRefusal, ExperimentDesign } from './design/design.ts';
export type { PlannedAssignment, PlannedRuns, Purpose, RunCost } from './design/planned-runs.ts';
export type { DetectableEffect, RunPlan } from './design/run-plan.ts';
export type { SeedNoise } from './design/seed-noise.ts';
export type {
  Decomposition,
  Dose,
  Effect,
  EffectPart,
  Estimand,
  Identification,
  NeededArm,
  NegativeControl,
  ReceiverPart,
  Refusal,
  Interpretation,
  Slope,
  Verdict,
} from './effect.ts';
export type {
  Arm,
  Assignment,
  Design,
  Experiment,
  Origin,
  Proxy,
  Run,
  Score,
  Warning,
} from './experiment.ts';
export { asOneFamily, familyOf, hypothesisOf } from './family.ts';
export type { EffectFamily } from './family.ts';
export type { RecordedFamily, RecordedTest } from './recorded-family.ts';
export { adjustedNow, familyIn } from './ledger/adjusted-now.ts';
export type { AdjustedEffect, FamilyNow } from './ledger/adjusted-now.ts';
export {
  freezeAnswer,
  RESULT_VERSION,
  keptQuestion,
  ledgerFacts,
  questionIdOf,
  resultDifferences,
} from './ledger/kept-answer.ts';
export type {
  AnswerToKeep,
  FrozenAnswer,
  KeptQuestion,
  LedgerFact,
  ResultDifference,
} from './ledger/kept-answer.ts';
export { effectsOf } from './ledger/kept-effects.ts';
export type { KeptEffect } from './ledger/kept-effects.ts';
export { ledgerProjection } from './ledger/projection.ts';
export {
  askedQuestions,
  correctionsOf,
  effectsInAnswers,
  givenAnswers,
  keptAnswers,
  MAX_EFFECTS,
  MOST_ANSWERS,
  recordedTests,
  recordedTestOf,
  testedHypotheses,
  testsBetween,
  testFamilies,
} from './ledger/queries.ts';
export { interactions, lackOfFit } from './surfaces/interactions.ts';
export type { Interaction, LackOfFit } from './surfaces/interactions.ts';
export { benjaminiHochberg } from './statistics/benjamini-hochberg.ts';
export { minimumDetectableEffect } from './statistics/minimum-detectable-effect.ts';
export type { AdjustedCovariate, Adjustment } from './observational/adjustment.ts';
export { observationalSlopes } from './observational/observational.ts';
export type {
  ObservationalQuestion,
  ObservationalSlopes,
  ObservedSlope,
} from './observational/observational.ts';
export {
  outcomeTraining,
  predict,
  predictionRequests,
  predictOutcome,
  surfaceOfOutcome,
  trainingWarnings,
  unpredictable,
} from './predict.ts';
export { studentRule } from './statistics/student-rule.ts';
export { SURFACE } from './surfaces/response-surface.ts';
export type { PortableDraw, PortableSurface } from './surfaces/portable-surface.ts';
export type {
  OutcomeTraining,
  PredictedMixture,
  PredictedOutcome,
  PredictionRequest,
  Predictions,
  TargetMixture,
} from './predict.ts';
export { rankRecipes } from './ranking/recipe-ranking.ts';
export type {
  RankedRecipe,
  RankedRuns,
  RankedScale,
  RankingQuestion,
  RankingRefusal,
  RecipeRanking,
} from './ranking/recipe-ranking.ts';
export { isOfSize } from './ranking/scale.ts';
export type { Scale } from './ranking/scale.ts';
export type { RelativeChange } from './statistics/relative-change.ts';
export { swarmOf } from './swarm/swarm.ts';
export type { Swarm } from './swarm/swarm.ts';
export type { ItemScores } from './statistics/seeds-and-items.ts';
export type { Interval } from './statistics/welch.ts';
