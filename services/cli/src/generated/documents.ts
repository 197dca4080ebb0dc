/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
export type AliasKind =
  | 'pair'
  | 'prefix'
  | 'suffix'
  | 'segment';

export type AliasBasis =
  | 'digest'
  | 'declared';

export type UnfollowedKind =
  | 'contradiction'
  | 'too_many'
  | 'similar'
  | 'unrecorded';

export type AliasRefusal =
  | 'invalid'
  | 'already_declared'
  | 'not_declared'
  | 'digests_differ'
  | 'too_many';

export type MeasuredSlices = {
  readonly attribute: string;
  readonly atLeast?: number | null | undefined;
};

export type ExperimentOrigin =
  | 'assigned'
  | 'found';

export type LeftOutReason =
  | 'no_start'
  | 'not_completed'
  | 'no_exposure'
  | 'no_score'
  | 'unlike_all'
  | 'one_mixture'
  | 'no_contrast'
  | 'other_exposure'
  | 'not_read';

export type Design =
  | 'controlled_ablation'
  | 'swarm'
  | 'observational';

export type Assignment =
  | 'randomised'
  | 'manual'
  | 'unknown';

export type Identification =
  | 'randomised'
  | 'controlled_ablation'
  | 'branch_from_checkpoint'
  | 'phase_change_controlled'
  | 'phase_change_single_run'
  | 'observational_adjusted'
  | 'model_based_influence'
  | 'associational';

export type Verdict =
  | 'positive'
  | 'negative'
  | 'inconclusive'
  | 'not_identified';

export type Interpretation =
  | 'improves'
  | 'harms'
  | 'associated_with_better'
  | 'associated_with_worse'
  | 'inconclusive'
  | 'not_identified';

export type EstimandKind =
  | 'presence'
  | 'dose';

export type ControlOutcome =
  | 'passed'
  | 'failed'
  | 'cannot_tell'
  | 'not_run';

export type AttributionRefusal =
  | 'unknown_experiment'
  | 'unknown_capability'
  | 'unknown_slice'
  | 'negative_control_is_outcome'
  | 'answer_too_long'
  | 'attribute_not_measured'
  | 'threshold_missing'
  | 'threshold_on_histogram'
  | 'threshold_not_finite'
  | 'normalisers_differ'
  | 'level_out_of_range'
  | 'displacement_missing'
  | 'displacement_unknown'
  | 'swap_into_itself'
  | 'swap_into_unknown_slice'
  | 'within_not_a_part'
  | 'within_nothing_left'
  | 'nothing_to_refill';

export type PredictionRefusal =
  | 'unknown_experiment'
  | 'unknown_slice'
  | 'negative_share'
  | 'empty_mixture'
  | 'attribute_not_measured'
  | 'threshold_missing'
  | 'threshold_on_histogram'
  | 'threshold_not_finite'
  | 'normalisers_differ'
  | 'unknown_capability'
  | 'no_surface';

export type CovariateForm =
  | 'number'
  | 'logarithm'
  | 'levels'
  | 'none';

export type DifferenceState =
  | 'differs'
  | 'partly_recorded'
  | 'varies_alike'
  | 'not_recorded';

export type MixtureInput = {
  readonly key: string;
  readonly shares: ReadonlyArray<ShareInput>;
};

export type ShareInput = {
  readonly slice: string;
  readonly share: number;
};

export type DesignRefusal =
  | 'unknown_experiment'
  | 'unknown_capability'
  | 'unknown_slice'
  | 'level_out_of_range'
  | 'power_out_of_range'
  | 'effect_out_of_range'
  | 'runs_out_of_range'
  | 'displacement_missing'
  | 'displacement_unknown'
  | 'swap_into_itself'
  | 'swap_into_unknown_slice'
  | 'within_not_a_part'
  | 'within_nothing_left'
  | 'nothing_to_refill'
  | 'no_scored_runs'
  | 'not_assigned'
  | 'no_reference'
  | 'fixed_budget_swarm'
  | 'slice_never_varied'
  | 'outcome_constant'
  | 'not_separable'
  | 'scores_not_comparable'
  | 'benchmarks_not_comparable'
  | 'exposure_units_differ'
  | 'evaluations_not_matched';

export type PlannedEstimator =
  | 'controlled_ablation'
  | 'response_surface';

export type NoiseSource =
  | 'within_arms'
  | 'within_mixtures'
  | 'surface';

export type PlannedPurpose =
  | 'replicate'
  | 'complete'
  | 'fill'
  | 'decompose';

export type Method =
  | 'measured'
  | 'reported'
  | 'declared'
  | 'inferred'
  | 'sampled';

export type SearchOutcome =
  | 'found'
  | 'nothing_found'
  | 'nothing_found_in_part'
  | 'not_searched';

export type SeenBefore =
  | 'not_yet'
  | 'partly'
  | 'wholly';

export type ContaminationSearchKind =
  | 'ngram'
  | 'exact'
  | 'embedding'
  | 'canary'
  | 'other';

export type GramOf =
  | 'words'
  | 'tokens'
  | 'characters';

export type SummaryFieldName =
  | 'provider'
  | 'representative'
  | 'modelName'
  | 'modelDependencies'
  | 'placementDate'
  | 'modalities'
  | 'size'
  | 'contentTypes'
  | 'latestAcquisition'
  | 'continuousTraining'
  | 'languages'
  | 'dataSources'
  | 'acquisition'
  | 'licences'
  | 'publicDatasets'
  | 'licensedData'
  | 'thirdPartyData'
  | 'crawlers'
  | 'crawlerBehaviour'
  | 'crawlPeriod'
  | 'crawledDomains'
  | 'userData'
  | 'syntheticData'
  | 'otherData'
  | 'rightsReservation'
  | 'illegalContent'
  | 'retractedContent'
  | 'mixture';

export type SummaryAnswer =
  | 'answered'
  | 'partly'
  | 'no_fact'
  | 'not_asked';

export type TrainingDataRange =
  | 'below_1_billion'
  | 'from_1_billion_to_10_trillion'
  | 'above_10_trillion';

export type SourceKind =
  | 'snapshot'
  | 'shard'
  | 'uri'
  | 'name'
  | 'unknown';

export type RetractionTarget =
  | 'shard'
  | 'snapshot'
  | 'source';

export type RetractRefusal =
  | 'invalid';

export type DeadLetterState =
  | 'parked'
  | 'replayed'
  | 'discarded';

export type DeadLetterAction =
  | 'replay'
  | 'discard';

export type DeadLetterOutcome =
  | 'stored'
  | 'refused'
  | 'discarded';

export type EntityKind =
  | 'run'
  | 'experiment'
  | 'mixture'
  | 'snapshot'
  | 'shard'
  | 'source'
  | 'slice'
  | 'pipeline'
  | 'step'
  | 'checkpoint'
  | 'score'
  | 'routing'
  | 'influence'
  | 'question'
  | 'answer'
  | 'actor'
  | 'project'
  | 'job'
  | 'dataset'
  | 'uri'
  | 'name';

export type EntitySort =
  | 'id'
  | 'newest'
  | 'oldest';

export type TextFit =
  | 'whole'
  | 'beginning'
  | 'part';

export type ScoreExclusion =
  | 'not_scored'
  | 'settings_differ'
  | 'no_score_there'
  | 'repeated'
  | 'not_read'
  | 'superseded'
  | 'invalidated';

export type ScoreSetting =
  | 'metric'
  | 'metricVersion'
  | 'split'
  | 'shots'
  | 'filter'
  | 'taskVersion'
  | 'taskHash'
  | 'promptDigest'
  | 'limit'
  | 'items'
  | 'precision'
  | 'harness'
  | 'unit'
  | 'higherIsBetter'
  | 'method'
  | 'tokens'
  | 'step';

export type ImportState =
  | 'unfinished'
  | 'finished'
  | 'withdrawn';

export type WithdrawImportRefusal =
  | 'unknown_import'
  | 'already_withdrawn'
  | 'invalid';

export type KeptAnswerState =
  | 'current'
  | 'superseded';

export type AnswerVerification =
  | 'verified'
  | 'differs'
  | 'other_version'
  | 'not_computable'
  | 'not_checked';

export type PredictionState =
  | 'no_estimand'
  | 'not_asked'
  | 'found';

export type LineageDirection =
  | 'up'
  | 'down'
  | 'both';

export type LineageKind =
  | 'source'
  | 'snapshot'
  | 'shard'
  | 'slice'
  | 'step'
  | 'mixture'
  | 'experiment'
  | 'run'
  | 'checkpoint'
  | 'score'
  | 'routing'
  | 'influence'
  | 'question'
  | 'answer'
  | 'actor'
  | 'job'
  | 'dataset'
  | 'uri'
  | 'name'
  | 'unknown';

export type LineageBasis =
  | 'fact'
  | 'explicit'
  | 'columns'
  | 'product'
  | 'digest'
  | 'declared';

export type MixturePlan = {
  readonly mixtureId: string;
  readonly experimentId?: string | null | undefined;
  readonly taxonomyVersion?: string | null | undefined;
  readonly unit: MixtureUnit;
  readonly phases: ReadonlyArray<PlanPhase>;
  readonly displacement?: string | null | undefined;
  readonly parentMixtureId?: string | null | undefined;
  readonly rationale: string;
  readonly constraints?: ReadonlyArray<string> | null | undefined;
  readonly alternatives?: ReadonlyArray<PlanAlternative> | null | undefined;
  readonly predictedEffects?: ReadonlyArray<PlanPrediction> | null | undefined;
  readonly decidedBy?: string | null | undefined;
  readonly missing?: ReadonlyArray<PlanPart> | null | undefined;
  readonly name?: string | null | undefined;
  readonly snapshotId?: string | null | undefined;
  readonly citation?: string | null | undefined;
};

export type PlanPhase = {
  readonly name: string;
  readonly fromStep: number;
  readonly endsAt?: number | null | undefined;
  readonly weights: ReadonlyArray<PlanWeight>;
};

export type PlanWeight = {
  readonly slice: string;
  readonly weight: number;
  readonly source?: string | null | undefined;
  readonly label?: string | null | undefined;
};

export type PlanAlternative = {
  readonly description: string;
  readonly mixtureId?: string | null | undefined;
};

export type PlanPart = {
  readonly description: string;
  readonly weight: number;
};

export type PlanPrediction = {
  readonly capability: string;
  readonly effect: number;
  readonly unit: string;
  readonly slice?: string | null | undefined;
  readonly displacement?: string | null | undefined;
  readonly experimentId?: string | null | undefined;
  readonly estimand?: EstimandKind | null | undefined;
};

export type DriftBy =
  | 'domain'
  | 'slice';

export type PlannedBy =
  | 'slice'
  | 'source'
  | 'licence'
  | 'shard';

export type MixtureUnit =
  | 'token_share'
  | 'sample_share'
  | 'epochs'
  | 'unnormalised';

export type MixtureRefusal =
  | 'unknown_mixture'
  | 'already_approved'
  | 'approver_is_decider'
  | 'already_superseded'
  | 'superseded_by_itself'
  | 'already_decided'
  | 'superseded_in_a_cycle'
  | 'invalid';

export type OutcomeInput = {
  readonly capability: string;
  readonly benchmark?: string | null | undefined;
  readonly metric?: string | null | undefined;
};

export type ScaleInput = {
  readonly parameters: number;
  readonly tokens?: number | null | undefined;
};

export type DecisionAccuracyRefusal =
  | 'scale_out_of_range'
  | 'same_scale'
  | 'unknown_scale'
  | 'several_budgets'
  | 'no_scored_runs'
  | 'not_comparable'
  | 'too_few_recipes'
  | 'too_many_runs';

export type ExposureBy =
  | 'domain'
  | 'slice'
  | 'shard'
  | 'source'
  | 'licence'
  | 'attribute';

export type ExposureGrouping =
  | 'run'
  | 'domain'
  | 'slice'
  | 'shard'
  | 'source'
  | 'licence'
  | 'attribute'
  | 'window';

export type Buckets =
  | 'fine'
  | 'coarse';

export type MetricOrigin =
  | 'steps'
  | 'points';

export type RunStatus =
  | 'planned'
  | 'running'
  | 'completed'
  | 'failed'
  | 'stopped'
  | 'unknown';

export type ExposureUnit =
  | 'token'
  | 'byte'
  | 'share';

export type OrderEncoding =
  | 'megatron_index'
  | 'ranges'
  | 'ids'
  | 'sampler'
  | 'digest';

export type OrderEvidence =
  | 'reconstructed'
  | 'recorded'
  | 'replayable'
  | 'digest_only';

export type BatchItem =
  | 'sample'
  | 'document'
  | 'sequence'
  | 'token';

export type AliasesQueryVariables = Exact<{
  address?: string | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
  asOf?: string | null | undefined;
}>;


export type AliasesQuery = { readonly aliases: { readonly totalCount: number, readonly complete: boolean, readonly reason: string | null, readonly lag: number, readonly nodes: ReadonlyArray<{ readonly kind: AliasKind, readonly address: string, readonly other: string, readonly reason: string, readonly actor: string, readonly evidence: ReadonlyArray<string> }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null }, readonly asOf: { readonly position: string, readonly time: string | null } } };

export type RerunningFragment = { readonly same: boolean, readonly resultDigest: string | null, readonly estimator: string | null, readonly estimatorVersion: string | null, readonly refusal: string | null, readonly differencesTotal: number, readonly differences: ReadonlyArray<{ readonly pointer: string, readonly kept: string | null, readonly now: string | null }> };

export type KeptAnswerQueryVariables = Exact<{
  id: string;
  asOf?: string | null | undefined;
  rerun: boolean;
}>;


export type KeptAnswerQuery = { readonly answer: { readonly id: string, readonly question: string, readonly asked: string, readonly estimator: string, readonly estimatorVersion: string, readonly inputPosition: string, readonly position: string, readonly result: string, readonly resultDigest: string, readonly verification: AnswerVerification, readonly state: KeptAnswerState, readonly laterAnswer: string | null, readonly complete: boolean, readonly reason: string | null, readonly lag: number, readonly evidence: ReadonlyArray<string>, readonly evidenceTotal: number, readonly changes: ReadonlyArray<{ readonly changed: string, readonly by: string, readonly type: string, readonly reason: string, readonly actor: string }>, readonly familyNow: { readonly name: string, readonly testsThen: number, readonly tests: number, readonly effects: ReadonlyArray<{ readonly hypothesis: string, readonly qValue: number, readonly qValueNow: number, readonly interpretation: Interpretation, readonly interpretationNow: Interpretation }> } | null, readonly rerun?: { readonly same: boolean, readonly resultDigest: string | null, readonly estimator: string | null, readonly estimatorVersion: string | null, readonly refusal: string | null, readonly differencesTotal: number, readonly differences: ReadonlyArray<{ readonly pointer: string, readonly kept: string | null, readonly now: string | null }> }, readonly asOf: { readonly position: string, readonly time: string | null } } | null };

export type CheckedAnswerQueryVariables = Exact<{
  id: string;
  asOf?: string | null | undefined;
}>;


export type CheckedAnswerQuery = { readonly answer: { readonly verification: AnswerVerification } | null };

export type KeptAnswersQueryVariables = Exact<{
  experiment?: string | null | undefined;
  after?: string | null | undefined;
  asOf?: string | null | undefined;
}>;


export type KeptAnswersQuery = { readonly answers: { readonly complete: boolean, readonly reason: string | null, readonly lag: number, readonly nodes: ReadonlyArray<{ readonly id: string, readonly asked: string, readonly estimator: string, readonly estimatorVersion: string, readonly inputPosition: string, readonly position: string, readonly resultDigest: string, readonly laterAnswer: string | null, readonly verification: AnswerVerification }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null }, readonly asOf: { readonly position: string, readonly time: string | null } } };

export type ApproveMixtureMutationVariables = Exact<{
  id: string;
  approvedBy?: string | null | undefined;
  note?: string | null | undefined;
}>;


export type ApproveMixtureMutation = { readonly approveMixture:
    | { readonly position: string, readonly isNew: boolean, readonly warnings: ReadonlyArray<{ readonly code: string, readonly text: string }> }
    | { readonly refusal: MixtureRefusal, readonly text: string }
   };

export type BoundsFragment = { readonly low: number, readonly high: number, readonly level: number, readonly method: string };

export type PartFragment = { readonly estimate: number, readonly identification: Identification, readonly interval: { readonly low: number, readonly high: number, readonly level: number, readonly method: string } | null };

export type CountingFragment = { readonly attribute: string, readonly atLeast: number | null, readonly method: Method, readonly shards: number, readonly unmeasuredShards: number, readonly unmeasuredShare: number, readonly instruments: ReadonlyArray<{ readonly name: string, readonly version: string, readonly normaliser: string, readonly shards: number }> };

