// Generated from schemas/events by `npm run codegen`. Do not edit.
import type { CorpusShardRegistered } from './corpus-shard-registered.ts';
import type { CorpusTaxonomyVersioned } from './corpus-taxonomy-versioned.ts';
import type { EvaluationItemsRecorded } from './evaluation-items-recorded.ts';
import type { EvaluationScoreInvalidated } from './evaluation-score-invalidated.ts';
import type { EvaluationScoreRecorded } from './evaluation-score-recorded.ts';
import type { MixtureExperimentAssigned } from './mixture-experiment-assigned.ts';
import type { MixturePlanApproved } from './mixture-plan-approved.ts';
import type { MixturePlanDecided } from './mixture-plan-decided.ts';
import type { MixturePlanSuperseded } from './mixture-plan-superseded.ts';
import type { TrainingCheckpointSaved } from './training-checkpoint-saved.ts';
import type { TrainingExposureRecorded } from './training-exposure-recorded.ts';
import type { TrainingRunEnded } from './training-run-ended.ts';
import type { TrainingRunStarted } from './training-run-started.ts';
import type { TrainingStepsRecorded } from './training-steps-recorded.ts';

export type FactCatalogue = {
  'corpus.shard.registered': CorpusShardRegistered;
  'corpus.taxonomy.versioned': CorpusTaxonomyVersioned;
  'evaluation.items.recorded': EvaluationItemsRecorded;
  'evaluation.score.invalidated': EvaluationScoreInvalidated;
  'evaluation.score.recorded': EvaluationScoreRecorded;
  'mixture.experiment.assigned': MixtureExperimentAssigned;
  'mixture.plan.approved': MixturePlanApproved;
  'mixture.plan.decided': MixturePlanDecided;
  'mixture.plan.superseded': MixturePlanSuperseded;
  'training.checkpoint.saved': TrainingCheckpointSaved;
  'training.exposure.recorded': TrainingExposureRecorded;
  'training.run.ended': TrainingRunEnded;
  'training.run.started': TrainingRunStarted;
  'training.steps.recorded': TrainingStepsRecorded;
};