export type EffectsFragment = { readonly experiment: string, readonly questions: number, readonly complete: boolean, readonly reason: string | null, readonly lag: number, readonly counting: { readonly attribute: string, readonly atLeast: number | null, readonly method: Method, readonly shards: number, readonly unmeasuredShards: number, readonly unmeasuredShare: number, readonly instruments: ReadonlyArray<{ readonly name: string, readonly version: string, readonly normaliser: string, readonly shards: number }> } | null, readonly family: { readonly procedure: string, readonly name: string | null, readonly tests: number, readonly earlier: number, readonly text: string, readonly decisions: ReadonlyArray<{ readonly hypothesis: string, readonly before: number, readonly foundBefore: number, readonly pValue: number, readonly level: number, readonly found: boolean }> }, readonly asOf: { readonly position: string, readonly time: string | null }, readonly effects: ReadonlyArray<{ readonly displacement: string, readonly effect: number | null, readonly unit: string | null, readonly identification: Identification, readonly verdict: Verdict, readonly interpretation: Interpretation, readonly pValue: number | null, readonly qValue: number | null, readonly chosenBy: string | null, readonly minimumDetectableEffect: number | null, readonly evidence: ReadonlyArray<string>, readonly randomSeed: number | null, readonly estimand: { readonly kind: EstimandKind, readonly slice: string, readonly capability: string, readonly text: string, readonly contrast: { readonly more: { readonly mixture: string, readonly share: number }, readonly less: { readonly mixture: string, readonly share: number } } | null }, readonly interval: { readonly low: number, readonly high: number, readonly level: number, readonly method: string } | null, readonly otherIntervals: ReadonlyArray<{ readonly low: number, readonly high: number, readonly level: number, readonly method: string }>, readonly n: { readonly runs: number, readonly seeds: number }, readonly estimator: { readonly id: string, readonly version: string }, readonly slope: { readonly cox: number, readonly gateaux: number | null, readonly interval: { readonly low: number, readonly high: number, readonly level: number, readonly method: string } } | null, readonly relativeChange: { readonly percentChangeOfMeans: number, readonly meanOfPercentChanges: number, readonly standardError: number | null, readonly interval: { readonly low: number, readonly high: number, readonly level: number, readonly method: string } | null } | null, readonly differences: ReadonlyArray<{ readonly field: string, readonly state: DifferenceState, readonly values: ReadonlyArray<{ readonly value: string | null, readonly more: number, readonly less: number }> }>, readonly warnings: ReadonlyArray<{ readonly code: string, readonly text: string }>, readonly negativeControls: ReadonlyArray<{ readonly name: string, readonly outcome: ControlOutcome, readonly trials: number, readonly falsePositives: number, readonly attainableLevel: number | null, readonly planted: number | null, readonly found: number | null, readonly text: string, readonly controlOutcome: { readonly capability: string, readonly effect: number | null, readonly minimumDetectableEffect: number | null, readonly unit: string | null, readonly interval: { readonly low: number, readonly high: number, readonly level: number, readonly method: string } | null } | null }>, readonly proxy: { readonly model: string, readonly parameters: number | null } | null, readonly decomposition: { readonly notSeparated: ReadonlyArray<string>, readonly evidence: ReadonlyArray<string>, readonly bundle: { readonly estimate: number, readonly identification: Identification, readonly interval: { readonly low: number, readonly high: number, readonly level: number, readonly method: string } | null }, readonly receivers: ReadonlyArray<{ readonly receiver: string, readonly weight: number, readonly arm: string | null, readonly own: { readonly estimate: number, readonly identification: Identification, readonly interval: { readonly low: number, readonly high: number, readonly level: number, readonly method: string } | null } | null, readonly displaced: { readonly estimate: number, readonly identification: Identification, readonly interval: { readonly low: number, readonly high: number, readonly level: number, readonly method: string } | null } | null, readonly gaveWay: { readonly estimate: number, readonly identification: Identification, readonly interval: { readonly low: number, readonly high: number, readonly level: number, readonly method: string } | null } | null, readonly held: { readonly estimate: number, readonly identification: Identification, readonly interval: { readonly low: number, readonly high: number, readonly level: number, readonly method: string } | null } | null, readonly moved: { readonly estimate: number, readonly identification: Identification, readonly interval: { readonly low: number, readonly high: number, readonly level: number, readonly method: string } | null } | null, readonly needed: { readonly displacement: string, readonly runs: number, readonly seeds: ReadonlyArray<string>, readonly shares: ReadonlyArray<{ readonly slice: string, readonly share: number }> } | null, readonly warnings: ReadonlyArray<{ readonly code: string, readonly text: string }> }>, readonly remainder: { readonly estimate: number, readonly identification: Identification, readonly interval: { readonly low: number, readonly high: number, readonly level: number, readonly method: string } | null }, readonly notIdentified: { readonly code: string, readonly text: string } | null } | null, readonly adjustment: { readonly terms: number, readonly remainingVariance: number, readonly effectiveRuns: number, readonly unadjusted: { readonly effect: number, readonly interval: { readonly low: number, readonly high: number, readonly level: number, readonly method: string } }, readonly covariates: ReadonlyArray<{ readonly field: string, readonly countedAs: CovariateForm, readonly values: number, readonly recorded: number, readonly correlation: number }>, readonly robustness: { readonly value: number, readonly ofInterval: number } } | null }> };

export type AttributionQueryVariables = Exact<{
  capabilities?: ReadonlyArray<string> | string | null | undefined;
  slices?: ReadonlyArray<string> | string | null | undefined;
  displacement?: string | null | undefined;
  experiment?: string | null | undefined;
  negativeControlOutcomes?: ReadonlyArray<string> | string | null | undefined;
  by?: MeasuredSlices | null | undefined;
  family?: string | null | undefined;
  asOf?: string | null | undefined;
}>;


export type AttributionQuery = { readonly attribution:
    | { readonly __typename: 'Attribution', readonly experiment: string, readonly questions: number, readonly complete: boolean, readonly reason: string | null, readonly lag: number, readonly counting: { readonly attribute: string, readonly atLeast: number | null, readonly method: Method, readonly shards: number, readonly unmeasuredShards: number, readonly unmeasuredShare: number, readonly instruments: ReadonlyArray<{ readonly name: string, readonly version: string, readonly normaliser: string, readonly shards: number }> } | null, readonly family: { readonly procedure: string, readonly name: string | null, readonly tests: number, readonly earlier: number, readonly text: string, readonly decisions: ReadonlyArray<{ readonly hypothesis: string, readonly before: number, readonly foundBefore: number, readonly pValue: number, readonly level: number, readonly found: boolean }> }, readonly asOf: { readonly position: string, readonly time: string | null }, readonly effects: ReadonlyArray<{ readonly displacement: string, readonly effect: number | null, readonly unit: string | null, readonly identification: Identification, readonly verdict: Verdict, readonly interpretation: Interpretation, readonly pValue: number | null, readonly qValue: number | null, readonly chosenBy: string | null, readonly minimumDetectableEffect: number | null, readonly evidence: ReadonlyArray<string>, readonly randomSeed: number | null, readonly estimand: { readonly kind: EstimandKind, readonly slice: string, readonly capability: string, readonly text: string, readonly contrast: { readonly more: { readonly mixture: string, readonly share: number }, readonly less: { readonly mixture: string, readonly share: number } } | null }, readonly interval: { readonly low: number, readonly high: number, readonly level: number, readonly method: string } | null, readonly otherIntervals: ReadonlyArray<{ readonly low: number, readonly high: number, readonly level: number, readonly method: string }>, readonly n: { readonly runs: number, readonly seeds: number }, readonly estimator: { readonly id: string, readonly version: string }, readonly slope: { readonly cox: number, readonly gateaux: number | null, readonly interval: { readonly low: number, readonly high: number, readonly level: number, readonly method: string } } | null, readonly relativeChange: { readonly percentChangeOfMeans: number, readonly meanOfPercentChanges: number, readonly standardError: number | null, readonly interval: { readonly low: number, readonly high: number, readonly level: number, readonly method: string } | null } | null, readonly differences: ReadonlyArray<{ readonly field: string, readonly state: DifferenceState, readonly values: ReadonlyArray<{ readonly value: string | null, readonly more: number, readonly less: number }> }>, readonly warnings: ReadonlyArray<{ readonly code: string, readonly text: string }>, readonly negativeControls: ReadonlyArray<{ readonly name: string, readonly outcome: ControlOutcome, readonly trials: number, readonly falsePositives: number, readonly attainableLevel: number | null, readonly planted: number | null, readonly found: number | null, readonly text: string, readonly controlOutcome: { readonly capability: string, readonly effect: number | null, readonly minimumDetectableEffect: number | null, readonly unit: string | null, readonly interval: { readonly low: number, readonly high: number, readonly level: number, readonly method: string } | null } | null }>, readonly proxy: { readonly model: string, readonly parameters: number | null } | null, readonly decomposition: { readonly notSeparated: ReadonlyArray<string>, readonly evidence: ReadonlyArray<string>, readonly bundle: { readonly estimate: number, readonly identification: Identification, readonly interval: { readonly low: number, readonly high: number, readonly level: number, readonly method: string } | null }, readonly receivers: ReadonlyArray<{ readonly receiver: string, readonly weight: number, readonly arm: string | null, readonly own: { readonly estimate: number, readonly identification: Identification, readonly interval: { readonly low: number, readonly high: number, readonly level: number, readonly method: string } | null } | null, readonly displaced: { readonly estimate: number, readonly identification: Identification, readonly interval: { readonly low: number, readonly high: number, readonly level: number, readonly method: string } | null } | null, readonly gaveWay: { readonly estimate: number, readonly identification: Identification, readonly interval: { readonly low: number, readonly high: number, readonly level: number, readonly method: string } | null } | null, readonly held: { readonly estimate: number, readonly identification: Identification, readonly interval: { readonly low: number, readonly high: number, readonly level: number, readonly method: string } | null } | null, readonly moved: { readonly estimate: number, readonly identification: Identification, readonly interval: { readonly low: number, readonly high: number, readonly level: number, readonly method: string } | null } | null, readonly needed: { readonly displacement: string, readonly runs: number, readonly seeds: ReadonlyArray<string>, readonly shares: ReadonlyArray<{ readonly slice: string, readonly share: number }> } | null, readonly warnings: ReadonlyArray<{ readonly code: string, readonly text: string }> }>, readonly remainder: { readonly estimate: number, readonly identification: Identification, readonly interval: { readonly low: number, readonly high: number, readonly level: number, readonly method: string } | null }, readonly notIdentified: { readonly code: string, readonly text: string } | null } | null, readonly adjustment: { readonly terms: number, readonly remainingVariance: number, readonly effectiveRuns: number, readonly unadjusted: { readonly effect: number, readonly interval: { readonly low: number, readonly high: number, readonly level: number, readonly method: string } }, readonly covariates: ReadonlyArray<{ readonly field: string, readonly countedAs: CovariateForm, readonly values: number, readonly recorded: number, readonly correlation: number }>, readonly robustness: { readonly value: number, readonly ofInterval: number } } | null }> }
    | { readonly __typename: 'AttributionRefused', readonly refusal: AttributionRefusal, readonly text: string }
   };

export type KeepAnswerMutationVariables = Exact<{
  capabilities?: ReadonlyArray<string> | string | null | undefined;
  slices?: ReadonlyArray<string> | string | null | undefined;
  displacement?: string | null | undefined;
  experiment?: string | null | undefined;
  negativeControlOutcomes?: ReadonlyArray<string> | string | null | undefined;
  by?: MeasuredSlices | null | undefined;
  family?: string | null | undefined;
  asOf?: string | null | undefined;
}>;


export type KeepAnswerMutation = { readonly keepAnswer:
    | { readonly __typename: 'AnswerKept', readonly id: string, readonly isNew: boolean, readonly inputPosition: string, readonly attribution: { readonly experiment: string, readonly questions: number, readonly complete: boolean, readonly reason: string | null, readonly lag: number, readonly counting: { readonly attribute: string, readonly atLeast: number | null, readonly method: Method, readonly shards: number, readonly unmeasuredShards: number, readonly unmeasuredShare: number, readonly instruments: ReadonlyArray<{ readonly name: string, readonly version: string, readonly normaliser: string, readonly shards: number }> } | null, readonly family: { readonly procedure: string, readonly name: string | null, readonly tests: number, readonly earlier: number, readonly text: string, readonly decisions: ReadonlyArray<{ readonly hypothesis: string, readonly before: number, readonly foundBefore: number, readonly pValue: number, readonly level: number, readonly found: boolean }> }, readonly asOf: { readonly position: string, readonly time: string | null }, readonly effects: ReadonlyArray<{ readonly displacement: string, readonly effect: number | null, readonly unit: string | null, readonly identification: Identification, readonly verdict: Verdict, readonly interpretation: Interpretation, readonly pValue: number | null, readonly qValue: number | null, readonly chosenBy: string | null, readonly minimumDetectableEffect: number | null, readonly evidence: ReadonlyArray<string>, readonly randomSeed: number | null, readonly estimand: { readonly kind: EstimandKind, readonly slice: string, readonly capability: string, readonly text: string, readonly contrast: { readonly more: { readonly mixture: string, readonly share: number }, readonly less: { readonly mixture: string, readonly share: number } } | null }, readonly interval: { readonly low: number, readonly high: number, readonly level: number, readonly method: string } | null, readonly otherIntervals: ReadonlyArray<{ readonly low: number, readonly high: number, readonly level: number, readonly method: string }>, readonly n: { readonly runs: number, readonly seeds: number }, readonly estimator: { readonly id: string, readonly version: string }, readonly slope: { readonly cox: number, readonly gateaux: number | null, readonly interval: { readonly low: number, readonly high: number, readonly level: number, readonly method: string } } | null, readonly relativeChange: { readonly percentChangeOfMeans: number, readonly meanOfPercentChanges: number, readonly standardError: number | null, readonly interval: { readonly low: number, readonly high: number, readonly level: number, readonly method: string } | null } | null, readonly differences: ReadonlyArray<{ readonly field: string, readonly state: DifferenceState, readonly values: ReadonlyArray<{ readonly value: string | null, readonly more: number, readonly less: number }> }>, readonly warnings: ReadonlyArray<{ readonly code: string, readonly text: string }>, readonly negativeControls: ReadonlyArray<{ readonly name: string, readonly outcome: ControlOutcome, readonly trials: number, readonly falsePositives: number, readonly attainableLevel: number | null, readonly planted: number | null, readonly found: number | null, readonly text: string, readonly controlOutcome: { readonly capability: string, readonly effect: number | null, readonly minimumDetectableEffect: number | null, readonly unit: string | null, readonly interval: { readonly low: number, readonly high: number, readonly level: number, readonly method: string } | null } | null }>, readonly proxy: { readonly model: string, readonly parameters: number | null } | null, readonly decomposition: { readonly notSeparated: ReadonlyArray<string>, readonly evidence: ReadonlyArray<string>, readonly bundle: { readonly estimate: number, readonly identification: Identification, readonly interval: { readonly low: number, readonly high: number, readonly level: number, readonly method: string } | null }, readonly receivers: ReadonlyArray<{ readonly receiver: string, readonly weight: number, readonly arm: string | null, readonly own: { readonly estimate: number, readonly identification: Identification, readonly interval: { readonly low: number, readonly high: number, readonly level: number, readonly method: string } | null } | null, readonly displaced: { readonly estimate: number, readonly identification: Identification, readonly interval: { readonly low: number, readonly high: number, readonly level: number, readonly method: string } | null } | null, readonly gaveWay: { readonly estimate: number, readonly identification: Identification, readonly interval: { readonly low: number, readonly high: number, readonly level: number, readonly method: string } | null } | null, readonly held: { readonly estimate: number, readonly identification: Identification, readonly interval: { readonly low: number, readonly high: number, readonly level: number, readonly method: string } | null } | null, readonly moved: { readonly estimate: number, readonly identification: Identification, readonly interval: { readonly low: number, readonly high: number, readonly level: number, readonly method: string } | null } | null, readonly needed: { readonly displacement: string, readonly runs: number, readonly seeds: ReadonlyArray<string>, readonly shares: ReadonlyArray<{ readonly slice: string, readonly share: number }> } | null, readonly warnings: ReadonlyArray<{ readonly code: string, readonly text: string }> }>, readonly remainder: { readonly estimate: number, readonly identification: Identification, readonly interval: { readonly low: number, readonly high: number, readonly level: number, readonly method: string } | null }, readonly notIdentified: { readonly code: string, readonly text: string } | null } | null, readonly adjustment: { readonly terms: number, readonly remainingVariance: number, readonly effectiveRuns: number, readonly unadjusted: { readonly effect: number, readonly interval: { readonly low: number, readonly high: number, readonly level: number, readonly method: string } }, readonly covariates: ReadonlyArray<{ readonly field: string, readonly countedAs: CovariateForm, readonly values: number, readonly recorded: number, readonly correlation: number }>, readonly robustness: { readonly value: number, readonly ofInterval: number } } | null }> } }
    | { readonly __typename: 'AttributionRefused', readonly refusal: AttributionRefusal, readonly text: string }
   };

export type BatchQueryVariables = Exact<{
  run: string;
  step: number;
  attempt?: number | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
  asOf?: string | null | undefined;
}>;


export type BatchQuery = { readonly batch: { readonly run: string, readonly step: number, readonly trainedBy: string, readonly attempt: number, readonly counts: boolean, readonly skipped: boolean, readonly encoding: OrderEncoding | null, readonly level: OrderEvidence | null, readonly method: Method | null, readonly of: BatchItem | null, readonly items: number | null, readonly tokens: number | null, readonly totalCount: number, readonly complete: boolean, readonly reason: string | null, readonly lag: number, readonly evidence: ReadonlyArray<string>, readonly evidenceTotal: number, readonly corpora: ReadonlyArray<{ readonly path: string, readonly slice: string | null, readonly shard: string | null, readonly samples: number, readonly tokens: number }>, readonly ranges: ReadonlyArray<{ readonly shard: string, readonly from: number, readonly count: number }>, readonly exposure: { readonly firstStep: number, readonly lastStep: number, readonly recordedTokens: number, readonly orderedTokens: number, readonly agrees: boolean | null } | null, readonly nodes: ReadonlyArray<{ readonly sample: number, readonly corpus: string, readonly shard: string | null, readonly document: number, readonly from: number, readonly to: number | null, readonly label: number | null, readonly sourcePath: string | null, readonly sourceRow: number | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null }, readonly asOf: { readonly position: string, readonly time: string | null } } | null };

export type ContaminationQueryVariables = Exact<{
  benchmark: string;
  run: string;
  version?: string | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
  asOf?: string | null | undefined;
}>;


export type ContaminationQuery = { readonly contamination: { readonly benchmark: string, readonly version: string | null, readonly run: string, readonly checkpointsTotal: number, readonly totalCount: number, readonly complete: boolean, readonly reason: string | null, readonly lag: number, readonly evidence: ReadonlyArray<string>, readonly evidenceTotal: number, readonly consumed: ReadonlyArray<{ readonly unit: ExposureUnit, readonly amount: number, readonly found: number, readonly nothingFound: number, readonly nothingFoundInPart: number, readonly notSearched: number, readonly shardUnknown: number }>, readonly shards: { readonly found: number, readonly nothingFound: number, readonly nothingFoundInPart: number, readonly notSearched: number }, readonly checkpoints: ReadonlyArray<{ readonly id: string | null, readonly saved: boolean, readonly step: number, readonly attempt: number | null, readonly tokens: number | null, readonly counts: boolean, readonly notYet: number, readonly partly: number, readonly wholly: number, readonly scores: ReadonlyArray<{ readonly capability: string, readonly metric: string, readonly value: number, readonly unit: string, readonly evidence: string }> }>, readonly nodes: ReadonlyArray<{ readonly shard: string, readonly same: ReadonlyArray<string>, readonly outcome: SearchOutcome, readonly firstStep: number | null, readonly lastStep: number | null, readonly atCheckpoints: ReadonlyArray<SeenBefore>, readonly consumed: ReadonlyArray<{ readonly unit: ExposureUnit, readonly amount: number, readonly tokens: number | null, readonly methods: ReadonlyArray<Method>, readonly firstStep: number, readonly lastStep: number }>, readonly searches: ReadonlyArray<{ readonly shard: string, readonly version: string | null, readonly itemsDigest: string, readonly itemFields: ReadonlyArray<string> | null, readonly kind: ContaminationSearchKind, readonly n: number | null, readonly of: GramOf | null, readonly threshold: number | null, readonly field: string | null, readonly instrument: string, readonly instrumentVersion: string | null, readonly method: Method, readonly whole: boolean, readonly itemsCompared: number, readonly itemsSkipped: number | null, readonly itemsMatched: number, readonly documentsCompared: number | null, readonly documentsMatched: number | null, readonly documents: ReadonlyArray<string>, readonly evidence: string, readonly items: ReadonlyArray<{ readonly id: string, readonly share: number | null }> }> }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null }, readonly asOf: { readonly position: string, readonly time: string | null } } | null };

export type DeadLetterQueryVariables = Exact<{
  id: string;
}>;


export type DeadLetterQuery = { readonly deadLetter: { readonly text: string | null, readonly lossy: boolean, readonly id: string, readonly endpoint: string, readonly contentType: string, readonly size: number, readonly code: string, readonly message: string, readonly pointer: string, readonly value: string | null, readonly explanation: string, readonly firstSeen: string, readonly lastSeen: string, readonly seen: number, readonly state: DeadLetterState, readonly position: string | null, readonly history: ReadonlyArray<{ readonly at: string, readonly actor: string, readonly action: DeadLetterAction, readonly outcome: DeadLetterOutcome, readonly reason: string, readonly fixed: boolean }> } | null };

export type DeadLettersQueryVariables = Exact<{
  state?: DeadLetterState | null | undefined;
  code?: string | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type DeadLettersQuery = { readonly deadLetters: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly endpoint: string, readonly contentType: string, readonly size: number, readonly code: string, readonly message: string, readonly pointer: string, readonly value: string | null, readonly explanation: string, readonly firstSeen: string, readonly lastSeen: string, readonly seen: number, readonly state: DeadLetterState, readonly position: string | null, readonly history: ReadonlyArray<{ readonly at: string, readonly actor: string, readonly action: DeadLetterAction, readonly outcome: DeadLetterOutcome, readonly reason: string, readonly fixed: boolean }> }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null }, readonly counts: { readonly parked: number, readonly replayed: number, readonly discarded: number, readonly bytes: number, readonly byCode: ReadonlyArray<{ readonly code: string, readonly count: number }> } } };

export type DeadLetterRecordFragment = { readonly id: string, readonly endpoint: string, readonly contentType: string, readonly size: number, readonly code: string, readonly message: string, readonly pointer: string, readonly value: string | null, readonly explanation: string, readonly firstSeen: string, readonly lastSeen: string, readonly seen: number, readonly state: DeadLetterState, readonly position: string | null, readonly history: ReadonlyArray<{ readonly at: string, readonly actor: string, readonly action: DeadLetterAction, readonly outcome: DeadLetterOutcome, readonly reason: string, readonly fixed: boolean }> };

export type DeadLetterTotalsFragment = { readonly parked: number, readonly replayed: number, readonly discarded: number, readonly bytes: number, readonly byCode: ReadonlyArray<{ readonly code: string, readonly count: number }> };

export type DecideMixtureMutationVariables = Exact<{
  plan: MixturePlan;
  replace?: boolean | null | undefined;
}>;


export type DecideMixtureMutation = { readonly decideMixture:
    | { readonly position: string, readonly isNew: boolean, readonly warnings: ReadonlyArray<{ readonly code: string, readonly text: string }> }
    | { readonly refusal: MixtureRefusal, readonly text: string }
   };

export type DecisionAccuracyQueryVariables = Exact<{
  capability: string;
  benchmark?: string | null | undefined;
  metric?: string | null | undefined;
  proxy?: OutcomeInput | null | undefined;
  small: ScaleInput;
  target: ScaleInput;
  asOf?: string | null | undefined;
}>;


export type DecisionAccuracyQuery = { readonly decisionAccuracy:
    | { readonly __typename: 'DecisionAccuracy', readonly accuracy: number, readonly singleRun: number | null, readonly pairs: number, readonly ties: number, readonly picked: string, readonly best: string, readonly regret: number, readonly complete: boolean, readonly reason: string | null, readonly lag: number, readonly evidence: ReadonlyArray<string>, readonly evidenceTotal: number, readonly interval: { readonly low: number, readonly high: number, readonly level: number, readonly method: string }, readonly repeatability: { readonly share: number, readonly pairs: number } | null, readonly recipes: ReadonlyArray<{ readonly recipe: string, readonly small: number, readonly smallRuns: number, readonly smallRank: number, readonly target: number, readonly targetRuns: number, readonly targetRank: number }>, readonly smallScale: { readonly parameters: number, readonly tokens: number | null, readonly runs: number, readonly unit: string, readonly higherIsBetter: boolean }, readonly targetScale: { readonly parameters: number, readonly tokens: number | null, readonly runs: number, readonly unit: string, readonly higherIsBetter: boolean }, readonly estimator: { readonly id: string, readonly version: string }, readonly warnings: ReadonlyArray<{ readonly code: string, readonly text: string }>, readonly asOf: { readonly position: string, readonly time: string | null } }
    | { readonly __typename: 'DecisionAccuracyRefused', readonly refusal: DecisionAccuracyRefusal, readonly text: string }
   };

export type DeclareAliasMutationVariables = Exact<{
  kind: AliasKind;
  address: string;
  other: string;
  reason: string;
  actor?: string | null | undefined;
}>;


export type DeclareAliasMutation = { readonly declareAlias:
    | { readonly position: string }
    | { readonly refusal: AliasRefusal, readonly text: string }
   };

export type PlannedFragment = { readonly purpose: PlannedPurpose, readonly arm: string, readonly mixture: string, readonly runs: number, readonly seeds: ReadonlyArray<string>, readonly amountPerRun: number, readonly reason: string, readonly shares: ReadonlyArray<{ readonly slice: string, readonly share: number }> };

export type DesignQueryVariables = Exact<{
  capability: string;
  slice: string;
  displacement?: string | null | undefined;
  experiment?: string | null | undefined;
  effect?: number | null | undefined;
  runs?: number | null | undefined;
  power?: number | null | undefined;
  level?: number | null | undefined;
  asOf?: string | null | undefined;
}>;


export type DesignQuery = { readonly design:
    | { readonly __typename: 'ExperimentDesign', readonly experiment: string, readonly slice: string, readonly capability: string, readonly displacement: string, readonly unit: string | null, readonly level: number, readonly power: number, readonly effect: number | null, readonly complete: boolean, readonly lag: number, readonly plans: ReadonlyArray<{ readonly estimator: PlannedEstimator, readonly contrast: string, readonly runsForEffect: number | null, readonly identification: Identification, readonly now: { readonly effect: number | null, readonly identification: Identification, readonly interpretation: Interpretation, readonly minimumDetectableEffect: number | null, readonly evidence: ReadonlyArray<string>, readonly estimand: { readonly text: string }, readonly interval: { readonly low: number, readonly high: number, readonly level: number, readonly method: string } | null, readonly n: { readonly runs: number, readonly seeds: number } } | null, readonly noise: { readonly standardDeviation: number, readonly degreesOfFreedom: number, readonly source: NoiseSource, readonly text: string } | null, readonly runs: ReadonlyArray<{ readonly purpose: PlannedPurpose, readonly arm: string, readonly mixture: string, readonly runs: number, readonly seeds: ReadonlyArray<string>, readonly amountPerRun: number, readonly reason: string, readonly shares: ReadonlyArray<{ readonly slice: string, readonly share: number }> }>, readonly decomposition: ReadonlyArray<{ readonly purpose: PlannedPurpose, readonly arm: string, readonly mixture: string, readonly runs: number, readonly seeds: ReadonlyArray<string>, readonly amountPerRun: number, readonly reason: string, readonly shares: ReadonlyArray<{ readonly slice: string, readonly share: number }> }>, readonly detectable: ReadonlyArray<{ readonly addedRuns: number, readonly minimumDetectableEffect: number | null, readonly power: number | null }>, readonly cost: { readonly runs: number, readonly amount: number, readonly unit: string, readonly text: string }, readonly assignment: { readonly design: Design, readonly assignment: Assignment, readonly randomisation: { readonly method: string, readonly seed: string } | null, readonly arms: ReadonlyArray<{ readonly arm: string, readonly mixture: string, readonly displacement: string | null }> } | null, readonly assumptions: ReadonlyArray<{ readonly code: string, readonly text: string }> }>, readonly warnings: ReadonlyArray<{ readonly code: string, readonly text: string }>, readonly asOf: { readonly position: string, readonly time: string | null } }
    | { readonly __typename: 'DesignRefused', readonly refusal: DesignRefusal, readonly text: string }
   };

export type DiscardMutationVariables = Exact<{
  id: string;
  reason: string;
  actor?: string | null | undefined;
}>;


export type DiscardMutation = { readonly discardDeadLetter: { readonly id: string, readonly endpoint: string, readonly contentType: string, readonly size: number, readonly code: string, readonly message: string, readonly pointer: string, readonly value: string | null, readonly explanation: string, readonly firstSeen: string, readonly lastSeen: string, readonly seen: number, readonly state: DeadLetterState, readonly position: string | null, readonly history: ReadonlyArray<{ readonly at: string, readonly actor: string, readonly action: DeadLetterAction, readonly outcome: DeadLetterOutcome, readonly reason: string, readonly fixed: boolean }> } };

export type EntitiesQueryVariables = Exact<{
  kind: EntityKind;
  contains?: string | null | undefined;
  neighbour?: string | null | undefined;
  status?: RunStatus | null | undefined;
  model?: string | null | undefined;
  sort?: EntitySort | null | undefined;
  first?: number | null | undefined;
  after?: string | null | undefined;
  asOf?: string | null | undefined;
}>;


export type EntitiesQuery = { readonly entities: { readonly totalCount: number, readonly complete: boolean, readonly reason: string | null, readonly lag: number, readonly nodes: ReadonlyArray<{ readonly id: string, readonly kind: EntityKind, readonly key: string, readonly name: string, readonly registered: boolean, readonly firstRecorded: string | null, readonly lastRecorded: string | null, readonly details: ReadonlyArray<{ readonly key: string, readonly value: string }> }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null }, readonly asOf: { readonly position: string, readonly time: string | null } } | null };

export type EntityQueryVariables = Exact<{
  id: string;
  asOf?: string | null | undefined;
}>;


export type EntityQuery = { readonly entity: { readonly evidenceTotal: number, readonly complete: boolean, readonly reason: string | null, readonly lag: number, readonly entity: { readonly id: string, readonly kind: EntityKind, readonly key: string, readonly name: string, readonly registered: boolean, readonly firstRecorded: string | null, readonly lastRecorded: string | null, readonly details: ReadonlyArray<{ readonly key: string, readonly value: string }> }, readonly neighbours: ReadonlyArray<{ readonly direction: LineageDirection, readonly edge: string, readonly kind: LineageKind, readonly neighbours: number }>, readonly same: ReadonlyArray<{ readonly shard: string, readonly other: string, readonly basis: AliasBasis, readonly evidence: ReadonlyArray<string> }>, readonly events: ReadonlyArray<{ readonly position: string, readonly type: string, readonly recordTime: string }>, readonly asOf: { readonly position: string, readonly time: string | null } } | null };

export type EventAtQueryVariables = Exact<{
  position: string;
}>;


export type EventAtQuery = { readonly event: { readonly position: string, readonly id: string, readonly source: string, readonly type: string, readonly json: string } | null };

export type EventByIdQueryVariables = Exact<{
  source: string;
  id: string;
}>;


export type EventByIdQuery = { readonly eventById: { readonly position: string, readonly id: string, readonly source: string, readonly type: string, readonly json: string } | null };

export type ExperimentListQueryVariables = Exact<{
  after?: string | null | undefined;
  asOf?: string | null | undefined;
}>;


export type ExperimentListQuery = { readonly experiments: { readonly complete: boolean, readonly reason: string | null, readonly lag: number, readonly nodes: ReadonlyArray<{ readonly id: string, readonly origin: ExperimentOrigin, readonly runs: number, readonly slices: ReadonlyArray<string>, readonly capabilities: ReadonlyArray<string>, readonly arms: ReadonlyArray<{ readonly arm: string, readonly design: Design }>, readonly why: { readonly text: string, readonly notRecorded: ReadonlyArray<string>, readonly pairsTotal: number, readonly pairs: ReadonlyArray<{ readonly more: string, readonly less: string, readonly slice: string, readonly displacement: string, readonly sharedSeeds: number }>, readonly leftOut: ReadonlyArray<{ readonly reason: LeftOutReason, readonly runs: number, readonly text: string }> } | null }>, readonly leftOut: ReadonlyArray<{ readonly reason: LeftOutReason, readonly runs: number, readonly text: string }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null }, readonly asOf: { readonly position: string, readonly time: string | null } } };

export type ExperimentsQueryVariables = Exact<{
  after?: string | null | undefined;
  origin?: ExperimentOrigin | null | undefined;
  asOf?: string | null | undefined;
}>;


export type ExperimentsQuery = { readonly experiments: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly slices: ReadonlyArray<string>, readonly arms: ReadonlyArray<{ readonly assignment: Assignment }> }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type ExposureDifferenceQueryVariables = Exact<{
  run: string;
  step?: number | null | undefined;
  checkpoint?: string | null | undefined;
  otherRun: string;
  otherStep?: number | null | undefined;
  otherCheckpoint?: string | null | undefined;
  inherited?: boolean | null | undefined;
  by?: ExposureBy | null | undefined;
  attribute?: string | null | undefined;
  asOf?: string | null | undefined;
}>;


export type ExposureDifferenceQuery = { readonly exposureDifference: { readonly complete: boolean, readonly reason: string | null, readonly lag: number, readonly evidence: ReadonlyArray<string>, readonly evidenceTotal: number, readonly first: { readonly run: string, readonly step: number | null, readonly checkpoint: string | null, readonly total: number }, readonly second: { readonly run: string, readonly step: number | null, readonly checkpoint: string | null, readonly total: number }, readonly rows: ReadonlyArray<{ readonly slice: string, readonly unknown: boolean, readonly shard: string | null, readonly unit: ExposureUnit, readonly first: number, readonly second: number, readonly difference: number, readonly firstShare: number, readonly secondShare: number }>, readonly asOf: { readonly position: string, readonly time: string | null } } | null };

export type ExposureGroupsQueryVariables = Exact<{
  runs?: ReadonlyArray<string> | string | null | undefined;
  experiment?: string | null | undefined;
  by: ReadonlyArray<ExposureGrouping> | ExposureGrouping;
  attribute?: string | null | undefined;
  windows?: number | null | undefined;
  every?: number | null | undefined;
  fromStep?: number | null | undefined;
  toStep?: number | null | undefined;
  domains?: ReadonlyArray<string> | string | null | undefined;
  slices?: ReadonlyArray<string> | string | null | undefined;
  shards?: ReadonlyArray<string> | string | null | undefined;
  sources?: ReadonlyArray<string> | string | null | undefined;
  licences?: ReadonlyArray<string> | string | null | undefined;
  values?: ReadonlyArray<string> | string | null | undefined;
  first?: number | null | undefined;
  asOf?: string | null | undefined;
}>;


export type ExposureGroupsQuery = { readonly exposureGroups: { readonly by: ReadonlyArray<ExposureGrouping>, readonly attribute: string | null, readonly runs: number, readonly firstStep: number | null, readonly lastStep: number | null, readonly groupCount: number, readonly prorated: number, readonly complete: boolean, readonly reason: string | null, readonly lag: number, readonly evidence: ReadonlyArray<string>, readonly evidenceTotal: number, readonly groups: ReadonlyArray<{ readonly run: string | null, readonly domain: string | null, readonly slice: string | null, readonly shard: string | null, readonly source: string | null, readonly licence: string | null, readonly value: string | null, readonly firstStep: number | null, readonly lastStep: number | null, readonly unknown: ReadonlyArray<ExposureGrouping>, readonly unit: ExposureUnit, readonly tokens: number | null, readonly amount: number, readonly share: number, readonly method: Method }>, readonly totals: ReadonlyArray<{ readonly unit: ExposureUnit, readonly tokens: number | null, readonly amount: number, readonly inherited: number }>, readonly omitted: ReadonlyArray<{ readonly unit: ExposureUnit, readonly tokens: number | null, readonly amount: number, readonly inherited: number }>, readonly asOf: { readonly position: string, readonly time: string | null } } | null };

export type ExposureQueryVariables = Exact<{
  run: string;
  step?: number | null | undefined;
  checkpoint?: string | null | undefined;
  inherited?: boolean | null | undefined;
  by?: ExposureBy | null | undefined;
  attribute?: string | null | undefined;
  asOf?: string | null | undefined;
}>;


export type ExposureQuery = { readonly exposure: { readonly run: string, readonly step: number | null, readonly checkpoint: string | null, readonly by: ExposureBy, readonly attribute: string | null, readonly unit: ExposureUnit | null, readonly total: number, readonly prorated: number, readonly complete: boolean, readonly reason: string | null, readonly lag: number, readonly evidence: ReadonlyArray<string>, readonly evidenceTotal: number, readonly totals: ReadonlyArray<{ readonly unit: ExposureUnit, readonly tokens: number | null, readonly amount: number, readonly inherited: number }>, readonly rows: ReadonlyArray<{ readonly slice: string, readonly unknown: boolean, readonly shard: string | null, readonly same: ReadonlyArray<string>, readonly unit: ExposureUnit, readonly tokens: number | null, readonly amount: number, readonly inherited: number, readonly share: number, readonly repetition: number | null, readonly method: Method }>, readonly asOf: { readonly position: string, readonly time: string | null } } | null };

export type ImportContentsQueryVariables = Exact<{
  import: string;
  asOf?: string | null | undefined;
}>;


export type ImportContentsQuery = { readonly importContents: { readonly complete: boolean, readonly reason: string | null, readonly lag: number, readonly import: { readonly id: string, readonly paths: ReadonlyArray<string>, readonly state: ImportState, readonly stored: number, readonly repeated: number, readonly byType: ReadonlyArray<{ readonly type: string, readonly events: number }> }, readonly entities: ReadonlyArray<{ readonly kind: EntityKind, readonly count: number, readonly ids: ReadonlyArray<string> }>, readonly asOf: { readonly position: string, readonly time: string | null } } | null };

export type ImportsQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  asOf?: string | null | undefined;
}>;


export type ImportsQuery = { readonly imports: { readonly totalCount: number, readonly complete: boolean, readonly reason: string | null, readonly lag: number, readonly nodes: ReadonlyArray<{ readonly id: string, readonly paths: ReadonlyArray<string>, readonly program: string, readonly actor: string | null, readonly state: ImportState, readonly startedAt: string, readonly endedAt: string | null, readonly stored: number, readonly repeated: number, readonly refused: number | null, readonly notLookedAt: number | null, readonly digest: string | null, readonly evidence: ReadonlyArray<string>, readonly kinds: ReadonlyArray<{ readonly kind: string, readonly sources: number, readonly files: number }>, readonly byType: ReadonlyArray<{ readonly type: string, readonly events: number }>, readonly withdrawal: { readonly reason: string, readonly actor: string, readonly at: string, readonly position: string } | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null }, readonly asOf: { readonly position: string, readonly time: string | null } } };

export type LagQueryVariables = Exact<{ [key: string]: never; }>;


export type LagQuery = { readonly status: { readonly lag: number, readonly fault: string | null } };

export type LineagePathsQueryVariables = Exact<{
  from: string;
  to: string;
  depth?: number | null | undefined;
  maxNodes?: number | null | undefined;
  maxPaths?: number | null | undefined;
  kinds?: ReadonlyArray<LineageKind> | LineageKind | null | undefined;
  asOf?: string | null | undefined;
}>;


export type LineagePathsQuery = { readonly lineagePaths: { readonly from: string, readonly to: string, readonly complete: boolean, readonly reason: string | null, readonly lag: number, readonly paths: ReadonlyArray<{ readonly edges: ReadonlyArray<{ readonly source: string, readonly target: string, readonly kind: string, readonly basis: LineageBasis, readonly multiplicity: number, readonly step: number | null, readonly evidence: ReadonlyArray<string>, readonly evidenceTotal: number, readonly consumed: ReadonlyArray<{ readonly unit: ExposureUnit, readonly amount: number, readonly tokens: number | null, readonly methods: ReadonlyArray<Method>, readonly firstStep: number, readonly lastStep: number }> }> }>, readonly asOf: { readonly position: string, readonly time: string | null } } | null };

export type LineageQueryVariables = Exact<{
  node: string;
  direction?: LineageDirection | null | undefined;
  depth?: number | null | undefined;
  maxNodes?: number | null | undefined;
  maxNeighbours?: number | null | undefined;
  kinds?: ReadonlyArray<LineageKind> | LineageKind | null | undefined;
  asOf?: string | null | undefined;
}>;


export type LineageQuery = { readonly lineage: { readonly node: string, readonly frontierSize: number, readonly complete: boolean, readonly reason: string | null, readonly lag: number, readonly nodes: ReadonlyArray<{ readonly id: string, readonly kind: LineageKind, readonly name: string, readonly depth: number, readonly stub: boolean, readonly reason: string | null }>, readonly edges: ReadonlyArray<{ readonly source: string, readonly target: string, readonly kind: string, readonly basis: LineageBasis, readonly multiplicity: number, readonly step: number | null, readonly evidence: ReadonlyArray<string>, readonly evidenceTotal: number, readonly consumed: ReadonlyArray<{ readonly unit: ExposureUnit, readonly amount: number, readonly tokens: number | null, readonly methods: ReadonlyArray<Method>, readonly firstStep: number, readonly lastStep: number }> }>, readonly neighbourCounts: ReadonlyArray<{ readonly node: string, readonly direction: LineageDirection, readonly edge: string, readonly kind: LineageKind, readonly neighbours: number }>, readonly warnings: ReadonlyArray<{ readonly code: string, readonly text: string }>, readonly asOf: { readonly position: string, readonly time: string | null } } | null };

export type LossSpikesQueryVariables = Exact<{
  run: string;
  threshold?: number | null | undefined;
  by?: ExposureBy | null | undefined;
  attribute?: string | null | undefined;
  first?: number | null | undefined;
  asOf?: string | null | undefined;
}>;


export type LossSpikesQuery = { readonly lossSpikes: { readonly run: string, readonly by: ExposureBy, readonly attribute: string | null, readonly threshold: number, readonly total: number, readonly complete: boolean, readonly reason: string | null, readonly lag: number, readonly evidence: ReadonlyArray<string>, readonly evidenceTotal: number, readonly spikes: ReadonlyArray<{ readonly firstStep: number, readonly lastStep: number, readonly steps: number, readonly peakStep: number, readonly loss: number | null, readonly usual: number | null, readonly spreads: number | null, readonly batchFirstStep: number | null, readonly batchLastStep: number | null, readonly batches: number, readonly groups: ReadonlyArray<{ readonly group: string, readonly share: number, readonly usualShare: number, readonly lift: number | null, readonly pValue: number, readonly qValue: number }> }>, readonly asOf: { readonly position: string, readonly time: string | null } } | null };

export type MetricsQueryVariables = Exact<{
  run: string;
  attempt?: number | null | undefined;
  after?: string | null | undefined;
  asOf?: string | null | undefined;
}>;


export type MetricsQuery = { readonly metrics: { readonly run: string, readonly attempt: number | null, readonly complete: boolean, readonly reason: string | null, readonly lag: number, readonly nodes: ReadonlyArray<{ readonly name: string, readonly origin: MetricOrigin, readonly methods: ReadonlyArray<Method>, readonly unit: string | null, readonly values: number, readonly nonfinite: number, readonly firstStep: number | null, readonly lastStep: number | null, readonly evidence: ReadonlyArray<string> }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null }, readonly asOf: { readonly position: string, readonly time: string | null } } | null };

export type CurveQueryVariables = Exact<{
  run: string;
  metric: string;
  origin?: MetricOrigin | null | undefined;
  fromStep?: number | null | undefined;
  toStep?: number | null | undefined;
  buckets?: Buckets | null | undefined;
  asOf?: string | null | undefined;
}>;


export type CurveQuery = { readonly curve: { readonly run: string, readonly metric: string, readonly origin: MetricOrigin | null, readonly bucketSteps: number, readonly complete: boolean, readonly reason: string | null, readonly lag: number, readonly points: ReadonlyArray<{ readonly step: number, readonly values: number, readonly low: number | null, readonly mean: number | null, readonly high: number | null }>, readonly asOf: { readonly position: string, readonly time: string | null } } | null };

export type MixtureDriftQueryVariables = Exact<{
  run: string;
  by?: DriftBy | null | undefined;
  windows?: number | null | undefined;
  every?: number | null | undefined;
  tolerance?: number | null | undefined;
  asOf?: string | null | undefined;
}>;


export type MixtureDriftQuery = { readonly mixtureDrift: { readonly run: string, readonly by: DriftBy, readonly tolerance: number, readonly outOfToleranceFrom: number | null, readonly outOfTolerance: number, readonly notCompared: number, readonly complete: boolean, readonly reason: string | null, readonly lag: number, readonly evidence: ReadonlyArray<string>, readonly evidenceTotal: number, readonly phases: ReadonlyArray<{ readonly mixture: string, readonly decision: string, readonly phase: string, readonly unit: MixtureUnit, readonly sum: number, readonly firstStep: number, readonly lastStep: number | null }>, readonly windows: ReadonlyArray<{ readonly firstStep: number, readonly lastStep: number, readonly mixture: string | null, readonly phase: string | null, readonly l1: number | null, readonly kl: number | null, readonly reason: string | null, readonly outOfTolerance: boolean | null, readonly prorated: boolean, readonly recordedTo: number | null, readonly rows: ReadonlyArray<{ readonly slice: string, readonly unit: ExposureUnit, readonly amount: number, readonly realised: number, readonly planned: number | null, readonly difference: number | null, readonly unplanned: boolean }> }>, readonly totals: ReadonlyArray<{ readonly unit: ExposureUnit, readonly tokens: number | null, readonly amount: number, readonly inherited: number }>, readonly warnings: ReadonlyArray<{ readonly code: string, readonly text: string }>, readonly asOf: { readonly position: string, readonly time: string | null } } | null };

export type MixtureQueryVariables = Exact<{
  id: string;
  asOf?: string | null | undefined;
}>;


export type MixtureQuery = { readonly mixture: { readonly experiment: string | null, readonly unit: MixtureUnit, readonly displacement: string | null, readonly parent: string | null, readonly rationale: string, readonly decidedBy: string, readonly approvedBy: string | null, readonly supersededBy: string | null, readonly name: string | null, readonly snapshot: string | null, readonly citation: string | null, readonly taxonomyVersion: string | null, readonly complete: boolean, readonly reason: string | null, readonly lag: number, readonly weights: ReadonlyArray<{ readonly phase: string, readonly fromStep: number, readonly endsAt: number | null, readonly slice: string, readonly label: string | null, readonly source: string | null, readonly share: number }> } | null };

export type NormaliserQueryVariables = Exact<{
  id: string;
}>;


export type NormaliserQuery = { readonly normaliser: { readonly statistics: ReadonlyArray<{ readonly feature: string, readonly statistic: string, readonly value: number }> } | null };

export type PlannedExposureQueryVariables = Exact<{
  mixture: string;
  tokens: number;
  steps?: number | null | undefined;
  by?: PlannedBy | null | undefined;
  maxEpochs?: number | null | undefined;
  asOf?: string | null | undefined;
}>;


export type PlannedExposureQuery = { readonly plannedExposure: { readonly mixture: string, readonly tokens: number, readonly steps: number | null, readonly by: PlannedBy, readonly maxEpochs: number, readonly snapshot: string | null, readonly withoutPlan: number, readonly complete: boolean, readonly reason: string | null, readonly lag: number, readonly evidence: ReadonlyArray<string>, readonly evidenceTotal: number, readonly rows: ReadonlyArray<{ readonly slice: string, readonly part: string | null, readonly tokens: number, readonly share: number, readonly registered: number, readonly shards: number, readonly unknownShards: number, readonly epochs: number | null, readonly epochsAtMost: number | null, readonly runsOut: boolean | null, readonly enoughFor: number | null }>, readonly warnings: ReadonlyArray<{ readonly code: string, readonly text: string }>, readonly asOf: { readonly position: string, readonly time: string | null } } | null };

export type PredictedAgainstFoundQueryVariables = Exact<{
  mixture: string;
  asOf?: string | null | undefined;
}>;


export type PredictedAgainstFoundQuery = { readonly predictedAgainstFound: { readonly mixture: string, readonly position: string, readonly decidedBy: string, readonly complete: boolean, readonly reason: string | null, readonly lag: number, readonly evidence: ReadonlyArray<string>, readonly evidenceTotal: number, readonly predictions: ReadonlyArray<{ readonly state: PredictionState, readonly answers: number, readonly predicted: { readonly capability: string, readonly effect: number, readonly unit: string, readonly slice: string | null, readonly displacement: string | null, readonly experiment: string | null, readonly estimand: EstimandKind | null }, readonly found: ReadonlyArray<{ readonly answer: string, readonly state: KeptAnswerState, readonly verification: AnswerVerification, readonly inputPosition: string, readonly experiment: string, readonly displacement: string, readonly effect: number | null, readonly unit: string | null, readonly identification: Identification, readonly interpretation: Interpretation, readonly within: boolean | null, readonly reason: string | null, readonly afterTheFact: boolean | null, readonly evidence: ReadonlyArray<string>, readonly estimand: { readonly kind: EstimandKind, readonly slice: string, readonly capability: string, readonly text: string, readonly contrast: { readonly more: { readonly mixture: string, readonly share: number }, readonly less: { readonly mixture: string, readonly share: number } } | null }, readonly interval: { readonly low: number, readonly high: number, readonly level: number, readonly method: string } | null, readonly n: { readonly runs: number, readonly seeds: number }, readonly estimator: { readonly id: string, readonly version: string } }> }>, readonly asOf: { readonly position: string, readonly time: string | null } } | null };

export type PredictionQueryVariables = Exact<{
  experiment: string;
  mixtures: ReadonlyArray<MixtureInput> | MixtureInput;
  by?: MeasuredSlices | null | undefined;
  model?: string | null | undefined;
  asOf?: string | null | undefined;
}>;


export type PredictionQuery = { readonly prediction:
    | { readonly __typename: 'Prediction', readonly experiment: string, readonly outcomes: ReadonlyArray<string>, readonly complete: boolean, readonly reason: string | null, readonly lag: number, readonly surfaces: ReadonlyArray<{ readonly outcome: string, readonly id: string, readonly version: string, readonly unit: string, readonly chosenBy: string }>, readonly rows: ReadonlyArray<{ readonly key: string, readonly mean: ReadonlyArray<number>, readonly low: ReadonlyArray<number>, readonly high: ReadonlyArray<number>, readonly extrapolates: boolean, readonly hullDistance: number }>, readonly warnings: ReadonlyArray<{ readonly code: string, readonly text: string }>, readonly asOf: { readonly position: string, readonly time: string | null }, readonly counting: { readonly attribute: string, readonly atLeast: number | null, readonly method: Method, readonly shards: number, readonly unmeasuredShards: number, readonly unmeasuredShare: number, readonly instruments: ReadonlyArray<{ readonly name: string, readonly version: string, readonly normaliser: string, readonly shards: number }> } | null, readonly model: { readonly sha256: string, readonly bytes: string } | null }
    | { readonly __typename: 'PredictionRefused', readonly refusal: PredictionRefusal, readonly text: string }
   };

export type RebuildMutationVariables = Exact<{
  verify: boolean;
  acceptMissing: boolean;
}>;


export type RebuildMutation = { readonly rebuild: { readonly position: string, readonly equal: boolean, readonly exchanged: boolean, readonly divergence: { readonly table: string, readonly position: string | null, readonly type: string | null, readonly key: string | null, readonly before: ReadonlyArray<string>, readonly after: ReadonlyArray<string> } | null, readonly tables: ReadonlyArray<{ readonly table: string, readonly rowsBefore: number, readonly rowsAfter: number, readonly checksumBefore: string, readonly checksumAfter: string, readonly equal: boolean }> } };

export type ReplayMutationVariables = Exact<{
  id: string;
  fixedText?: string | null | undefined;
  actor?: string | null | undefined;
}>;


export type ReplayMutation = { readonly replayDeadLetter: { readonly id: string, readonly endpoint: string, readonly contentType: string, readonly size: number, readonly code: string, readonly message: string, readonly pointer: string, readonly value: string | null, readonly explanation: string, readonly firstSeen: string, readonly lastSeen: string, readonly seen: number, readonly state: DeadLetterState, readonly position: string | null, readonly history: ReadonlyArray<{ readonly at: string, readonly actor: string, readonly action: DeadLetterAction, readonly outcome: DeadLetterOutcome, readonly reason: string, readonly fixed: boolean }> } };

export type RetractMutationVariables = Exact<{
  target: RetractionTarget;
  id: string;
  reason: string;
  actor?: string | null | undefined;
}>;


export type RetractMutation = { readonly retract:
    | { readonly position: string, readonly isNew: boolean, readonly isKnown: boolean }
    | { readonly refusal: RetractRefusal, readonly text: string }
   };

export type RetractionImpactQueryVariables = Exact<{
  target: RetractionTarget;
  id: string;
  maxNodes?: number | null | undefined;
  asOf?: string | null | undefined;
}>;


export type RetractionImpactQuery = { readonly retractionImpact: { readonly target: RetractionTarget, readonly id: string, readonly registered: boolean, readonly shards: ReadonlyArray<string>, readonly scores: ReadonlyArray<string>, readonly answers: ReadonlyArray<string>, readonly complete: boolean, readonly reason: string | null, readonly lag: number, readonly retractions: ReadonlyArray<{ readonly id: string, readonly reason: string, readonly actor: string, readonly evidence: string }>, readonly same: ReadonlyArray<{ readonly shard: string, readonly other: string, readonly basis: AliasBasis, readonly evidence: ReadonlyArray<string> }>, readonly unfollowed: ReadonlyArray<{ readonly kind: UnfollowedKind, readonly ids: ReadonlyArray<string>, readonly text: string, readonly evidence: ReadonlyArray<string> }>, readonly runs: ReadonlyArray<{ readonly id: string, readonly consumed: ReadonlyArray<{ readonly unit: ExposureUnit, readonly amount: number, readonly total: number, readonly share: number }> }>, readonly checkpoints: ReadonlyArray<{ readonly id: string, readonly run: string, readonly step: number | null, readonly consumed: ReadonlyArray<{ readonly unit: ExposureUnit, readonly amount: number, readonly total: number, readonly share: number }> }>, readonly asOf: { readonly position: string, readonly time: string | null } } | null };

export type RunFactsQueryVariables = Exact<{
  id: string;
  asOf?: string | null | undefined;
}>;


export type RunFactsQuery = { readonly run: { readonly attempt: number | null, readonly experiment: string | null, readonly arm: string | null, readonly mixture: string | null, readonly model: string | null, readonly parameters: number | null, readonly seed: number | null, readonly status: RunStatus, readonly lastStep: number | null, readonly tokens: number | null, readonly lastLoss: number | null, readonly complete: boolean, readonly reason: string | null, readonly lag: number } | null, readonly trackedRun: { readonly complete: boolean, readonly reason: string | null, readonly lag: number, readonly params: ReadonlyArray<{ readonly key: string, readonly value: string }>, readonly tags: ReadonlyArray<{ readonly key: string, readonly value: string }> } | null };

export type RunReportQueryVariables = Exact<{
  run: string;
  asOf?: string | null | undefined;
}>;


export type RunReportQuery = { readonly runReport: { readonly run: string, readonly complete: boolean, readonly reason: string | null, readonly lag: number, readonly attempts: ReadonlyArray<{ readonly attempt: number, readonly started: boolean, readonly status: RunStatus, readonly firstStep: number | null, readonly lastStep: number | null, readonly steps: number, readonly repeated: number, readonly conflicting: number, readonly late: number, readonly superseded: number, readonly interval: number | null, readonly missing: number, readonly skipped: number, readonly nonfinite: number, readonly evidence: ReadonlyArray<string> }>, readonly gaps: ReadonlyArray<{ readonly attempt: number, readonly from: number, readonly to: number, readonly steps: number }>, readonly corrections: ReadonlyArray<{ readonly corrected: string, readonly by: string, readonly type: string, readonly reason: string, readonly actor: string }>, readonly history: ReadonlyArray<{ readonly run: string, readonly attempt: number, readonly throughStep: number | null }>, readonly asOf: { readonly position: string, readonly time: string | null } } | null };

export type SettingsFragment = { readonly complete: boolean, readonly reason: string | null, readonly nodes: ReadonlyArray<{ readonly path: ReadonlyArray<string>, readonly value: unknown, readonly type: string, readonly attempt: number | null, readonly evidence: string, readonly corrects: string | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } };

export type RunConfigQueryVariables = Exact<{
  id: string;
  attempt?: number | null | undefined;
  after?: string | null | undefined;
  asOf?: string | null | undefined;
}>;


export type RunConfigQuery = { readonly run: { readonly lag: number, readonly asOf: { readonly position: string, readonly time: string | null }, readonly config: { readonly complete: boolean, readonly reason: string | null, readonly nodes: ReadonlyArray<{ readonly path: ReadonlyArray<string>, readonly value: unknown, readonly type: string, readonly attempt: number | null, readonly evidence: string, readonly corrects: string | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } } | null };

export type RunEnvironmentQueryVariables = Exact<{
  id: string;
  attempt?: number | null | undefined;
  after?: string | null | undefined;
  asOf?: string | null | undefined;
}>;


export type RunEnvironmentQuery = { readonly run: { readonly environment: { readonly complete: boolean, readonly reason: string | null, readonly nodes: ReadonlyArray<{ readonly path: ReadonlyArray<string>, readonly value: unknown, readonly type: string, readonly attempt: number | null, readonly evidence: string, readonly corrects: string | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } } | null };

export type RunsWithPrefixQueryVariables = Exact<{
  prefix: string;
  asOf?: string | null | undefined;
}>;


export type RunsWithPrefixQuery = { readonly runs: { readonly nodes: ReadonlyArray<{ readonly id: string }> } | null };

export type ScoreComparisonQueryVariables = Exact<{
  run: string;
  otherRun: string;
  capability?: string | null | undefined;
  benchmark?: string | null | undefined;
  asOf?: string | null | undefined;
}>;


export type ScoreComparisonQuery = { readonly scoreComparison: { readonly run: string, readonly otherRun: string, readonly complete: boolean, readonly reason: string | null, readonly lag: number, readonly evidence: ReadonlyArray<string>, readonly evidenceTotal: number, readonly compared: ReadonlyArray<{ readonly difference: number, readonly unrecorded: ReadonlyArray<ScoreSetting>, readonly first: { readonly step: number | null, readonly tokens: number | null, readonly checkpoint: string | null, readonly capability: string, readonly benchmark: string, readonly metric: string, readonly unit: string, readonly higherIsBetter: boolean, readonly harness: string, readonly value: number, readonly stderr: number | null, readonly evidence: string }, readonly second: { readonly step: number | null, readonly tokens: number | null, readonly checkpoint: string | null, readonly value: number, readonly stderr: number | null, readonly evidence: string } }>, readonly excluded: ReadonlyArray<{ readonly why: ScoreExclusion, readonly supersededAttempt: number | null, readonly score: { readonly run: string, readonly step: number | null, readonly tokens: number | null, readonly checkpoint: string | null, readonly capability: string, readonly benchmark: string, readonly metric: string, readonly unit: string, readonly value: number, readonly stderr: number | null, readonly evidence: string }, readonly differences: ReadonlyArray<{ readonly setting: ScoreSetting, readonly own: string | null, readonly other: string | null }>, readonly invalidation: { readonly reason: string, readonly actor: string, readonly evidence: string } | null }>, readonly asOf: { readonly position: string, readonly time: string | null } } | null };

export type ScoresQueryVariables = Exact<{
  run: string;
  after?: string | null | undefined;
  asOf?: string | null | undefined;
}>;


export type ScoresQuery = { readonly scores: { readonly complete: boolean, readonly reason: string | null, readonly lag: number, readonly nodes: ReadonlyArray<{ readonly step: number | null, readonly checkpoint: string | null, readonly capability: string, readonly benchmark: string, readonly metric: string, readonly split: string | null, readonly metricVersion: string | null, readonly shots: number | null, readonly filter: string | null, readonly taskVersion: string | null, readonly taskHash: string | null, readonly limit: number | null, readonly precision: string | null, readonly harness: string, readonly value: number, readonly unit: string }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } | null };

export type SearchQueryVariables = Exact<{
  text: string;
  kinds?: ReadonlyArray<EntityKind> | EntityKind | null | undefined;
  first?: number | null | undefined;
  asOf?: string | null | undefined;
}>;


export type SearchQuery = { readonly search: { readonly totalCount: number, readonly similar: ReadonlyArray<string>, readonly complete: boolean, readonly reason: string | null, readonly lag: number, readonly nodes: ReadonlyArray<{ readonly id: string, readonly kind: EntityKind, readonly key: string, readonly field: string, readonly fit: TextFit, readonly excerpt: string, readonly evidence: string }>, readonly asOf: { readonly position: string, readonly time: string | null } } };

export type ShardAliasesQueryVariables = Exact<{
  shard: string;
  asOf?: string | null | undefined;
}>;


export type ShardAliasesQuery = { readonly shardAliases: { readonly shard: string, readonly complete: boolean, readonly reason: string | null, readonly lag: number, readonly same: ReadonlyArray<{ readonly shard: string, readonly other: string, readonly basis: AliasBasis, readonly evidence: ReadonlyArray<string> }>, readonly unfollowed: ReadonlyArray<{ readonly kind: UnfollowedKind, readonly ids: ReadonlyArray<string>, readonly text: string, readonly evidence: ReadonlyArray<string> }>, readonly asOf: { readonly position: string, readonly time: string | null } } | null };

export type SnapshotContentsQueryVariables = Exact<{
  snapshot: string;
  after?: string | null | undefined;
  asOf?: string | null | undefined;
}>;


export type SnapshotContentsQuery = { readonly snapshotContents: { readonly complete: boolean, readonly reason: string | null, readonly lag: number, readonly sources: ReadonlyArray<{ readonly kind: SourceKind, readonly ref: string, readonly name: string | null, readonly multiplicity: number }>, readonly nodes: ReadonlyArray<{ readonly shard: string, readonly repeats: number }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } | null };

export type StatusQueryVariables = Exact<{ [key: string]: never; }>;


export type StatusQuery = { readonly status: { readonly version: string, readonly directory: string, readonly lag: number, readonly complete: boolean, readonly fault: string | null, readonly unprojected: number, readonly log: { readonly position: string, readonly time: string | null }, readonly projected: { readonly position: string, readonly time: string | null }, readonly counts: ReadonlyArray<{ readonly type: string, readonly count: number }>, readonly deadLetters: { readonly parked: number, readonly replayed: number, readonly discarded: number }, readonly readinessConditions: ReadonlyArray<{ readonly code: string, readonly detail: string }> } };

export type SupersedeMixtureMutationVariables = Exact<{
  id: string;
  supersededBy: string;
  reason: string;
  actor?: string | null | undefined;
}>;


export type SupersedeMixtureMutation = { readonly supersedeMixture:
    | { readonly position: string, readonly isNew: boolean, readonly warnings: ReadonlyArray<{ readonly code: string, readonly text: string }> }
    | { readonly refusal: MixtureRefusal, readonly text: string }
   };

export type TrainingContentSummaryQueryVariables = Exact<{
  run: string;
  checkpoint?: string | null | undefined;
  asOf?: string | null | undefined;
}>;


export type TrainingContentSummaryQuery = { readonly trainingContentSummary: { readonly run: string, readonly checkpoint: string | null, readonly step: number | null, readonly prorated: number, readonly complete: boolean, readonly reason: string | null, readonly lag: number, readonly evidence: ReadonlyArray<string>, readonly evidenceTotal: number, readonly totals: ReadonlyArray<{ readonly unit: ExposureUnit, readonly tokens: number | null, readonly amount: number, readonly inherited: number }>, readonly fields: ReadonlyArray<{ readonly name: SummaryFieldName, readonly section: string, readonly title: string, readonly answer: SummaryAnswer, readonly statementsTotal: number, readonly statements: ReadonlyArray<{ readonly text: string | null, readonly link: string | null, readonly unit: ExposureUnit | null, readonly tokens: number | null, readonly amount: number | null, readonly inherited: number | null, readonly share: number | null, readonly range: TrainingDataRange | null, readonly isLarge: boolean | null, readonly method: Method, readonly evidence: ReadonlyArray<string>, readonly evidenceTotal: number }>, readonly omitted: ReadonlyArray<{ readonly unit: ExposureUnit, readonly tokens: number | null, readonly amount: number, readonly inherited: number }> }>, readonly openQuestions: ReadonlyArray<{ readonly field: SummaryFieldName, readonly section: string, readonly title: string, readonly fact: string, readonly member: string, readonly advice: string, readonly unknown: ReadonlyArray<{ readonly unit: ExposureUnit, readonly tokens: number | null, readonly amount: number, readonly inherited: number }> }>, readonly asOf: { readonly position: string, readonly time: string | null } } | null };

export type WithdrawAliasMutationVariables = Exact<{
  kind: AliasKind;
  address: string;
  other: string;
  reason: string;
  actor?: string | null | undefined;
}>;


export type WithdrawAliasMutation = { readonly withdrawAlias:
    | { readonly position: string }
    | { readonly refusal: AliasRefusal, readonly text: string }
   };

export type WithdrawImportMutationVariables = Exact<{
  id: string;
  reason: string;
  actor?: string | null | undefined;
}>;


export type WithdrawImportMutation = { readonly withdrawImport:
    | { readonly position: string, readonly stored: number }
    | { readonly refusal: WithdrawImportRefusal, readonly text: string }
   };
/** The text of a document, with the types of its answer and of its variables. */
export type TypedDocument<Answer, Variables> = {
  readonly text: string;
  readonly answer?: Answer;
  readonly variables?: Variables;
};

export const AliasesDocument: TypedDocument<AliasesQuery, AliasesQueryVariables> = {
  text: "query Aliases($address: ID, $first: Int, $after: String, $asOf: Position) {\n  aliases(address: $address, first: $first, after: $after, asOf: $asOf) {\n    nodes {\n      kind\n      address\n      other\n      reason\n      actor\n      evidence\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n    totalCount\n    asOf {\n      position\n      time\n    }\n    complete\n    reason\n    lag\n  }\n}",
};


export const KeptAnswerDocument: TypedDocument<KeptAnswerQuery, KeptAnswerQueryVariables> = {
  text: "query KeptAnswer($id: ID!, $asOf: Position, $rerun: Boolean!) {\n  answer(id: $id, asOf: $asOf) {\n    id\n    question\n    asked\n    estimator\n    estimatorVersion\n    inputPosition\n    position\n    result\n    resultDigest\n    verification\n    state\n    laterAnswer\n    changes {\n      changed\n      by\n      type\n      reason\n      actor\n    }\n    familyNow {\n      name\n      testsThen\n      tests\n      effects {\n        hypothesis\n        qValue\n        qValueNow\n        interpretation\n        interpretationNow\n      }\n    }\n    rerun @include(if: $rerun) {\n      ...Rerunning\n    }\n    asOf {\n      position\n      time\n    }\n    complete\n    reason\n    lag\n    evidence\n    evidenceTotal\n  }\n}\nfragment Rerunning on Rerun {\n  same\n  resultDigest\n  estimator\n  estimatorVersion\n  refusal\n  differences {\n    pointer\n    kept\n    now\n  }\n  differencesTotal\n}",
};


export const CheckedAnswerDocument: TypedDocument<CheckedAnswerQuery, CheckedAnswerQueryVariables> = {
  text: "query CheckedAnswer($id: ID!, $asOf: Position) {\n  answer(id: $id, asOf: $asOf) {\n    verification\n  }\n}",
};


export const KeptAnswersDocument: TypedDocument<KeptAnswersQuery, KeptAnswersQueryVariables> = {
  text: "query KeptAnswers($experiment: ID, $after: String, $asOf: Position) {\n  answers(experiment: $experiment, first: 1000, after: $after, asOf: $asOf) {\n    nodes {\n      id\n      asked\n      estimator\n      estimatorVersion\n      inputPosition\n      position\n      resultDigest\n      laterAnswer\n      verification\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n    asOf {\n      position\n      time\n    }\n    complete\n    reason\n    lag\n  }\n}",
};


export const ApproveMixtureDocument: TypedDocument<ApproveMixtureMutation, ApproveMixtureMutationVariables> = {
  text: "mutation ApproveMixture($id: ID!, $approvedBy: String, $note: String) {\n  approveMixture(id: $id, approvedBy: $approvedBy, note: $note) {\n    ... on MixtureRecorded {\n      position\n      isNew\n      warnings {\n        code\n        text\n      }\n    }\n    ... on MixtureRefused {\n      refusal\n      text\n    }\n  }\n}",
};


export const AttributionDocument: TypedDocument<AttributionQuery, AttributionQueryVariables> = {
  text: "query Attribution($capabilities: [String!], $slices: [String!], $displacement: String, $experiment: ID, $negativeControlOutcomes: [String!], $by: MeasuredSlices, $family: ID, $asOf: Position) {\n  attribution(\n    capabilities: $capabilities\n    slices: $slices\n    displacement: $displacement\n    experiment: $experiment\n    negativeControlOutcomes: $negativeControlOutcomes\n    by: $by\n    family: $family\n    asOf: $asOf\n  ) {\n    __typename\n    ... on AttributionRefused {\n      refusal\n      text\n    }\n    ... on Attribution {\n      ...Effects\n    }\n  }\n}\nfragment Effects on Attribution {\n  experiment\n  questions\n  counting {\n    ...Counting\n  }\n  family {\n    procedure\n    name\n    tests\n    earlier\n    text\n    decisions {\n      hypothesis\n      before\n      foundBefore\n      pValue\n      level\n      found\n    }\n  }\n  asOf {\n    position\n    time\n  }\n  complete\n  reason\n  lag\n  effects {\n    estimand {\n      kind\n      slice\n      capability\n      contrast {\n        more {\n          mixture\n          share\n        }\n        less {\n          mixture\n          share\n        }\n      }\n      text\n    }\n    displacement\n    effect\n    interval {\n      ...Bounds\n    }\n    otherIntervals {\n      ...Bounds\n    }\n    unit\n    identification\n    verdict\n    interpretation\n    pValue\n    qValue\n    n {\n      runs\n      seeds\n    }\n    estimator {\n      id\n      version\n    }\n    chosenBy\n    slope {\n      cox\n      gateaux\n      interval {\n        ...Bounds\n      }\n    }\n    relativeChange {\n      percentChangeOfMeans\n      meanOfPercentChanges\n      standardError\n      interval {\n        ...Bounds\n      }\n    }\n    minimumDetectableEffect\n    differences {\n      field\n      state\n      values {\n        value\n        more\n        less\n      }\n    }\n    warnings {\n      code\n      text\n    }\n    negativeControls {\n      name\n      outcome\n      trials\n      falsePositives\n      attainableLevel\n      planted\n      found\n      text\n      controlOutcome {\n        capability\n        effect\n        interval {\n          low\n          high\n          level\n          method\n        }\n        minimumDetectableEffect\n        unit\n      }\n    }\n    evidence\n    proxy {\n      model\n      parameters\n    }\n    randomSeed\n    decomposition {\n      bundle {\n        ...Part\n      }\n      receivers {\n        receiver\n        weight\n        arm\n        own {\n          ...Part\n        }\n        displaced {\n          ...Part\n        }\n        gaveWay {\n          ...Part\n        }\n        held {\n          ...Part\n        }\n        moved {\n          ...Part\n        }\n        needed {\n          displacement\n          shares {\n            slice\n            share\n          }\n          runs\n          seeds\n        }\n        warnings {\n          code\n          text\n        }\n      }\n      remainder {\n        ...Part\n      }\n      notSeparated\n      notIdentified {\n        code\n        text\n      }\n      evidence\n    }\n    adjustment {\n      unadjusted {\n        effect\n        interval {\n          ...Bounds\n        }\n      }\n      covariates {\n        field\n        countedAs\n        values\n        recorded\n        correlation\n      }\n      terms\n      remainingVariance\n      effectiveRuns\n      robustness {\n        value\n        ofInterval\n      }\n    }\n  }\n}\nfragment Counting on AttributeCounting {\n  attribute\n  atLeast\n  method\n  instruments {\n    name\n    version\n    normaliser\n    shards\n  }\n  shards\n  unmeasuredShards\n  unmeasuredShare\n}\nfragment Bounds on Interval {\n  low\n  high\n  level\n  method\n}\nfragment Part on EffectPart {\n  estimate\n  interval {\n    ...Bounds\n  }\n  identification\n}",
};


export const KeepAnswerDocument: TypedDocument<KeepAnswerMutation, KeepAnswerMutationVariables> = {
  text: "mutation KeepAnswer($capabilities: [String!], $slices: [String!], $displacement: String, $experiment: ID, $negativeControlOutcomes: [String!], $by: MeasuredSlices, $family: ID, $asOf: Position) {\n  keepAnswer(\n    capabilities: $capabilities\n    slices: $slices\n    displacement: $displacement\n    experiment: $experiment\n    negativeControlOutcomes: $negativeControlOutcomes\n    by: $by\n    family: $family\n    asOf: $asOf\n  ) {\n    __typename\n    ... on AttributionRefused {\n      refusal\n      text\n    }\n    ... on AnswerKept {\n      id\n      isNew\n      inputPosition\n      attribution {\n        ...Effects\n      }\n    }\n  }\n}\nfragment Effects on Attribution {\n  experiment\n  questions\n  counting {\n    ...Counting\n  }\n  family {\n    procedure\n    name\n    tests\n    earlier\n    text\n    decisions {\n      hypothesis\n      before\n      foundBefore\n      pValue\n      level\n      found\n    }\n  }\n  asOf {\n    position\n    time\n  }\n  complete\n  reason\n  lag\n  effects {\n    estimand {\n      kind\n      slice\n      capability\n      contrast {\n        more {\n          mixture\n          share\n        }\n        less {\n          mixture\n          share\n        }\n      }\n      text\n    }\n    displacement\n    effect\n    interval {\n      ...Bounds\n    }\n    otherIntervals {\n      ...Bounds\n    }\n    unit\n    identification\n    verdict\n    interpretation\n    pValue\n    qValue\n    n {\n      runs\n      seeds\n    }\n    estimator {\n      id\n      version\n    }\n    chosenBy\n    slope {\n      cox\n      gateaux\n      interval {\n        ...Bounds\n      }\n    }\n    relativeChange {\n      percentChangeOfMeans\n      meanOfPercentChanges\n      standardError\n      interval {\n        ...Bounds\n      }\n    }\n    minimumDetectableEffect\n    differences {\n      field\n      state\n      values {\n        value\n        more\n        less\n      }\n    }\n    warnings {\n      code\n      text\n    }\n    negativeControls {\n      name\n      outcome\n      trials\n      falsePositives\n      attainableLevel\n      planted\n      found\n      text\n      controlOutcome {\n        capability\n        effect\n        interval {\n          low\n          high\n          level\n          method\n        }\n        minimumDetectableEffect\n        unit\n      }\n    }\n    evidence\n    proxy {\n      model\n      parameters\n    }\n    randomSeed\n    decomposition {\n      bundle {\n        ...Part\n      }\n      receivers {\n        receiver\n        weight\n        arm\n        own {\n          ...Part\n        }\n        displaced {\n          ...Part\n        }\n        gaveWay {\n          ...Part\n        }\n        held {\n          ...Part\n        }\n        moved {\n          ...Part\n        }\n        needed {\n          displacement\n          shares {\n            slice\n            share\n          }\n          runs\n          seeds\n        }\n        warnings {\n          code\n          text\n        }\n      }\n      remainder {\n        ...Part\n      }\n      notSeparated\n      notIdentified {\n        code\n        text\n      }\n      evidence\n    }\n    adjustment {\n      unadjusted {\n        effect\n        interval {\n          ...Bounds\n        }\n      }\n      covariates {\n        field\n        countedAs\n        values\n        recorded\n        correlation\n      }\n      terms\n      remainingVariance\n      effectiveRuns\n      robustness {\n        value\n        ofInterval\n      }\n    }\n  }\n}\nfragment Counting on AttributeCounting {\n  attribute\n  atLeast\n  method\n  instruments {\n    name\n    version\n    normaliser\n    shards\n  }\n  shards\n  unmeasuredShards\n  unmeasuredShare\n}\nfragment Bounds on Interval {\n  low\n  high\n  level\n  method\n}\nfragment Part on EffectPart {\n  estimate\n  interval {\n    ...Bounds\n  }\n  identification\n}",
};


export const BatchDocument: TypedDocument<BatchQuery, BatchQueryVariables> = {
  text: "query Batch($run: ID!, $step: Int!, $attempt: Int, $first: Int, $after: String, $asOf: Position) {\n  batch(\n    run: $run\n    step: $step\n    attempt: $attempt\n    first: $first\n    after: $after\n    asOf: $asOf\n  ) {\n    run\n    step\n    trainedBy\n    attempt\n    counts\n    skipped\n    encoding\n    level\n    method\n    of\n    items\n    tokens\n    corpora {\n      path\n      slice\n      shard\n      samples\n      tokens\n    }\n    ranges {\n      shard\n      from\n      count\n    }\n    exposure {\n      firstStep\n      lastStep\n      recordedTokens\n      orderedTokens\n      agrees\n    }\n    nodes {\n      sample\n      corpus\n      shard\n      document\n      from\n      to\n      label\n      sourcePath\n      sourceRow\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n    totalCount\n    asOf {\n      position\n      time\n    }\n    complete\n    reason\n    lag\n    evidence\n    evidenceTotal\n  }\n}",
};


export const ContaminationDocument: TypedDocument<ContaminationQuery, ContaminationQueryVariables> = {
  text: "query Contamination($benchmark: String!, $run: ID!, $version: String, $first: Int, $after: String, $asOf: Position) {\n  contamination(\n    benchmark: $benchmark\n    run: $run\n    version: $version\n    first: $first\n    after: $after\n    asOf: $asOf\n  ) {\n    benchmark\n    version\n    run\n    consumed {\n      unit\n      amount\n      found\n      nothingFound\n      nothingFoundInPart\n      notSearched\n      shardUnknown\n    }\n    shards {\n      found\n      nothingFound\n      nothingFoundInPart\n      notSearched\n    }\n    checkpoints {\n      id\n      saved\n      step\n      attempt\n      tokens\n      counts\n      notYet\n      partly\n      wholly\n      scores {\n        capability\n        metric\n        value\n        unit\n        evidence\n      }\n    }\n    checkpointsTotal\n    nodes {\n      shard\n      same\n      outcome\n      consumed {\n        unit\n        amount\n        tokens\n        methods\n        firstStep\n        lastStep\n      }\n      firstStep\n      lastStep\n      atCheckpoints\n      searches {\n        shard\n        version\n        itemsDigest\n        itemFields\n        kind\n        n\n        of\n        threshold\n        field\n        instrument\n        instrumentVersion\n        method\n        whole\n        itemsCompared\n        itemsSkipped\n        itemsMatched\n        items {\n          id\n          share\n        }\n        documentsCompared\n        documentsMatched\n        documents\n        evidence\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n    totalCount\n    asOf {\n      position\n      time\n    }\n    complete\n    reason\n    lag\n    evidence\n    evidenceTotal\n  }\n}",
};


export const DeadLetterDocument: TypedDocument<DeadLetterQuery, DeadLetterQueryVariables> = {
  text: "query DeadLetter($id: ID!) {\n  deadLetter(id: $id) {\n    ...DeadLetterRecord\n    text\n    lossy\n  }\n}\nfragment DeadLetterRecord on DeadLetter {\n  id\n  endpoint\n  contentType\n  size\n  code\n  message\n  pointer\n  value\n  explanation\n  firstSeen\n  lastSeen\n  seen\n  state\n  position\n  history {\n    at\n    actor\n    action\n    outcome\n    reason\n    fixed\n  }\n}",
};


export const DeadLettersDocument: TypedDocument<DeadLettersQuery, DeadLettersQueryVariables> = {
  text: "query DeadLetters($state: DeadLetterState, $code: String, $first: Int, $after: String) {\n  deadLetters(state: $state, code: $code, first: $first, after: $after) {\n    nodes {\n      ...DeadLetterRecord\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n    counts {\n      ...DeadLetterTotals\n    }\n  }\n}\nfragment DeadLetterRecord on DeadLetter {\n  id\n  endpoint\n  contentType\n  size\n  code\n  message\n  pointer\n  value\n  explanation\n  firstSeen\n  lastSeen\n  seen\n  state\n  position\n  history {\n    at\n    actor\n    action\n    outcome\n    reason\n    fixed\n  }\n}\nfragment DeadLetterTotals on DeadLetterCounts {\n  parked\n  replayed\n  discarded\n  byCode {\n    code\n    count\n  }\n  bytes\n}",
};


export const DecideMixtureDocument: TypedDocument<DecideMixtureMutation, DecideMixtureMutationVariables> = {
  text: "mutation DecideMixture($plan: MixturePlan!, $replace: Boolean) {\n  decideMixture(plan: $plan, replace: $replace) {\n    ... on MixtureRecorded {\n      position\n      isNew\n      warnings {\n        code\n        text\n      }\n    }\n    ... on MixtureRefused {\n      refusal\n      text\n    }\n  }\n}",
};


export const DecisionAccuracyDocument: TypedDocument<DecisionAccuracyQuery, DecisionAccuracyQueryVariables> = {
  text: "query DecisionAccuracy($capability: String!, $benchmark: String, $metric: String, $proxy: OutcomeInput, $small: ScaleInput!, $target: ScaleInput!, $asOf: Position) {\n  decisionAccuracy(\n    capability: $capability\n    benchmark: $benchmark\n    metric: $metric\n    proxy: $proxy\n    small: $small\n    target: $target\n    asOf: $asOf\n  ) {\n    __typename\n    ... on DecisionAccuracyRefused {\n      refusal\n      text\n    }\n    ... on DecisionAccuracy {\n      accuracy\n      interval {\n        ...Bounds\n      }\n      singleRun\n      repeatability {\n        share\n        pairs\n      }\n      pairs\n      ties\n      picked\n      best\n      regret\n      recipes {\n        recipe\n        small\n        smallRuns\n        smallRank\n        target\n        targetRuns\n        targetRank\n      }\n      smallScale {\n        parameters\n        tokens\n        runs\n        unit\n        higherIsBetter\n      }\n      targetScale {\n        parameters\n        tokens\n        runs\n        unit\n        higherIsBetter\n      }\n      estimator {\n        id\n        version\n      }\n      warnings {\n        code\n        text\n      }\n      asOf {\n        position\n        time\n      }\n      complete\n      reason\n      lag\n      evidence\n      evidenceTotal\n    }\n  }\n}\nfragment Bounds on Interval {\n  low\n  high\n  level\n  method\n}",
};


export const DeclareAliasDocument: TypedDocument<DeclareAliasMutation, DeclareAliasMutationVariables> = {
  text: "mutation DeclareAlias($kind: AliasKind!, $address: ID!, $other: ID!, $reason: String!, $actor: String) {\n  declareAlias(\n    kind: $kind\n    address: $address\n    other: $other\n    reason: $reason\n    actor: $actor\n  ) {\n    ... on AliasRecorded {\n      position\n    }\n    ... on AliasRefused {\n      refusal\n      text\n    }\n  }\n}",
};


export const DesignDocument: TypedDocument<DesignQuery, DesignQueryVariables> = {
  text: "query Design($capability: String!, $slice: String!, $displacement: String, $experiment: ID, $effect: Float, $runs: Count, $power: Float, $level: Float, $asOf: Position) {\n  design(\n    capability: $capability\n    slice: $slice\n    displacement: $displacement\n    experiment: $experiment\n    effect: $effect\n    runs: $runs\n    power: $power\n    level: $level\n    asOf: $asOf\n  ) {\n    __typename\n    ... on DesignRefused {\n      refusal\n      text\n    }\n    ... on ExperimentDesign {\n      experiment\n      slice\n      capability\n      displacement\n      unit\n      level\n      power\n      effect\n      plans {\n        estimator\n        contrast\n        now {\n          estimand {\n            text\n          }\n          effect\n          interval {\n            ...Bounds\n          }\n          identification\n          interpretation\n          minimumDetectableEffect\n          n {\n            runs\n            seeds\n          }\n          evidence\n        }\n        noise {\n          standardDeviation\n          degreesOfFreedom\n          source\n          text\n        }\n        runs {\n          ...Planned\n        }\n        decomposition {\n          ...Planned\n        }\n        detectable {\n          addedRuns\n          minimumDetectableEffect\n          power\n        }\n        runsForEffect\n        cost {\n          runs\n          amount\n          unit\n          text\n        }\n        identification\n        assignment {\n          design\n          assignment\n          randomisation {\n            method\n            seed\n          }\n          arms {\n            arm\n            mixture\n            displacement\n          }\n        }\n        assumptions {\n          code\n          text\n        }\n      }\n      warnings {\n        code\n        text\n      }\n      asOf {\n        position\n        time\n      }\n      complete\n      lag\n    }\n  }\n}\nfragment Bounds on Interval {\n  low\n  high\n  level\n  method\n}\nfragment Planned on PlannedRuns {\n  purpose\n  arm\n  mixture\n  shares {\n    slice\n    share\n  }\n  runs\n  seeds\n  amountPerRun\n  reason\n}",
};


export const DiscardDocument: TypedDocument<DiscardMutation, DiscardMutationVariables> = {
  text: "mutation Discard($id: ID!, $reason: String!, $actor: String) {\n  discardDeadLetter(id: $id, reason: $reason, actor: $actor) {\n    ...DeadLetterRecord\n  }\n}\nfragment DeadLetterRecord on DeadLetter {\n  id\n  endpoint\n  contentType\n  size\n  code\n  message\n  pointer\n  value\n  explanation\n  firstSeen\n  lastSeen\n  seen\n  state\n  position\n  history {\n    at\n    actor\n    action\n    outcome\n    reason\n    fixed\n  }\n}",
};


export const EntitiesDocument: TypedDocument<EntitiesQuery, EntitiesQueryVariables> = {
  text: "query Entities($kind: EntityKind!, $contains: String, $neighbour: ID, $status: RunStatus, $model: String, $sort: EntitySort, $first: Int, $after: String, $asOf: Position) {\n  entities(\n    kind: $kind\n    contains: $contains\n    neighbour: $neighbour\n    status: $status\n    model: $model\n    sort: $sort\n    first: $first\n    after: $after\n    asOf: $asOf\n  ) {\n    nodes {\n      id\n      kind\n      key\n      name\n      registered\n      firstRecorded\n      lastRecorded\n      details {\n        key\n        value\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n    totalCount\n    asOf {\n      position\n      time\n    }\n    complete\n    reason\n    lag\n  }\n}",
};


export const EntityDocument: TypedDocument<EntityQuery, EntityQueryVariables> = {
  text: "query Entity($id: ID!, $asOf: Position) {\n  entity(id: $id, asOf: $asOf) {\n    entity {\n      id\n      kind\n      key\n      name\n      registered\n      firstRecorded\n      lastRecorded\n      details {\n        key\n        value\n      }\n    }\n    neighbours {\n      direction\n      edge\n      kind\n      neighbours\n    }\n    same {\n      shard\n      other\n      basis\n      evidence\n    }\n    events {\n      position\n      type\n      recordTime\n    }\n    evidenceTotal\n    asOf {\n      position\n      time\n    }\n    complete\n    reason\n    lag\n  }\n}",
};


export const EventAtDocument: TypedDocument<EventAtQuery, EventAtQueryVariables> = {
  text: "query EventAt($position: Position!) {\n  event(position: $position) {\n    position\n    id\n    source\n    type\n    json\n  }\n}",
};


export const EventByIdDocument: TypedDocument<EventByIdQuery, EventByIdQueryVariables> = {
  text: "query EventById($source: String!, $id: ID!) {\n  eventById(source: $source, id: $id) {\n    position\n    id\n    source\n    type\n    json\n  }\n}",
};


export const ExperimentListDocument: TypedDocument<ExperimentListQuery, ExperimentListQueryVariables> = {
  text: "query ExperimentList($after: String, $asOf: Position) {\n  experiments(first: 1000, after: $after, asOf: $asOf) {\n    nodes {\n      id\n      origin\n      runs\n      slices\n      capabilities\n      arms {\n        arm\n        design\n      }\n      why {\n        text\n        notRecorded\n        pairs {\n          more\n          less\n          slice\n          displacement\n          sharedSeeds\n        }\n        pairsTotal\n        leftOut {\n          reason\n          runs\n          text\n        }\n      }\n    }\n    leftOut {\n      reason\n      runs\n      text\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n    asOf {\n      position\n      time\n    }\n    complete\n    reason\n    lag\n  }\n}",
};


export const ExperimentsDocument: TypedDocument<ExperimentsQuery, ExperimentsQueryVariables> = {
  text: "query Experiments($after: String, $origin: ExperimentOrigin, $asOf: Position) {\n  experiments(first: 1000, after: $after, origin: $origin, asOf: $asOf) {\n    nodes {\n      id\n      slices\n      arms {\n        assignment\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}",
};


export const ExposureDifferenceDocument: TypedDocument<ExposureDifferenceQuery, ExposureDifferenceQueryVariables> = {
  text: "query ExposureDifference($run: ID!, $step: Int, $checkpoint: ID, $otherRun: ID!, $otherStep: Int, $otherCheckpoint: ID, $inherited: Boolean, $by: ExposureBy, $attribute: String, $asOf: Position) {\n  exposureDifference(\n    run: $run\n    step: $step\n    checkpoint: $checkpoint\n    otherRun: $otherRun\n    otherStep: $otherStep\n    otherCheckpoint: $otherCheckpoint\n    inherited: $inherited\n    by: $by\n    attribute: $attribute\n    asOf: $asOf\n  ) {\n    first {\n      run\n      step\n      checkpoint\n      total\n    }\n    second {\n      run\n      step\n      checkpoint\n      total\n    }\n    rows {\n      slice\n      unknown\n      shard\n      unit\n      first\n      second\n      difference\n      firstShare\n      secondShare\n    }\n    asOf {\n      position\n      time\n    }\n    complete\n    reason\n    lag\n    evidence\n    evidenceTotal\n  }\n}",
};


export const ExposureGroupsDocument: TypedDocument<ExposureGroupsQuery, ExposureGroupsQueryVariables> = {
  text: "query ExposureGroups($runs: [ID!], $experiment: ID, $by: [ExposureGrouping!]!, $attribute: String, $windows: Int, $every: Int, $fromStep: Int, $toStep: Int, $domains: [String!], $slices: [String!], $shards: [ID!], $sources: [String!], $licences: [String!], $values: [String!], $first: Int, $asOf: Position) {\n  exposureGroups(\n    runs: $runs\n    experiment: $experiment\n    by: $by\n    attribute: $attribute\n    windows: $windows\n    every: $every\n    fromStep: $fromStep\n    toStep: $toStep\n    domains: $domains\n    slices: $slices\n    shards: $shards\n    sources: $sources\n    licences: $licences\n    values: $values\n    first: $first\n    asOf: $asOf\n  ) {\n    by\n    attribute\n    runs\n    firstStep\n    lastStep\n    groups {\n      run\n      domain\n      slice\n      shard\n      source\n      licence\n      value\n      firstStep\n      lastStep\n      unknown\n      unit\n      tokens\n      amount\n      share\n      method\n    }\n    groupCount\n    totals {\n      unit\n      tokens\n      amount\n      inherited\n    }\n    omitted {\n      unit\n      tokens\n      amount\n      inherited\n    }\n    prorated\n    asOf {\n      position\n      time\n    }\n    complete\n    reason\n    lag\n    evidence\n    evidenceTotal\n  }\n}",
};


export const ExposureDocument: TypedDocument<ExposureQuery, ExposureQueryVariables> = {
  text: "query Exposure($run: ID!, $step: Int, $checkpoint: ID, $inherited: Boolean, $by: ExposureBy, $attribute: String, $asOf: Position) {\n  exposure(\n    run: $run\n    step: $step\n    checkpoint: $checkpoint\n    inherited: $inherited\n    by: $by\n    attribute: $attribute\n    asOf: $asOf\n  ) {\n    run\n    step\n    checkpoint\n    by\n    attribute\n    unit\n    total\n    totals {\n      unit\n      tokens\n      amount\n      inherited\n    }\n    prorated\n    rows {\n      slice\n      unknown\n      shard\n      same\n      unit\n      tokens\n      amount\n      inherited\n      share\n      repetition\n      method\n    }\n    asOf {\n      position\n      time\n    }\n    complete\n    reason\n    lag\n    evidence\n    evidenceTotal\n  }\n}",
};


export const ImportContentsDocument: TypedDocument<ImportContentsQuery, ImportContentsQueryVariables> = {
  text: "query ImportContents($import: ID!, $asOf: Position) {\n  importContents(import: $import, asOf: $asOf) {\n    import {\n      id\n      paths\n      state\n      stored\n      repeated\n      byType {\n        type\n        events\n      }\n    }\n    entities {\n      kind\n      count\n      ids\n    }\n    asOf {\n      position\n      time\n    }\n    complete\n    reason\n    lag\n  }\n}",
};


export const ImportsDocument: TypedDocument<ImportsQuery, ImportsQueryVariables> = {
  text: "query Imports($first: Int, $after: String, $asOf: Position) {\n  imports(first: $first, after: $after, asOf: $asOf) {\n    nodes {\n      id\n      paths\n      program\n      actor\n      state\n      startedAt\n      endedAt\n      kinds {\n        kind\n        sources\n        files\n      }\n      stored\n      repeated\n      byType {\n        type\n        events\n      }\n      refused\n      notLookedAt\n      digest\n      withdrawal {\n        reason\n        actor\n        at\n        position\n      }\n      evidence\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n    totalCount\n    asOf {\n      position\n      time\n    }\n    complete\n    reason\n    lag\n  }\n}",
};


export const LagDocument: TypedDocument<LagQuery, LagQueryVariables> = {
  text: "query Lag {\n  status {\n    lag\n    fault\n  }\n}",
};


export const LineagePathsDocument: TypedDocument<LineagePathsQuery, LineagePathsQueryVariables> = {
  text: "query LineagePaths($from: ID!, $to: ID!, $depth: Int, $maxNodes: Int, $maxPaths: Int, $kinds: [LineageKind!], $asOf: Position) {\n  lineagePaths(\n    from: $from\n    to: $to\n    depth: $depth\n    maxNodes: $maxNodes\n    maxPaths: $maxPaths\n    kinds: $kinds\n    asOf: $asOf\n  ) {\n    from\n    to\n    paths {\n      edges {\n        source\n        target\n        kind\n        basis\n        multiplicity\n        step\n        consumed {\n          unit\n          amount\n          tokens\n          methods\n          firstStep\n          lastStep\n        }\n        evidence\n        evidenceTotal\n      }\n    }\n    asOf {\n      position\n      time\n    }\n    complete\n    reason\n    lag\n  }\n}",
};


export const LineageDocument: TypedDocument<LineageQuery, LineageQueryVariables> = {
  text: "query Lineage($node: ID!, $direction: LineageDirection, $depth: Int, $maxNodes: Int, $maxNeighbours: Int, $kinds: [LineageKind!], $asOf: Position) {\n  lineage(\n    node: $node\n    direction: $direction\n    depth: $depth\n    maxNodes: $maxNodes\n    maxNeighbours: $maxNeighbours\n    kinds: $kinds\n    asOf: $asOf\n  ) {\n    node\n    nodes {\n      id\n      kind\n      name\n      depth\n      stub\n      reason: stubReason\n    }\n    edges {\n      source\n      target\n      kind\n      basis\n      multiplicity\n      step\n      consumed {\n        unit\n        amount\n        tokens\n        methods\n        firstStep\n        lastStep\n      }\n      evidence\n      evidenceTotal\n    }\n    frontierSize\n    neighbourCounts {\n      node\n      direction\n      edge\n      kind\n      neighbours\n    }\n    warnings {\n      code\n      text\n    }\n    asOf {\n      position\n      time\n    }\n    complete\n    reason\n    lag\n  }\n}",
};


export const LossSpikesDocument: TypedDocument<LossSpikesQuery, LossSpikesQueryVariables> = {
  text: "query LossSpikes($run: ID!, $threshold: Float, $by: ExposureBy, $attribute: String, $first: Int, $asOf: Position) {\n  lossSpikes(\n    run: $run\n    threshold: $threshold\n    by: $by\n    attribute: $attribute\n    first: $first\n    asOf: $asOf\n  ) {\n    run\n    by\n    attribute\n    threshold\n    total\n    spikes {\n      firstStep\n      lastStep\n      steps\n      peakStep\n      loss\n      usual\n      spreads\n      batchFirstStep\n      batchLastStep\n      batches\n      groups {\n        group\n        share\n        usualShare\n        lift\n        pValue\n        qValue\n      }\n    }\n    asOf {\n      position\n      time\n    }\n    complete\n    reason\n    lag\n    evidence\n    evidenceTotal\n  }\n}",
};


export const MetricsDocument: TypedDocument<MetricsQuery, MetricsQueryVariables> = {
  text: "query Metrics($run: ID!, $attempt: Int, $after: String, $asOf: Position) {\n  metrics(run: $run, attempt: $attempt, first: 1000, after: $after, asOf: $asOf) {\n    run\n    attempt\n    nodes {\n      name\n      origin\n      methods\n      unit\n      values\n      nonfinite\n      firstStep\n      lastStep\n      evidence\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n    asOf {\n      position\n      time\n    }\n    complete\n    reason\n    lag\n  }\n}",
};


export const CurveDocument: TypedDocument<CurveQuery, CurveQueryVariables> = {
  text: "query Curve($run: ID!, $metric: Metric!, $origin: MetricOrigin, $fromStep: Float, $toStep: Float, $buckets: Buckets, $asOf: Position) {\n  curve(\n    run: $run\n    metric: $metric\n    origin: $origin\n    fromStep: $fromStep\n    toStep: $toStep\n    buckets: $buckets\n    asOf: $asOf\n  ) {\n    run\n    metric\n    origin\n    bucketSteps\n    points {\n      step\n      values\n      low\n      mean\n      high\n    }\n    asOf {\n      position\n      time\n    }\n    complete\n    reason\n    lag\n  }\n}",
};


export const MixtureDriftDocument: TypedDocument<MixtureDriftQuery, MixtureDriftQueryVariables> = {
  text: "query MixtureDrift($run: ID!, $by: DriftBy, $windows: Int, $every: Int, $tolerance: Float, $asOf: Position) {\n  mixtureDrift(\n    run: $run\n    by: $by\n    windows: $windows\n    every: $every\n    tolerance: $tolerance\n    asOf: $asOf\n  ) {\n    run\n    by\n    tolerance\n    outOfToleranceFrom\n    outOfTolerance\n    notCompared\n    phases {\n      mixture\n      decision\n      phase\n      unit\n      sum\n      firstStep\n      lastStep\n    }\n    windows {\n      firstStep\n      lastStep\n      mixture\n      phase\n      l1\n      kl\n      reason\n      outOfTolerance\n      prorated\n      recordedTo\n      rows {\n        slice\n        unit\n        amount\n        realised\n        planned\n        difference\n        unplanned\n      }\n    }\n    totals {\n      unit\n      tokens\n      amount\n      inherited\n    }\n    warnings {\n      code\n      text\n    }\n    asOf {\n      position\n      time\n    }\n    complete\n    reason\n    lag\n    evidence\n    evidenceTotal\n  }\n}",
};


export const MixtureDocument: TypedDocument<MixtureQuery, MixtureQueryVariables> = {
  text: "query Mixture($id: ID!, $asOf: Position) {\n  mixture(id: $id, asOf: $asOf) {\n    experiment\n    unit\n    displacement\n    parent\n    rationale\n    decidedBy\n    approvedBy\n    supersededBy\n    name\n    snapshot\n    citation\n    taxonomyVersion\n    weights {\n      phase\n      fromStep\n      endsAt\n      slice\n      label\n      source\n      share\n    }\n    complete\n    reason\n    lag\n  }\n}",
};


export const NormaliserDocument: TypedDocument<NormaliserQuery, NormaliserQueryVariables> = {
  text: "query Normaliser($id: ID!) {\n  normaliser(id: $id) {\n    statistics {\n      feature\n      statistic\n      value\n    }\n  }\n}",
};


export const PlannedExposureDocument: TypedDocument<PlannedExposureQuery, PlannedExposureQueryVariables> = {
  text: "query PlannedExposure($mixture: ID!, $tokens: Count!, $steps: Int, $by: PlannedBy, $maxEpochs: Float, $asOf: Position) {\n  plannedExposure(\n    mixture: $mixture\n    tokens: $tokens\n    steps: $steps\n    by: $by\n    maxEpochs: $maxEpochs\n    asOf: $asOf\n  ) {\n    mixture\n    tokens\n    steps\n    by\n    maxEpochs\n    snapshot\n    rows {\n      slice\n      part\n      tokens\n      share\n      registered\n      shards\n      unknownShards\n      epochs\n      epochsAtMost\n      runsOut\n      enoughFor\n    }\n    withoutPlan\n    warnings {\n      code\n      text\n    }\n    asOf {\n      position\n      time\n    }\n    complete\n    reason\n    lag\n    evidence\n    evidenceTotal\n  }\n}",
};


export const PredictedAgainstFoundDocument: TypedDocument<PredictedAgainstFoundQuery, PredictedAgainstFoundQueryVariables> = {
  text: "query PredictedAgainstFound($mixture: ID!, $asOf: Position) {\n  predictedAgainstFound(mixture: $mixture, asOf: $asOf) {\n    mixture\n    position\n    decidedBy\n    predictions {\n      predicted {\n        capability\n        effect\n        unit\n        slice\n        displacement\n        experiment\n        estimand\n      }\n      state\n      answers\n      found {\n        answer\n        state\n        verification\n        inputPosition\n        experiment\n        estimand {\n          kind\n          slice\n          capability\n          contrast {\n            more {\n              mixture\n              share\n            }\n            less {\n              mixture\n              share\n            }\n          }\n          text\n        }\n        displacement\n        effect\n        interval {\n          low\n          high\n          level\n          method\n        }\n        unit\n        identification\n        interpretation\n        n {\n          runs\n          seeds\n        }\n        estimator {\n          id\n          version\n        }\n        within\n        reason\n        afterTheFact\n        evidence\n      }\n    }\n    asOf {\n      position\n      time\n    }\n    complete\n    reason\n    lag\n    evidence\n    evidenceTotal\n  }\n}",
};


export const PredictionDocument: TypedDocument<PredictionQuery, PredictionQueryVariables> = {
  text: "query Prediction($experiment: ID!, $mixtures: [MixtureInput!]!, $by: MeasuredSlices, $model: String, $asOf: Position) {\n  prediction(\n    experiment: $experiment\n    mixtures: $mixtures\n    by: $by\n    model: $model\n    asOf: $asOf\n  ) {\n    __typename\n    ... on PredictionRefused {\n      refusal\n      text\n    }\n    ... on Prediction {\n      experiment\n      outcomes\n      surfaces {\n        outcome\n        id\n        version\n        unit\n        chosenBy\n      }\n      rows {\n        key\n        mean\n        low\n        high\n        extrapolates\n        hullDistance\n      }\n      warnings {\n        code\n        text\n      }\n      asOf {\n        position\n        time\n      }\n      complete\n      reason\n      lag\n      counting {\n        ...Counting\n      }\n      model {\n        sha256\n        bytes\n      }\n    }\n  }\n}\nfragment Counting on AttributeCounting {\n  attribute\n  atLeast\n  method\n  instruments {\n    name\n    version\n    normaliser\n    shards\n  }\n  shards\n  unmeasuredShards\n  unmeasuredShare\n}",
};


export const RebuildDocument: TypedDocument<RebuildMutation, RebuildMutationVariables> = {
  text: "mutation Rebuild($verify: Boolean!, $acceptMissing: Boolean!) {\n  rebuild(verify: $verify, acceptMissing: $acceptMissing) {\n    position\n    equal\n    exchanged\n    divergence {\n      table\n      position\n      type\n      key\n      before\n      after\n    }\n    tables {\n      table\n      rowsBefore\n      rowsAfter\n      checksumBefore\n      checksumAfter\n      equal\n    }\n  }\n}",
};


export const ReplayDocument: TypedDocument<ReplayMutation, ReplayMutationVariables> = {
  text: "mutation Replay($id: ID!, $fixedText: String, $actor: String) {\n  replayDeadLetter(id: $id, fixedText: $fixedText, actor: $actor) {\n    ...DeadLetterRecord\n  }\n}\nfragment DeadLetterRecord on DeadLetter {\n  id\n  endpoint\n  contentType\n  size\n  code\n  message\n  pointer\n  value\n  explanation\n  firstSeen\n  lastSeen\n  seen\n  state\n  position\n  history {\n    at\n    actor\n    action\n    outcome\n    reason\n    fixed\n  }\n}",
};


export const RetractDocument: TypedDocument<RetractMutation, RetractMutationVariables> = {
  text: "mutation Retract($target: RetractionTarget!, $id: ID!, $reason: String!, $actor: String) {\n  retract(target: $target, id: $id, reason: $reason, actor: $actor) {\n    ... on Retracted {\n      position\n      isNew\n      isKnown\n    }\n    ... on RetractRefused {\n      refusal\n      text\n    }\n  }\n}",
};


export const RetractionImpactDocument: TypedDocument<RetractionImpactQuery, RetractionImpactQueryVariables> = {
  text: "query RetractionImpact($target: RetractionTarget!, $id: ID!, $maxNodes: Int, $asOf: Position) {\n  retractionImpact(target: $target, id: $id, maxNodes: $maxNodes, asOf: $asOf) {\n    target\n    id\n    retractions {\n      id\n      reason\n      actor\n      evidence\n    }\n    registered\n    shards\n    same {\n      shard\n      other\n      basis\n      evidence\n    }\n    unfollowed {\n      kind\n      ids\n      text\n      evidence\n    }\n    runs {\n      id\n      consumed {\n        unit\n        amount\n        total\n        share\n      }\n    }\n    checkpoints {\n      id\n      run\n      step\n      consumed {\n        unit\n        amount\n        total\n        share\n      }\n    }\n    scores\n    answers\n    asOf {\n      position\n      time\n    }\n    complete\n    reason\n    lag\n  }\n}",
};


export const RunFactsDocument: TypedDocument<RunFactsQuery, RunFactsQueryVariables> = {
  text: "query RunFacts($id: ID!, $asOf: Position) {\n  run(id: $id, asOf: $asOf) {\n    attempt\n    experiment\n    arm\n    mixture\n    model\n    parameters\n    seed\n    status\n    lastStep\n    tokens\n    lastLoss\n    complete\n    reason\n    lag\n  }\n  trackedRun(id: $id, asOf: $asOf) {\n    params {\n      key\n      value\n    }\n    tags {\n      key\n      value\n    }\n    complete\n    reason\n    lag\n  }\n}",
};


export const RunReportDocument: TypedDocument<RunReportQuery, RunReportQueryVariables> = {
  text: "query RunReport($run: ID!, $asOf: Position) {\n  runReport(run: $run, asOf: $asOf) {\n    run\n    attempts {\n      attempt\n      started\n      status\n      firstStep\n      lastStep\n      steps\n      repeated\n      conflicting\n      late\n      superseded\n      interval\n      missing\n      skipped\n      nonfinite\n      evidence\n    }\n    gaps {\n      attempt\n      from\n      to\n      steps\n    }\n    corrections {\n      corrected\n      by\n      type\n      reason\n      actor\n    }\n    history {\n      run\n      attempt\n      throughStep\n    }\n    asOf {\n      position\n      time\n    }\n    complete\n    reason\n    lag\n  }\n}",
};


export const RunConfigDocument: TypedDocument<RunConfigQuery, RunConfigQueryVariables> = {
  text: "query RunConfig($id: ID!, $attempt: Int, $after: String, $asOf: Position) {\n  run(id: $id, asOf: $asOf) {\n    asOf {\n      position\n      time\n    }\n    lag\n    config(attempt: $attempt, after: $after) {\n      ...Settings\n    }\n  }\n}\nfragment Settings on RunSettings {\n  nodes {\n    path\n    value\n    type\n    attempt\n    evidence\n    corrects\n  }\n  pageInfo {\n    hasNextPage\n    endCursor\n  }\n  complete\n  reason\n}",
};


export const RunEnvironmentDocument: TypedDocument<RunEnvironmentQuery, RunEnvironmentQueryVariables> = {
  text: "query RunEnvironment($id: ID!, $attempt: Int, $after: String, $asOf: Position) {\n  run(id: $id, asOf: $asOf) {\n    environment(attempt: $attempt, after: $after) {\n      ...Settings\n    }\n  }\n}\nfragment Settings on RunSettings {\n  nodes {\n    path\n    value\n    type\n    attempt\n    evidence\n    corrects\n  }\n  pageInfo {\n    hasNextPage\n    endCursor\n  }\n  complete\n  reason\n}",
};


export const RunsWithPrefixDocument: TypedDocument<RunsWithPrefixQuery, RunsWithPrefixQueryVariables> = {
  text: "query RunsWithPrefix($prefix: String!, $asOf: Position) {\n  runs(prefix: $prefix, first: 10, asOf: $asOf) {\n    nodes {\n      id\n    }\n  }\n}",
};


export const ScoreComparisonDocument: TypedDocument<ScoreComparisonQuery, ScoreComparisonQueryVariables> = {
  text: "query ScoreComparison($run: ID!, $otherRun: ID!, $capability: String, $benchmark: String, $asOf: Position) {\n  scoreComparison(\n    run: $run\n    otherRun: $otherRun\n    capability: $capability\n    benchmark: $benchmark\n    asOf: $asOf\n  ) {\n    run\n    otherRun\n    compared {\n      first {\n        step\n        tokens\n        checkpoint\n        capability\n        benchmark\n        metric\n        unit\n        higherIsBetter\n        harness\n        value\n        stderr\n        evidence\n      }\n      second {\n        step\n        tokens\n        checkpoint\n        value\n        stderr\n        evidence\n      }\n      difference\n      unrecorded\n    }\n    excluded {\n      score {\n        run\n        step\n        tokens\n        checkpoint\n        capability\n        benchmark\n        metric\n        unit\n        value\n        stderr\n        evidence\n      }\n      why\n      differences {\n        setting\n        own\n        other\n      }\n      invalidation {\n        reason\n        actor\n        evidence\n      }\n      supersededAttempt\n    }\n    asOf {\n      position\n      time\n    }\n    complete\n    reason\n    lag\n    evidence\n    evidenceTotal\n  }\n}",
};


export const ScoresDocument: TypedDocument<ScoresQuery, ScoresQueryVariables> = {
  text: "query Scores($run: ID!, $after: String, $asOf: Position) {\n  scores(run: $run, first: 1000, after: $after, asOf: $asOf) {\n    nodes {\n      step\n      checkpoint\n      capability\n      benchmark\n      metric\n      split\n      metricVersion\n      shots\n      filter\n      taskVersion\n      taskHash\n      limit\n      precision\n      harness\n      value\n      unit\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n    complete\n    reason\n    lag\n  }\n}",
};


export const SearchDocument: TypedDocument<SearchQuery, SearchQueryVariables> = {
  text: "query Search($text: String!, $kinds: [EntityKind!], $first: Int, $asOf: Position) {\n  search(text: $text, kinds: $kinds, first: $first, asOf: $asOf) {\n    nodes {\n      id\n      kind\n      key\n      field\n      fit\n      excerpt\n      evidence\n    }\n    totalCount\n    similar\n    asOf {\n      position\n      time\n    }\n    complete\n    reason\n    lag\n  }\n}",
};


export const ShardAliasesDocument: TypedDocument<ShardAliasesQuery, ShardAliasesQueryVariables> = {
  text: "query ShardAliases($shard: ID!, $asOf: Position) {\n  shardAliases(shard: $shard, asOf: $asOf) {\n    shard\n    same {\n      shard\n      other\n      basis\n      evidence\n    }\n    unfollowed {\n      kind\n      ids\n      text\n      evidence\n    }\n    asOf {\n      position\n      time\n    }\n    complete\n    reason\n    lag\n  }\n}",
};


export const SnapshotContentsDocument: TypedDocument<SnapshotContentsQuery, SnapshotContentsQueryVariables> = {
  text: "query SnapshotContents($snapshot: ID!, $after: String, $asOf: Position) {\n  snapshotContents(snapshot: $snapshot, first: 1000, after: $after, asOf: $asOf) {\n    sources {\n      kind\n      ref\n      name\n      multiplicity\n    }\n    nodes {\n      shard\n      repeats\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n    complete\n    reason\n    lag\n  }\n}",
};


export const StatusDocument: TypedDocument<StatusQuery, StatusQueryVariables> = {
  text: "query Status {\n  status {\n    version\n    directory\n    log {\n      position\n      time\n    }\n    projected {\n      position\n      time\n    }\n    lag\n    complete\n    fault\n    unprojected\n    counts {\n      type\n      count\n    }\n    deadLetters {\n      parked\n      replayed\n      discarded\n    }\n    readinessConditions {\n      code\n      detail\n    }\n  }\n}",
};


export const SupersedeMixtureDocument: TypedDocument<SupersedeMixtureMutation, SupersedeMixtureMutationVariables> = {
  text: "mutation SupersedeMixture($id: ID!, $supersededBy: ID!, $reason: String!, $actor: String) {\n  supersedeMixture(\n    id: $id\n    supersededBy: $supersededBy\n    reason: $reason\n    actor: $actor\n  ) {\n    ... on MixtureRecorded {\n      position\n      isNew\n      warnings {\n        code\n        text\n      }\n    }\n    ... on MixtureRefused {\n      refusal\n      text\n    }\n  }\n}",
};


export const TrainingContentSummaryDocument: TypedDocument<TrainingContentSummaryQuery, TrainingContentSummaryQueryVariables> = {
  text: "query TrainingContentSummary($run: ID!, $checkpoint: ID, $asOf: Position) {\n  trainingContentSummary(run: $run, checkpoint: $checkpoint, asOf: $asOf) {\n    run\n    checkpoint\n    step\n    totals {\n      unit\n      tokens\n      amount\n      inherited\n    }\n    prorated\n    fields {\n      name\n      section\n      title\n      answer\n      statements {\n        text\n        link\n        unit\n        tokens\n        amount\n        inherited\n        share\n        range\n        isLarge\n        method\n        evidence\n        evidenceTotal\n      }\n      statementsTotal\n      omitted {\n        unit\n        tokens\n        amount\n        inherited\n      }\n    }\n    openQuestions {\n      field\n      section\n      title\n      unknown {\n        unit\n        tokens\n        amount\n        inherited\n      }\n      fact\n      member\n      advice\n    }\n    asOf {\n      position\n      time\n    }\n    complete\n    reason\n    lag\n    evidence\n    evidenceTotal\n  }\n}",
};


export const WithdrawAliasDocument: TypedDocument<WithdrawAliasMutation, WithdrawAliasMutationVariables> = {
  text: "mutation WithdrawAlias($kind: AliasKind!, $address: ID!, $other: ID!, $reason: String!, $actor: String) {\n  withdrawAlias(\n    kind: $kind\n    address: $address\n    other: $other\n    reason: $reason\n    actor: $actor\n  ) {\n    ... on AliasRecorded {\n      position\n    }\n    ... on AliasRefused {\n      refusal\n      text\n    }\n  }\n}",
};


export const WithdrawImportDocument: TypedDocument<WithdrawImportMutation, WithdrawImportMutationVariables> = {
  text: "mutation WithdrawImport($id: ID!, $reason: String!, $actor: String) {\n  withdrawImport(id: $id, reason: $reason, actor: $actor) {\n    ... on ImportWithdrawn {\n      position\n      stored\n    }\n    ... on WithdrawImportRefused {\n      refusal\n      text\n    }\n  }\n}",
};
