export type Maybe<T> = T | null;
export type InputMaybe<T> = T | null | undefined;
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  Position: { input: string; output: string; }
  DateTime: { input: string; output: string; }
  Count: { input: number; output: number; }
  Metric: { input: string; output: string; }
  Json: { input: unknown; output: unknown; }
};

export const AliasKind = {
  Pair: 'pair',
  Prefix: 'prefix',
  Suffix: 'suffix',
  Segment: 'segment'
} as const;

export type AliasKind = typeof AliasKind[keyof typeof AliasKind];
export const AliasBasis = {
  Digest: 'digest',
  Declared: 'declared'
} as const;

export type AliasBasis = typeof AliasBasis[keyof typeof AliasBasis];
export type Alias = {
  readonly __typename?: 'Alias';
  readonly kind: AliasKind;
  readonly address: Scalars['ID']['output'];
  readonly other: Scalars['ID']['output'];
  readonly reason: Scalars['String']['output'];
  readonly actor: Scalars['String']['output'];
  readonly evidence: ReadonlyArray<Scalars['Position']['output']>;
};

export type AliasConnection = Answer & Connection & {
  readonly __typename?: 'AliasConnection';
  readonly nodes: ReadonlyArray<Alias>;
  readonly pageInfo: PageInfo;
  readonly totalCount: Scalars['Count']['output'];
  readonly asOf: AsOf;
  readonly complete: Scalars['Boolean']['output'];
  readonly reason: Maybe<Scalars['String']['output']>;
  readonly lag: Scalars['Count']['output'];
  readonly evidence: ReadonlyArray<Scalars['Position']['output']>;
  readonly evidenceTotal: Scalars['Count']['output'];
};

export type SameShard = {
  readonly __typename?: 'SameShard';
  readonly shard: Scalars['ID']['output'];
  readonly other: Scalars['ID']['output'];
  readonly basis: AliasBasis;
  readonly evidence: ReadonlyArray<Scalars['Position']['output']>;
};

export const UnfollowedKind = {
  Contradiction: 'contradiction',
  TooMany: 'too_many',
  Similar: 'similar',
  Unrecorded: 'unrecorded'
} as const;

export type UnfollowedKind = typeof UnfollowedKind[keyof typeof UnfollowedKind];
export type Unfollowed = {
  readonly __typename?: 'Unfollowed';
  readonly kind: UnfollowedKind;
  readonly ids: ReadonlyArray<Scalars['ID']['output']>;
  readonly text: Scalars['String']['output'];
  readonly evidence: ReadonlyArray<Scalars['Position']['output']>;
};

export type ShardAliases = Answer & {
  readonly __typename?: 'ShardAliases';
  readonly shard: Scalars['ID']['output'];
  readonly same: ReadonlyArray<SameShard>;
  readonly unfollowed: ReadonlyArray<Unfollowed>;
  readonly asOf: AsOf;
  readonly complete: Scalars['Boolean']['output'];
  readonly reason: Maybe<Scalars['String']['output']>;
  readonly lag: Scalars['Count']['output'];
  readonly evidence: ReadonlyArray<Scalars['Position']['output']>;
  readonly evidenceTotal: Scalars['Count']['output'];
};

export type AliasOutcome = AliasRecorded | AliasRefused;

export type AliasRecorded = {
  readonly __typename?: 'AliasRecorded';
  readonly position: Scalars['Position']['output'];
};

export type AliasRefused = {
  readonly __typename?: 'AliasRefused';
  readonly refusal: AliasRefusal;
  readonly text: Scalars['String']['output'];
};

export const AliasRefusal = {
  Invalid: 'invalid',
  AlreadyDeclared: 'already_declared',
  NotDeclared: 'not_declared',
  DigestsDiffer: 'digests_differ',
  TooMany: 'too_many'
} as const;

export type AliasRefusal = typeof AliasRefusal[keyof typeof AliasRefusal];
export type MeasuredSlices = {
  readonly attribute: Scalars['String']['input'];
  readonly atLeast?: InputMaybe<Scalars['Float']['input']>;
};

export type AttributeCounting = {
  readonly __typename?: 'AttributeCounting';
  readonly attribute: Scalars['String']['output'];
  readonly atLeast: Maybe<Scalars['Float']['output']>;
  readonly method: Method;
  readonly instruments: ReadonlyArray<AttributeInstrument>;
  readonly shards: Scalars['Count']['output'];
  readonly unmeasuredShards: Scalars['Count']['output'];
  readonly unmeasuredShare: Scalars['Float']['output'];
};

export type AttributeInstrument = {
  readonly __typename?: 'AttributeInstrument';
  readonly name: Scalars['String']['output'];
  readonly version: Scalars['String']['output'];
  readonly normaliser: Scalars['String']['output'];
  readonly shards: Scalars['Count']['output'];
};

export type ExperimentConnection = Answer & Connection & {
  readonly __typename?: 'ExperimentConnection';
  readonly nodes: ReadonlyArray<Experiment>;
  readonly leftOut: ReadonlyArray<LeftOutRuns>;
  readonly pageInfo: PageInfo;
  readonly totalCount: Scalars['Count']['output'];
  readonly asOf: AsOf;
  readonly complete: Scalars['Boolean']['output'];
  readonly reason: Maybe<Scalars['String']['output']>;
  readonly lag: Scalars['Count']['output'];
  readonly evidence: ReadonlyArray<Scalars['Position']['output']>;
  readonly evidenceTotal: Scalars['Count']['output'];
};

export type Experiment = {
  readonly __typename?: 'Experiment';
  readonly id: Scalars['ID']['output'];
  readonly origin: ExperimentOrigin;
  readonly why: Maybe<WhyFound>;
  readonly arms: ReadonlyArray<Arm>;
  readonly capabilities: ReadonlyArray<Scalars['String']['output']>;
  readonly slices: ReadonlyArray<Scalars['String']['output']>;
  readonly runs: Scalars['Count']['output'];
};

export const ExperimentOrigin = {
  Assigned: 'assigned',
  Found: 'found'
} as const;

export type ExperimentOrigin = typeof ExperimentOrigin[keyof typeof ExperimentOrigin];
export type WhyFound = {
  readonly __typename?: 'WhyFound';
  readonly text: Scalars['String']['output'];
  readonly agree: ReadonlyArray<AgreedFact>;
  readonly notRecorded: ReadonlyArray<Scalars['String']['output']>;
  readonly differ: ReadonlyArray<Scalars['String']['output']>;
  readonly pairs: ReadonlyArray<FoundPair>;
  readonly pairsTotal: Scalars['Count']['output'];
  readonly leftOut: ReadonlyArray<LeftOutRuns>;
};

export type AgreedFact = {
  readonly __typename?: 'AgreedFact';
  readonly field: Scalars['String']['output'];
  readonly value: Scalars['String']['output'];
};

export type FoundPair = {
  readonly __typename?: 'FoundPair';
  readonly more: Scalars['String']['output'];
  readonly less: Scalars['String']['output'];
  readonly slice: Scalars['String']['output'];
  readonly displacement: Scalars['String']['output'];
  readonly sharedSeeds: Scalars['Count']['output'];
};

export type LeftOutRuns = {
  readonly __typename?: 'LeftOutRuns';
  readonly reason: LeftOutReason;
  readonly runs: Scalars['Count']['output'];
  readonly text: Scalars['String']['output'];
};

export const LeftOutReason = {
  NoStart: 'no_start',
  NotCompleted: 'not_completed',
  NoExposure: 'no_exposure',
  NoScore: 'no_score',
  UnlikeAll: 'unlike_all',
  OneMixture: 'one_mixture',
  NoContrast: 'no_contrast',
  OtherExposure: 'other_exposure',
  NotRead: 'not_read'
} as const;

export type LeftOutReason = typeof LeftOutReason[keyof typeof LeftOutReason];
export type Arm = {
  readonly __typename?: 'Arm';
  readonly arm: Scalars['String']['output'];
  readonly mixture: Scalars['ID']['output'];
  readonly design: Design;
  readonly assignment: Assignment;
  readonly role: ArmRole;
  readonly control: Scalars['Boolean']['output'];
};

export const Design = {
  ControlledAblation: 'controlled_ablation',
  Swarm: 'swarm',
  Observational: 'observational'
} as const;

export type Design = typeof Design[keyof typeof Design];
export const Assignment = {
  Randomised: 'randomised',
  Manual: 'manual',
  Unknown: 'unknown'
} as const;

export type Assignment = typeof Assignment[keyof typeof Assignment];
export const ArmRole = {
  Train: 'train',
  HeldOut: 'held_out'
} as const;

export type ArmRole = typeof ArmRole[keyof typeof ArmRole];
export const Identification = {
  Randomised: 'randomised',
  ControlledAblation: 'controlled_ablation',
  BranchFromCheckpoint: 'branch_from_checkpoint',
  PhaseChangeControlled: 'phase_change_controlled',
  PhaseChangeSingleRun: 'phase_change_single_run',
  ObservationalAdjusted: 'observational_adjusted',
  ModelBasedInfluence: 'model_based_influence',
  Associational: 'associational'
} as const;

export type Identification = typeof Identification[keyof typeof Identification];
export const Verdict = {
  Positive: 'positive',
  Negative: 'negative',
  Inconclusive: 'inconclusive',
  NotIdentified: 'not_identified'
} as const;

export type Verdict = typeof Verdict[keyof typeof Verdict];
export const Interpretation = {
  Improves: 'improves',
  Harms: 'harms',
  AssociatedWithBetter: 'associated_with_better',
  AssociatedWithWorse: 'associated_with_worse',
  Inconclusive: 'inconclusive',
  NotIdentified: 'not_identified'
} as const;

export type Interpretation = typeof Interpretation[keyof typeof Interpretation];
export const EstimandKind = {
  Presence: 'presence',
  Dose: 'dose'
} as const;

export type EstimandKind = typeof EstimandKind[keyof typeof EstimandKind];
export const ControlOutcome = {
  Passed: 'passed',
  Failed: 'failed',
  CannotTell: 'cannot_tell',
  NotRun: 'not_run'
} as const;

export type ControlOutcome = typeof ControlOutcome[keyof typeof ControlOutcome];
export const AttributionRefusal = {
  UnknownExperiment: 'unknown_experiment',
  UnknownCapability: 'unknown_capability',
  UnknownSlice: 'unknown_slice',
  NegativeControlIsOutcome: 'negative_control_is_outcome',
  AnswerTooLong: 'answer_too_long',
  AttributeNotMeasured: 'attribute_not_measured',
  ThresholdMissing: 'threshold_missing',
  ThresholdOnHistogram: 'threshold_on_histogram',
  ThresholdNotFinite: 'threshold_not_finite',
  NormalisersDiffer: 'normalisers_differ',
  LevelOutOfRange: 'level_out_of_range',
  DisplacementMissing: 'displacement_missing',
  DisplacementUnknown: 'displacement_unknown',
  SwapIntoItself: 'swap_into_itself',
  SwapIntoUnknownSlice: 'swap_into_unknown_slice',
  WithinNotAPart: 'within_not_a_part',
  WithinNothingLeft: 'within_nothing_left',
  NothingToRefill: 'nothing_to_refill'
} as const;

export type AttributionRefusal = typeof AttributionRefusal[keyof typeof AttributionRefusal];
export const PredictionRefusal = {
  UnknownExperiment: 'unknown_experiment',
  UnknownSlice: 'unknown_slice',
  NegativeShare: 'negative_share',
  EmptyMixture: 'empty_mixture',
  AttributeNotMeasured: 'attribute_not_measured',
  ThresholdMissing: 'threshold_missing',
  ThresholdOnHistogram: 'threshold_on_histogram',
  ThresholdNotFinite: 'threshold_not_finite',
  NormalisersDiffer: 'normalisers_differ',
  UnknownCapability: 'unknown_capability',
  NoSurface: 'no_surface'
} as const;

export type PredictionRefusal = typeof PredictionRefusal[keyof typeof PredictionRefusal];
export type AttributionAnswer = Attribution | AttributionRefused;

export type Attribution = Answer & {
  readonly __typename?: 'Attribution';
  readonly experiment: Scalars['ID']['output'];
  readonly effects: ReadonlyArray<Effect>;
  readonly questions: Scalars['Count']['output'];
  readonly family: EffectFamily;
  readonly counting: Maybe<AttributeCounting>;
  readonly asOf: AsOf;
  readonly complete: Scalars['Boolean']['output'];
  readonly reason: Maybe<Scalars['String']['output']>;
  readonly lag: Scalars['Count']['output'];
  readonly evidence: ReadonlyArray<Scalars['Position']['output']>;
  readonly evidenceTotal: Scalars['Count']['output'];
};

export type EffectFamily = {
  readonly __typename?: 'EffectFamily';
  readonly procedure: Scalars['String']['output'];
  readonly name: Maybe<Scalars['ID']['output']>;
  readonly tests: Scalars['Count']['output'];
  readonly earlier: Scalars['Count']['output'];
  readonly text: Scalars['String']['output'];
  readonly hypotheses: ReadonlyArray<Scalars['String']['output']>;
  readonly decisions: ReadonlyArray<TestDecision>;
};

export type TestDecision = {
  readonly __typename?: 'TestDecision';
  readonly hypothesis: Scalars['String']['output'];
  readonly before: Scalars['Count']['output'];
  readonly foundBefore: Scalars['Count']['output'];
  readonly pValue: Scalars['Float']['output'];
  readonly level: Scalars['Float']['output'];
  readonly found: Scalars['Boolean']['output'];
};

export type AttributionRefused = {
  readonly __typename?: 'AttributionRefused';
  readonly refusal: AttributionRefusal;
  readonly text: Scalars['String']['output'];
};

export type Effect = {
  readonly __typename?: 'Effect';
  readonly estimand: Estimand;
  readonly displacement: Scalars['String']['output'];
  readonly effect: Maybe<Scalars['Float']['output']>;
  readonly interval: Maybe<Interval>;
  readonly otherIntervals: ReadonlyArray<Interval>;
  readonly unit: Maybe<Scalars['String']['output']>;
  readonly identification: Identification;
  readonly verdict: Verdict;
  readonly interpretation: Interpretation;
  readonly pValue: Maybe<Scalars['Float']['output']>;
  readonly qValue: Maybe<Scalars['Float']['output']>;
  readonly n: SampleSize;
  readonly estimator: Estimator;
  readonly chosenBy: Maybe<Scalars['String']['output']>;
  readonly slope: Maybe<Slope>;
  readonly relativeChange: Maybe<RelativeChange>;
  readonly minimumDetectableEffect: Maybe<Scalars['Float']['output']>;
  readonly differences: ReadonlyArray<Difference>;
  readonly warnings: ReadonlyArray<Warning>;
  readonly negativeControls: ReadonlyArray<NegativeControl>;
  readonly evidence: ReadonlyArray<Scalars['Position']['output']>;
  readonly proxy: Maybe<Proxy>;
  readonly randomSeed: Maybe<Scalars['Count']['output']>;
  readonly decomposition: Maybe<Decomposition>;
  readonly adjustment: Maybe<Adjustment>;
};

export type Adjustment = {
  readonly __typename?: 'Adjustment';
  readonly unadjusted: UnadjustedEffect;
  readonly covariates: ReadonlyArray<AdjustedCovariate>;
  readonly terms: Scalars['Count']['output'];
  readonly remainingVariance: Scalars['Float']['output'];
  readonly effectiveRuns: Scalars['Float']['output'];
  readonly robustness: Robustness;
};

export type UnadjustedEffect = {
  readonly __typename?: 'UnadjustedEffect';
  readonly effect: Scalars['Float']['output'];
  readonly interval: Interval;
};

export type AdjustedCovariate = {
  readonly __typename?: 'AdjustedCovariate';
  readonly field: Scalars['String']['output'];
  readonly countedAs: CovariateForm;
  readonly values: Scalars['Count']['output'];
  readonly recorded: Scalars['Count']['output'];
  readonly correlation: Scalars['Float']['output'];
};

export const CovariateForm = {
  Number: 'number',
  Logarithm: 'logarithm',
  Levels: 'levels',
  None: 'none'
} as const;

export type CovariateForm = typeof CovariateForm[keyof typeof CovariateForm];
export type Robustness = {
  readonly __typename?: 'Robustness';
  readonly value: Scalars['Float']['output'];
  readonly ofInterval: Scalars['Float']['output'];
};

export type Decomposition = {
  readonly __typename?: 'Decomposition';
  readonly bundle: EffectPart;
  readonly receivers: ReadonlyArray<ReceiverPart>;
  readonly remainder: EffectPart;
  readonly notSeparated: ReadonlyArray<Scalars['String']['output']>;
  readonly notIdentified: Maybe<Warning>;
  readonly evidence: ReadonlyArray<Scalars['Position']['output']>;
};

export type EffectPart = {
  readonly __typename?: 'EffectPart';
  readonly estimate: Scalars['Float']['output'];
  readonly interval: Maybe<Interval>;
  readonly identification: Identification;
};

export type ReceiverPart = {
  readonly __typename?: 'ReceiverPart';
  readonly receiver: Scalars['String']['output'];
  readonly weight: Scalars['Float']['output'];
  readonly arm: Maybe<Scalars['String']['output']>;
  readonly own: Maybe<EffectPart>;
  readonly displaced: Maybe<EffectPart>;
  readonly gaveWay: Maybe<EffectPart>;
  readonly held: Maybe<EffectPart>;
  readonly moved: Maybe<EffectPart>;
  readonly needed: Maybe<NeededArm>;
  readonly warnings: ReadonlyArray<Warning>;
};

export type NeededArm = {
  readonly __typename?: 'NeededArm';
  readonly displacement: Scalars['String']['output'];
  readonly shares: ReadonlyArray<NeededShare>;
  readonly runs: Scalars['Count']['output'];
  readonly seeds: ReadonlyArray<Scalars['String']['output']>;
};

export type NeededShare = {
  readonly __typename?: 'NeededShare';
  readonly slice: Scalars['String']['output'];
  readonly share: Scalars['Float']['output'];
};

export type Difference = {
  readonly __typename?: 'Difference';
  readonly field: Scalars['String']['output'];
  readonly state: DifferenceState;
  readonly values: ReadonlyArray<DifferenceValue>;
};

export const DifferenceState = {
  Differs: 'differs',
  PartlyRecorded: 'partly_recorded',
  VariesAlike: 'varies_alike',
  NotRecorded: 'not_recorded'
} as const;

export type DifferenceState = typeof DifferenceState[keyof typeof DifferenceState];
export type DifferenceValue = {
  readonly __typename?: 'DifferenceValue';
  readonly value: Maybe<Scalars['String']['output']>;
  readonly more: Scalars['Count']['output'];
  readonly less: Scalars['Count']['output'];
};

export type Estimand = {
  readonly __typename?: 'Estimand';
  readonly kind: EstimandKind;
  readonly slice: Scalars['String']['output'];
  readonly capability: Scalars['String']['output'];
  readonly contrast: Maybe<Contrast>;
  readonly text: Scalars['String']['output'];
};

export type Contrast = {
  readonly __typename?: 'Contrast';
  readonly more: Dose;
  readonly less: Dose;
};

export type Dose = {
  readonly __typename?: 'Dose';
  readonly mixture: Scalars['String']['output'];
  readonly share: Scalars['Float']['output'];
};

export type Slope = {
  readonly __typename?: 'Slope';
  readonly cox: Scalars['Float']['output'];
  readonly gateaux: Maybe<Scalars['Float']['output']>;
  readonly interval: Interval;
};

export type Proxy = {
  readonly __typename?: 'Proxy';
  readonly model: Scalars['String']['output'];
  readonly parameters: Maybe<Scalars['Count']['output']>;
};

export type Interval = {
  readonly __typename?: 'Interval';
  readonly low: Scalars['Float']['output'];
  readonly high: Scalars['Float']['output'];
  readonly level: Scalars['Float']['output'];
  readonly method: Scalars['String']['output'];
};

export type SampleSize = {
  readonly __typename?: 'SampleSize';
  readonly runs: Scalars['Count']['output'];
  readonly seeds: Scalars['Count']['output'];
};

export type Estimator = {
  readonly __typename?: 'Estimator';
  readonly id: Scalars['String']['output'];
  readonly version: Scalars['String']['output'];
};

export type RelativeChange = {
  readonly __typename?: 'RelativeChange';
  readonly percentChangeOfMeans: Scalars['Float']['output'];
  readonly meanOfPercentChanges: Scalars['Float']['output'];
  readonly standardError: Maybe<Scalars['Float']['output']>;
  readonly interval: Maybe<Interval>;
};

export type NegativeControl = {
  readonly __typename?: 'NegativeControl';
  readonly name: Scalars['String']['output'];
  readonly outcome: ControlOutcome;
  readonly trials: Scalars['Count']['output'];
  readonly falsePositives: Scalars['Count']['output'];
  readonly attainableLevel: Maybe<Scalars['Float']['output']>;
  readonly planted: Maybe<Scalars['Float']['output']>;
  readonly found: Maybe<Scalars['Count']['output']>;
  readonly text: Scalars['String']['output'];
  readonly controlOutcome: Maybe<ControlOutcomeEffect>;
};

export type ControlOutcomeEffect = {
  readonly __typename?: 'ControlOutcomeEffect';
  readonly capability: Scalars['String']['output'];
  readonly effect: Maybe<Scalars['Float']['output']>;
  readonly interval: Maybe<Interval>;
  readonly minimumDetectableEffect: Maybe<Scalars['Float']['output']>;
  readonly unit: Maybe<Scalars['String']['output']>;
};

export type MixtureInput = {
  readonly key: Scalars['String']['input'];
  readonly shares: ReadonlyArray<ShareInput>;
};

export type ShareInput = {
  readonly slice: Scalars['String']['input'];
  readonly share: Scalars['Float']['input'];
};

export type PredictionAnswer = Prediction | PredictionRefused;

export type Prediction = Answer & {
  readonly __typename?: 'Prediction';
  readonly experiment: Scalars['ID']['output'];
  readonly outcomes: ReadonlyArray<Scalars['String']['output']>;
  readonly surfaces: ReadonlyArray<Surface>;
  readonly rows: ReadonlyArray<PredictedRow>;
  readonly warnings: ReadonlyArray<Warning>;
  readonly counting: Maybe<AttributeCounting>;
  readonly model: Maybe<SurfaceModel>;
  readonly asOf: AsOf;
  readonly complete: Scalars['Boolean']['output'];
  readonly reason: Maybe<Scalars['String']['output']>;
  readonly lag: Scalars['Count']['output'];
  readonly evidence: ReadonlyArray<Scalars['Position']['output']>;
  readonly evidenceTotal: Scalars['Count']['output'];
};

export type SurfaceModel = {
  readonly __typename?: 'SurfaceModel';
  readonly outcome: Scalars['String']['output'];
  readonly sha256: Scalars['String']['output'];
  readonly bytes: Scalars['String']['output'];
};

export type PredictionRefused = {
  readonly __typename?: 'PredictionRefused';
  readonly refusal: PredictionRefusal;
  readonly text: Scalars['String']['output'];
};

export type Surface = {
  readonly __typename?: 'Surface';
  readonly outcome: Scalars['String']['output'];
  readonly id: Scalars['String']['output'];
  readonly version: Scalars['String']['output'];
  readonly unit: Scalars['String']['output'];
  readonly chosenBy: Scalars['String']['output'];
  readonly runs: Scalars['Count']['output'];
};

export type PredictedRow = {
  readonly __typename?: 'PredictedRow';
  readonly key: Scalars['String']['output'];
  readonly mean: ReadonlyArray<Scalars['Float']['output']>;
  readonly low: ReadonlyArray<Scalars['Float']['output']>;
  readonly high: ReadonlyArray<Scalars['Float']['output']>;
  readonly extrapolates: Scalars['Boolean']['output'];
  readonly hullDistance: Scalars['Float']['output'];
};

export const DesignRefusal = {
  UnknownExperiment: 'unknown_experiment',
  UnknownCapability: 'unknown_capability',
  UnknownSlice: 'unknown_slice',
  LevelOutOfRange: 'level_out_of_range',
  PowerOutOfRange: 'power_out_of_range',
  EffectOutOfRange: 'effect_out_of_range',
  RunsOutOfRange: 'runs_out_of_range',
  DisplacementMissing: 'displacement_missing',
  DisplacementUnknown: 'displacement_unknown',
  SwapIntoItself: 'swap_into_itself',
  SwapIntoUnknownSlice: 'swap_into_unknown_slice',
  WithinNotAPart: 'within_not_a_part',
  WithinNothingLeft: 'within_nothing_left',
  NothingToRefill: 'nothing_to_refill',
  NoScoredRuns: 'no_scored_runs',
  NotAssigned: 'not_assigned',
  NoReference: 'no_reference',
  FixedBudgetSwarm: 'fixed_budget_swarm',
  SliceNeverVaried: 'slice_never_varied',
  OutcomeConstant: 'outcome_constant',
  NotSeparable: 'not_separable',
  ScoresNotComparable: 'scores_not_comparable',
  BenchmarksNotComparable: 'benchmarks_not_comparable',
  ExposureUnitsDiffer: 'exposure_units_differ',
  EvaluationsNotMatched: 'evaluations_not_matched'
} as const;

export type DesignRefusal = typeof DesignRefusal[keyof typeof DesignRefusal];
export type DesignAnswer = ExperimentDesign | DesignRefused;

export type ExperimentDesign = Answer & {
  readonly __typename?: 'ExperimentDesign';
  readonly experiment: Scalars['ID']['output'];
  readonly slice: Scalars['String']['output'];
  readonly capability: Scalars['String']['output'];
  readonly displacement: Scalars['String']['output'];
  readonly unit: Maybe<Scalars['String']['output']>;
  readonly level: Scalars['Float']['output'];
  readonly power: Scalars['Float']['output'];
  readonly effect: Maybe<Scalars['Float']['output']>;
  readonly plans: ReadonlyArray<RunPlan>;
  readonly warnings: ReadonlyArray<Warning>;
  readonly asOf: AsOf;
  readonly complete: Scalars['Boolean']['output'];
  readonly reason: Maybe<Scalars['String']['output']>;
  readonly lag: Scalars['Count']['output'];
  readonly evidence: ReadonlyArray<Scalars['Position']['output']>;
  readonly evidenceTotal: Scalars['Count']['output'];
};

export type DesignRefused = {
  readonly __typename?: 'DesignRefused';
  readonly refusal: DesignRefusal;
  readonly text: Scalars['String']['output'];
};

export const PlannedEstimator = {
  ControlledAblation: 'controlled_ablation',
  ResponseSurface: 'response_surface'
} as const;

export type PlannedEstimator = typeof PlannedEstimator[keyof typeof PlannedEstimator];
export type RunPlan = {
  readonly __typename?: 'RunPlan';
  readonly estimator: PlannedEstimator;
  readonly contrast: Scalars['String']['output'];
  readonly now: Maybe<Effect>;
  readonly noise: Maybe<SeedNoise>;
  readonly runs: ReadonlyArray<PlannedRuns>;
  readonly decomposition: ReadonlyArray<PlannedRuns>;
  readonly detectable: ReadonlyArray<DetectableEffect>;
  readonly runsForEffect: Maybe<Scalars['Count']['output']>;
  readonly cost: RunCost;
  readonly identification: Identification;
  readonly assignment: Maybe<PlannedAssignment>;
  readonly assumptions: ReadonlyArray<Warning>;
};

export type SeedNoise = {
  readonly __typename?: 'SeedNoise';
  readonly standardDeviation: Scalars['Float']['output'];
  readonly degreesOfFreedom: Scalars['Count']['output'];
  readonly source: NoiseSource;
  readonly text: Scalars['String']['output'];
};

export const NoiseSource = {
  WithinArms: 'within_arms',
  WithinMixtures: 'within_mixtures',
  Surface: 'surface'
} as const;

export type NoiseSource = typeof NoiseSource[keyof typeof NoiseSource];
export const PlannedPurpose = {
  Replicate: 'replicate',
  Complete: 'complete',
  Fill: 'fill',
  Decompose: 'decompose'
} as const;

export type PlannedPurpose = typeof PlannedPurpose[keyof typeof PlannedPurpose];
export type PlannedRuns = {
  readonly __typename?: 'PlannedRuns';
  readonly purpose: PlannedPurpose;
  readonly arm: Scalars['String']['output'];
  readonly mixture: Scalars['ID']['output'];
  readonly shares: ReadonlyArray<NeededShare>;
  readonly runs: Scalars['Count']['output'];
  readonly seeds: ReadonlyArray<Scalars['String']['output']>;
  readonly amountPerRun: Scalars['Count']['output'];
  readonly reason: Scalars['String']['output'];
};

export type DetectableEffect = {
  readonly __typename?: 'DetectableEffect';
  readonly addedRuns: Scalars['Count']['output'];
  readonly minimumDetectableEffect: Maybe<Scalars['Float']['output']>;
  readonly power: Maybe<Scalars['Float']['output']>;
};

export type RunCost = {
  readonly __typename?: 'RunCost';
  readonly runs: Scalars['Count']['output'];
  readonly amount: Scalars['Count']['output'];
  readonly unit: Scalars['String']['output'];
  readonly text: Scalars['String']['output'];
};

export type PlannedAssignment = {
  readonly __typename?: 'PlannedAssignment';
  readonly design: Design;
  readonly assignment: Assignment;
  readonly randomisation: Maybe<PlannedRandomisation>;
  readonly arms: ReadonlyArray<PlannedArm>;
};

export type PlannedRandomisation = {
  readonly __typename?: 'PlannedRandomisation';
  readonly method: Scalars['String']['output'];
  readonly seed: Scalars['String']['output'];
};

export type PlannedArm = {
  readonly __typename?: 'PlannedArm';
  readonly arm: Scalars['String']['output'];
  readonly mixture: Scalars['ID']['output'];
  readonly displacement: Maybe<Scalars['String']['output']>;
};

export type PublishedCheckpointConnection = Answer & Connection & {
  readonly __typename?: 'PublishedCheckpointConnection';
  readonly nodes: ReadonlyArray<PublishedCheckpoint>;
  readonly pageInfo: PageInfo;
  readonly totalCount: Scalars['Count']['output'];
  readonly asOf: AsOf;
  readonly complete: Scalars['Boolean']['output'];
  readonly reason: Maybe<Scalars['String']['output']>;
  readonly lag: Scalars['Count']['output'];
  readonly evidence: ReadonlyArray<Scalars['Position']['output']>;
  readonly evidenceTotal: Scalars['Count']['output'];
};

export type PublishedCheckpoint = {
  readonly __typename?: 'PublishedCheckpoint';
  readonly origin: Scalars['String']['output'];
  readonly treeSize: Scalars['Count']['output'];
  readonly rootHash: Scalars['String']['output'];
  readonly note: Scalars['String']['output'];
  readonly time: Scalars['DateTime']['output'];
  readonly evidence: ReadonlyArray<Scalars['Position']['output']>;
};

export type AuditActionConnection = Answer & Connection & {
  readonly __typename?: 'AuditActionConnection';
  readonly nodes: ReadonlyArray<AuditAction>;
  readonly pageInfo: PageInfo;
  readonly totalCount: Scalars['Count']['output'];
  readonly asOf: AsOf;
  readonly complete: Scalars['Boolean']['output'];
  readonly reason: Maybe<Scalars['String']['output']>;
  readonly lag: Scalars['Count']['output'];
  readonly evidence: ReadonlyArray<Scalars['Position']['output']>;
  readonly evidenceTotal: Scalars['Count']['output'];
};

export const AuditActionKind = {
  KeyAdded: 'key_added',
  KeyRetired: 'key_retired',
  KeyCompromised: 'key_compromised',
  SubjectErased: 'subject_erased',
  LogScrubbed: 'log_scrubbed'
} as const;

export type AuditActionKind = typeof AuditActionKind[keyof typeof AuditActionKind];
export type AuditAction = {
  readonly __typename?: 'AuditAction';
  readonly action: AuditActionKind;
  readonly subject: Scalars['ID']['output'];
  readonly algorithm: Maybe<Scalars['String']['output']>;
  readonly publicKey: Maybe<Scalars['String']['output']>;
  readonly reason: Scalars['String']['output'];
  readonly actor: Scalars['String']['output'];
  readonly approvedBy: Maybe<Scalars['String']['output']>;
  readonly time: Scalars['DateTime']['output'];
  readonly evidence: ReadonlyArray<Scalars['Position']['output']>;
};

export type AsOf = {
  readonly __typename?: 'AsOf';
  readonly position: Scalars['Position']['output'];
  readonly time: Maybe<Scalars['DateTime']['output']>;
};

export type Answer = {
  readonly asOf: AsOf;
  readonly complete: Scalars['Boolean']['output'];
  readonly reason: Maybe<Scalars['String']['output']>;
  readonly lag: Scalars['Count']['output'];
  readonly evidence: ReadonlyArray<Scalars['Position']['output']>;
  readonly evidenceTotal: Scalars['Count']['output'];
};

export type Connection = {
  readonly pageInfo: PageInfo;
  readonly totalCount: Scalars['Count']['output'];
};

export type PageInfo = {
  readonly __typename?: 'PageInfo';
  readonly hasNextPage: Scalars['Boolean']['output'];
  readonly endCursor: Maybe<Scalars['String']['output']>;
};

export const Method = {
  Measured: 'measured',
  Reported: 'reported',
  Declared: 'declared',
  Inferred: 'inferred',
  Sampled: 'sampled'
} as const;

export type Method = typeof Method[keyof typeof Method];
export type Warning = {
  readonly __typename?: 'Warning';
  readonly code: Scalars['String']['output'];
  readonly text: Scalars['String']['output'];
};

export type Query = {
  readonly __typename?: 'Query';
  readonly status: Status;
  readonly event: Maybe<RecordedEvent>;
  readonly aliases: AliasConnection;
  readonly shardAliases: Maybe<ShardAliases>;
  readonly experiments: ExperimentConnection;
  readonly attribution: AttributionAnswer;
  readonly prediction: PredictionAnswer;
  readonly design: DesignAnswer;
  readonly publishedCheckpoints: PublishedCheckpointConnection;
  readonly auditActions: AuditActionConnection;
  readonly contamination: Maybe<Contamination>;
  readonly trainingContentSummary: Maybe<TrainingContentSummary>;
  readonly shards: ShardConnection;
  readonly shardImpact: Maybe<ShardImpact>;
  readonly retractionImpact: Maybe<RetractionImpact>;
  readonly snapshots: SnapshotConnection;
  readonly snapshotContents: Maybe<SnapshotContents>;
  readonly pipeline: Maybe<Pipeline>;
  readonly attributeValues: AttributeValueConnection;
  readonly normaliser: Maybe<Normaliser>;
  readonly deadLetters: DeadLetterConnection;
  readonly deadLetter: Maybe<DeadLetter>;
  readonly entities: Maybe<EntityConnection>;
  readonly search: SearchConnection;
  readonly entity: Maybe<EntityReport>;
  readonly scores: Maybe<ScoreConnection>;
  readonly scoreComparison: Maybe<ScoreComparison>;
  readonly eventById: Maybe<RecordedEvent>;
  readonly imports: ImportConnection;
  readonly importContents: Maybe<ImportContents>;
  readonly influences: Maybe<InfluenceConnection>;
  readonly questions: QuestionConnection;
  readonly givenAnswers: Maybe<GivenAnswerConnection>;
  readonly answer: Maybe<KeptAnswer>;
  readonly answers: KeptAnswerConnection;
  readonly predictedAgainstFound: Maybe<PredictedAgainstFound>;
  readonly testFamilies: TestFamilyConnection;
  readonly recordedTests: Maybe<RecordedTestConnection>;
  readonly lineage: Maybe<Lineage>;
  readonly lineagePath: Maybe<LineagePath>;
  readonly lineagePaths: Maybe<LineagePaths>;
  readonly lineageSummary: LineageSummary;
  readonly lineageNode: Maybe<LineageNode>;
  readonly openLineageRun: Maybe<OpenLineageRun>;
  readonly mixture: Maybe<Mixture>;
  readonly mixtureDrift: Maybe<MixtureDrift>;
  readonly plannedExposure: Maybe<PlannedExposure>;
  readonly decisionAccuracy: DecisionAccuracyAnswer;
  readonly routingLoads: Maybe<RoutingLoadConnection>;
  readonly projects: ProjectConnection;
  readonly trackedRun: Maybe<TrackedRun>;
  readonly metricHistory: Maybe<MetricHistory>;
  readonly runs: Maybe<RunConnection>;
  readonly run: Maybe<Run>;
  readonly exposure: Maybe<Exposure>;
  readonly exposureDifference: Maybe<ExposureDifference>;
  readonly exposureGroups: Maybe<ExposureGroups>;
  readonly lossSpikes: Maybe<LossSpikes>;
  readonly batch: Maybe<Batch>;
  readonly metrics: Maybe<RunMetrics>;
  readonly curve: Maybe<Curve>;
  readonly runReport: Maybe<RunReport>;
};


export type QueryEventArgs = {
  position: Scalars['Position']['input'];
};


export type QueryAliasesArgs = {
  address?: InputMaybe<Scalars['ID']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  asOf?: InputMaybe<Scalars['Position']['input']>;
};


export type QueryShardAliasesArgs = {
  shard: Scalars['ID']['input'];
  asOf?: InputMaybe<Scalars['Position']['input']>;
};


export type QueryExperimentsArgs = {
  origin?: InputMaybe<ExperimentOrigin>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  asOf?: InputMaybe<Scalars['Position']['input']>;
};


export type QueryAttributionArgs = {
  capabilities?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  slices?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  displacement?: InputMaybe<Scalars['String']['input']>;
  experiment?: InputMaybe<Scalars['ID']['input']>;
  negativeControlOutcomes?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  by?: InputMaybe<MeasuredSlices>;
  family?: InputMaybe<Scalars['ID']['input']>;
  asOf?: InputMaybe<Scalars['Position']['input']>;
};


export type QueryPredictionArgs = {
  experiment: Scalars['ID']['input'];
  mixtures: ReadonlyArray<MixtureInput>;
  by?: InputMaybe<MeasuredSlices>;
  model?: InputMaybe<Scalars['String']['input']>;
  asOf?: InputMaybe<Scalars['Position']['input']>;
};


export type QueryDesignArgs = {
  capability: Scalars['String']['input'];
  slice: Scalars['String']['input'];
  displacement?: InputMaybe<Scalars['String']['input']>;
  experiment?: InputMaybe<Scalars['ID']['input']>;
  effect?: InputMaybe<Scalars['Float']['input']>;
  runs?: InputMaybe<Scalars['Count']['input']>;
  power?: InputMaybe<Scalars['Float']['input']>;
  level?: InputMaybe<Scalars['Float']['input']>;
  asOf?: InputMaybe<Scalars['Position']['input']>;
};


export type QueryPublishedCheckpointsArgs = {
  origin?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  asOf?: InputMaybe<Scalars['Position']['input']>;
};


export type QueryAuditActionsArgs = {
  subject?: InputMaybe<Scalars['ID']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  asOf?: InputMaybe<Scalars['Position']['input']>;
};


export type QueryContaminationArgs = {
  benchmark: Scalars['String']['input'];
  run: Scalars['ID']['input'];
  version?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  asOf?: InputMaybe<Scalars['Position']['input']>;
};


export type QueryTrainingContentSummaryArgs = {
  run: Scalars['ID']['input'];
  checkpoint?: InputMaybe<Scalars['ID']['input']>;
  asOf?: InputMaybe<Scalars['Position']['input']>;
};


export type QueryShardsArgs = {
  slice?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  asOf?: InputMaybe<Scalars['Position']['input']>;
};


export type QueryShardImpactArgs = {
  shard: Scalars['ID']['input'];
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  asOf?: InputMaybe<Scalars['Position']['input']>;
};


export type QueryRetractionImpactArgs = {
  target: RetractionTarget;
  id: Scalars['ID']['input'];
  maxNodes?: InputMaybe<Scalars['Int']['input']>;
  asOf?: InputMaybe<Scalars['Position']['input']>;
};


export type QuerySnapshotsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  asOf?: InputMaybe<Scalars['Position']['input']>;
};


export type QuerySnapshotContentsArgs = {
  snapshot: Scalars['ID']['input'];
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  asOf?: InputMaybe<Scalars['Position']['input']>;
};


export type QueryPipelineArgs = {
  id: Scalars['ID']['input'];
  asOf?: InputMaybe<Scalars['Position']['input']>;
};


export type QueryAttributeValuesArgs = {
  attribute: Scalars['String']['input'];
  subjectKind?: InputMaybe<SubjectKind>;
  ref?: InputMaybe<Scalars['ID']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  asOf?: InputMaybe<Scalars['Position']['input']>;
};


export type QueryNormaliserArgs = {
  id: Scalars['ID']['input'];
  asOf?: InputMaybe<Scalars['Position']['input']>;
};


export type QueryDeadLettersArgs = {
  state?: InputMaybe<DeadLetterState>;
  code?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};


export type QueryDeadLetterArgs = {
  id: Scalars['ID']['input'];
};


export type QueryEntitiesArgs = {
  kind: EntityKind;
  contains?: InputMaybe<Scalars['String']['input']>;
  neighbour?: InputMaybe<Scalars['ID']['input']>;
  status?: InputMaybe<RunStatus>;
  model?: InputMaybe<Scalars['String']['input']>;
  sort?: InputMaybe<EntitySort>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  asOf?: InputMaybe<Scalars['Position']['input']>;
};


export type QuerySearchArgs = {
  text: Scalars['String']['input'];
  kinds?: InputMaybe<ReadonlyArray<EntityKind>>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  asOf?: InputMaybe<Scalars['Position']['input']>;
};


export type QueryEntityArgs = {
  id: Scalars['ID']['input'];
  asOf?: InputMaybe<Scalars['Position']['input']>;
};


export type QueryScoresArgs = {
  run?: InputMaybe<Scalars['ID']['input']>;
  experiment?: InputMaybe<Scalars['ID']['input']>;
  capability?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  asOf?: InputMaybe<Scalars['Position']['input']>;
};


export type QueryScoreComparisonArgs = {
  run: Scalars['ID']['input'];
  otherRun: Scalars['ID']['input'];
  capability?: InputMaybe<Scalars['String']['input']>;
  benchmark?: InputMaybe<Scalars['String']['input']>;
  asOf?: InputMaybe<Scalars['Position']['input']>;
};


export type QueryEventByIdArgs = {
  source: Scalars['String']['input'];
  id: Scalars['ID']['input'];
};


export type QueryImportsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  asOf?: InputMaybe<Scalars['Position']['input']>;
};


export type QueryImportContentsArgs = {
  import: Scalars['ID']['input'];
  asOf?: InputMaybe<Scalars['Position']['input']>;
};


export type QueryInfluencesArgs = {
  checkpoint: Scalars['ID']['input'];
  estimator?: InputMaybe<Scalars['String']['input']>;
  benchmark?: InputMaybe<Scalars['String']['input']>;
  item?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  asOf?: InputMaybe<Scalars['Position']['input']>;
};


export type QueryQuestionsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  asOf?: InputMaybe<Scalars['Position']['input']>;
};


export type QueryGivenAnswersArgs = {
  question: Scalars['ID']['input'];
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  asOf?: InputMaybe<Scalars['Position']['input']>;
};


export type QueryAnswerArgs = {
  id: Scalars['ID']['input'];
  asOf?: InputMaybe<Scalars['Position']['input']>;
};


export type QueryAnswersArgs = {
  experiment?: InputMaybe<Scalars['ID']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  asOf?: InputMaybe<Scalars['Position']['input']>;
};


export type QueryPredictedAgainstFoundArgs = {
  mixture: Scalars['ID']['input'];
  asOf?: InputMaybe<Scalars['Position']['input']>;
};


export type QueryTestFamiliesArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  asOf?: InputMaybe<Scalars['Position']['input']>;
};


export type QueryRecordedTestsArgs = {
  family: Scalars['ID']['input'];
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  asOf?: InputMaybe<Scalars['Position']['input']>;
};


export type QueryLineageArgs = {
  node: Scalars['ID']['input'];
  direction?: InputMaybe<LineageDirection>;
  depth?: InputMaybe<Scalars['Int']['input']>;
  maxNodes?: InputMaybe<Scalars['Int']['input']>;
  maxNeighbours?: InputMaybe<Scalars['Int']['input']>;
  kinds?: InputMaybe<ReadonlyArray<LineageKind>>;
  asOf?: InputMaybe<Scalars['Position']['input']>;
};


export type QueryLineagePathArgs = {
  from: Scalars['ID']['input'];
  to: Scalars['ID']['input'];
  depth?: InputMaybe<Scalars['Int']['input']>;
  maxNodes?: InputMaybe<Scalars['Int']['input']>;
  kinds?: InputMaybe<ReadonlyArray<LineageKind>>;
  asOf?: InputMaybe<Scalars['Position']['input']>;
};


export type QueryLineagePathsArgs = {
  from: Scalars['ID']['input'];
  to: Scalars['ID']['input'];
  depth?: InputMaybe<Scalars['Int']['input']>;
  maxNodes?: InputMaybe<Scalars['Int']['input']>;
  maxPaths?: InputMaybe<Scalars['Int']['input']>;
  kinds?: InputMaybe<ReadonlyArray<LineageKind>>;
  asOf?: InputMaybe<Scalars['Position']['input']>;
};


export type QueryLineageSummaryArgs = {
  kinds?: InputMaybe<ReadonlyArray<LineageKind>>;
  asOf?: InputMaybe<Scalars['Position']['input']>;
};


export type QueryLineageNodeArgs = {
  id: Scalars['ID']['input'];
  asOf?: InputMaybe<Scalars['Position']['input']>;
};


export type QueryOpenLineageRunArgs = {
  id: Scalars['ID']['input'];
  asOf?: InputMaybe<Scalars['Position']['input']>;
};


export type QueryMixtureArgs = {
  id: Scalars['ID']['input'];
  asOf?: InputMaybe<Scalars['Position']['input']>;
};


export type QueryMixtureDriftArgs = {
  run: Scalars['ID']['input'];
  by?: InputMaybe<DriftBy>;
  windows?: InputMaybe<Scalars['Int']['input']>;
  every?: InputMaybe<Scalars['Int']['input']>;
  tolerance?: InputMaybe<Scalars['Float']['input']>;
  asOf?: InputMaybe<Scalars['Position']['input']>;
};


export type QueryPlannedExposureArgs = {
  mixture: Scalars['ID']['input'];
  tokens: Scalars['Count']['input'];
  steps?: InputMaybe<Scalars['Int']['input']>;
  by?: InputMaybe<PlannedBy>;
  maxEpochs?: InputMaybe<Scalars['Float']['input']>;
  asOf?: InputMaybe<Scalars['Position']['input']>;
};


export type QueryDecisionAccuracyArgs = {
  capability: Scalars['String']['input'];
  benchmark?: InputMaybe<Scalars['String']['input']>;
  metric?: InputMaybe<Scalars['String']['input']>;
  proxy?: InputMaybe<OutcomeInput>;
  small: ScaleInput;
  target: ScaleInput;
  asOf?: InputMaybe<Scalars['Position']['input']>;
};


export type QueryRoutingLoadsArgs = {
  checkpoint: Scalars['ID']['input'];
  probeSet?: InputMaybe<Scalars['String']['input']>;
  domain?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  asOf?: InputMaybe<Scalars['Position']['input']>;
};


export type QueryProjectsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  asOf?: InputMaybe<Scalars['Position']['input']>;
};


export type QueryTrackedRunArgs = {
  id: Scalars['ID']['input'];
  asOf?: InputMaybe<Scalars['Position']['input']>;
};


export type QueryMetricHistoryArgs = {
  run: Scalars['ID']['input'];
  key: Scalars['String']['input'];
  origin?: InputMaybe<MetricOrigin>;
  fromStep?: InputMaybe<Scalars['Float']['input']>;
  toStep?: InputMaybe<Scalars['Float']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  asOf?: InputMaybe<Scalars['Position']['input']>;
};


export type QueryRunsArgs = {
  experiment?: InputMaybe<Scalars['ID']['input']>;
  prefix?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  asOf?: InputMaybe<Scalars['Position']['input']>;
};


export type QueryRunArgs = {
  id: Scalars['ID']['input'];
  asOf?: InputMaybe<Scalars['Position']['input']>;
};


export type QueryExposureArgs = {
  run: Scalars['ID']['input'];
  step?: InputMaybe<Scalars['Int']['input']>;
  checkpoint?: InputMaybe<Scalars['ID']['input']>;
  inherited?: InputMaybe<Scalars['Boolean']['input']>;
  by?: InputMaybe<ExposureBy>;
  attribute?: InputMaybe<Scalars['String']['input']>;
  asOf?: InputMaybe<Scalars['Position']['input']>;
};


export type QueryExposureDifferenceArgs = {
  run: Scalars['ID']['input'];
  step?: InputMaybe<Scalars['Int']['input']>;
  checkpoint?: InputMaybe<Scalars['ID']['input']>;
  otherRun: Scalars['ID']['input'];
  otherStep?: InputMaybe<Scalars['Int']['input']>;
  otherCheckpoint?: InputMaybe<Scalars['ID']['input']>;
  inherited?: InputMaybe<Scalars['Boolean']['input']>;
  by?: InputMaybe<ExposureBy>;
  attribute?: InputMaybe<Scalars['String']['input']>;
  asOf?: InputMaybe<Scalars['Position']['input']>;
};


export type QueryExposureGroupsArgs = {
  runs?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  experiment?: InputMaybe<Scalars['ID']['input']>;
  by?: ReadonlyArray<ExposureGrouping>;
  attribute?: InputMaybe<Scalars['String']['input']>;
  windows?: InputMaybe<Scalars['Int']['input']>;
  every?: InputMaybe<Scalars['Int']['input']>;
  fromStep?: InputMaybe<Scalars['Int']['input']>;
  toStep?: InputMaybe<Scalars['Int']['input']>;
  domains?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  slices?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  shards?: InputMaybe<ReadonlyArray<Scalars['ID']['input']>>;
  sources?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  licences?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  values?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  first?: InputMaybe<Scalars['Int']['input']>;
  asOf?: InputMaybe<Scalars['Position']['input']>;
};


export type QueryLossSpikesArgs = {
  run: Scalars['ID']['input'];
  threshold?: InputMaybe<Scalars['Float']['input']>;
  by?: InputMaybe<ExposureBy>;
  attribute?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  asOf?: InputMaybe<Scalars['Position']['input']>;
};


export type QueryBatchArgs = {
  run: Scalars['ID']['input'];
  step: Scalars['Int']['input'];
  attempt?: InputMaybe<Scalars['Int']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  asOf?: InputMaybe<Scalars['Position']['input']>;
};


export type QueryMetricsArgs = {
  run: Scalars['ID']['input'];
  attempt?: InputMaybe<Scalars['Int']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  asOf?: InputMaybe<Scalars['Position']['input']>;
};


export type QueryCurveArgs = {
  run: Scalars['ID']['input'];
  metric?: InputMaybe<Scalars['Metric']['input']>;
  origin?: InputMaybe<MetricOrigin>;
  fromStep?: InputMaybe<Scalars['Float']['input']>;
  toStep?: InputMaybe<Scalars['Float']['input']>;
  buckets?: InputMaybe<Buckets>;
  asOf?: InputMaybe<Scalars['Position']['input']>;
};


export type QueryRunReportArgs = {
  run: Scalars['ID']['input'];
  asOf?: InputMaybe<Scalars['Position']['input']>;
};

export type Mutation = {
  readonly __typename?: 'Mutation';
  readonly rebuild: Rebuild;
  readonly declareAlias: AliasOutcome;
  readonly withdrawAlias: AliasOutcome;
  readonly retract: RetractOutcome;
  readonly replayDeadLetter: DeadLetter;
  readonly discardDeadLetter: DeadLetter;
  readonly withdrawImport: WithdrawImportOutcome;
  readonly keepAnswer: KeepOutcome;
  readonly decideMixture: MixtureOutcome;
  readonly approveMixture: MixtureOutcome;
  readonly supersedeMixture: MixtureOutcome;
};


export type MutationRebuildArgs = {
  verify?: Scalars['Boolean']['input'];
  acceptMissing?: Scalars['Boolean']['input'];
};


export type MutationDeclareAliasArgs = {
  kind?: AliasKind;
  address: Scalars['ID']['input'];
  other: Scalars['ID']['input'];
  reason: Scalars['String']['input'];
  actor?: InputMaybe<Scalars['String']['input']>;
};


export type MutationWithdrawAliasArgs = {
  kind?: AliasKind;
  address: Scalars['ID']['input'];
  other: Scalars['ID']['input'];
  reason: Scalars['String']['input'];
  actor?: InputMaybe<Scalars['String']['input']>;
};


export type MutationRetractArgs = {
  target: RetractionTarget;
  id: Scalars['ID']['input'];
  reason: Scalars['String']['input'];
  actor?: InputMaybe<Scalars['String']['input']>;
};


export type MutationReplayDeadLetterArgs = {
  id: Scalars['ID']['input'];
  fixedText?: InputMaybe<Scalars['String']['input']>;
  actor?: InputMaybe<Scalars['String']['input']>;
};


export type MutationDiscardDeadLetterArgs = {
  id: Scalars['ID']['input'];
  reason: Scalars['String']['input'];
  actor?: InputMaybe<Scalars['String']['input']>;
};


export type MutationWithdrawImportArgs = {
  id: Scalars['ID']['input'];
  reason: Scalars['String']['input'];
  actor?: InputMaybe<Scalars['String']['input']>;
};


export type MutationKeepAnswerArgs = {
  capabilities?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  slices?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  displacement?: InputMaybe<Scalars['String']['input']>;
  experiment?: InputMaybe<Scalars['ID']['input']>;
  negativeControlOutcomes?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  by?: InputMaybe<MeasuredSlices>;
  family?: InputMaybe<Scalars['ID']['input']>;
  asOf?: InputMaybe<Scalars['Position']['input']>;
};


export type MutationDecideMixtureArgs = {
  plan: MixturePlan;
  replace?: InputMaybe<Scalars['Boolean']['input']>;
};


export type MutationApproveMixtureArgs = {
  id: Scalars['ID']['input'];
  approvedBy?: InputMaybe<Scalars['String']['input']>;
  note?: InputMaybe<Scalars['String']['input']>;
};


export type MutationSupersedeMixtureArgs = {
  id: Scalars['ID']['input'];
  supersededBy: Scalars['ID']['input'];
  reason: Scalars['String']['input'];
  actor?: InputMaybe<Scalars['String']['input']>;
};

export type Status = {
  readonly __typename?: 'Status';
  readonly version: Scalars['String']['output'];
  readonly directory: Scalars['String']['output'];
  readonly log: AsOf;
  readonly projected: AsOf;
  readonly lag: Scalars['Count']['output'];
  readonly complete: Scalars['Boolean']['output'];
  readonly fault: Maybe<Scalars['String']['output']>;
  readonly counts: ReadonlyArray<TypeCount>;
  readonly unprojected: Scalars['Count']['output'];
  readonly deadLetters: DeadLetterCounts;
  readonly readinessConditions: ReadonlyArray<ReadinessCondition>;
};

export type ReadinessCondition = {
  readonly __typename?: 'ReadinessCondition';
  readonly code: Scalars['String']['output'];
  readonly detail: Scalars['String']['output'];
};

export type TypeCount = {
  readonly __typename?: 'TypeCount';
  readonly type: Scalars['String']['output'];
  readonly count: Scalars['Count']['output'];
};

export type RecordedEvent = {
  readonly __typename?: 'RecordedEvent';
  readonly position: Scalars['Position']['output'];
  readonly source: Scalars['String']['output'];
  readonly id: Scalars['String']['output'];
  readonly type: Scalars['String']['output'];
  readonly stream: Scalars['String']['output'];
  readonly streamSequence: Scalars['Count']['output'];
  readonly recordTime: Scalars['DateTime']['output'];
  readonly hash: Scalars['String']['output'];
  readonly json: Scalars['String']['output'];
};

export type Rebuild = {
  readonly __typename?: 'Rebuild';
  readonly position: Scalars['Position']['output'];
  readonly equal: Scalars['Boolean']['output'];
  readonly exchanged: Scalars['Boolean']['output'];
  readonly divergence: Maybe<TableDivergence>;
  readonly tables: ReadonlyArray<RebuiltTable>;
};

export type TableDivergence = {
  readonly __typename?: 'TableDivergence';
  readonly table: Scalars['String']['output'];
  readonly position: Maybe<Scalars['Position']['output']>;
  readonly type: Maybe<Scalars['String']['output']>;
  readonly key: Maybe<Scalars['String']['output']>;
  readonly before: ReadonlyArray<Scalars['String']['output']>;
  readonly after: ReadonlyArray<Scalars['String']['output']>;
};

export type RebuiltTable = {
  readonly __typename?: 'RebuiltTable';
  readonly table: Scalars['String']['output'];
  readonly rowsBefore: Scalars['Count']['output'];
  readonly rowsAfter: Scalars['Count']['output'];
  readonly checksumBefore: Scalars['String']['output'];
  readonly checksumAfter: Scalars['String']['output'];
  readonly equal: Scalars['Boolean']['output'];
};

export const SearchOutcome = {
  Found: 'found',
  NothingFound: 'nothing_found',
  NothingFoundInPart: 'nothing_found_in_part',
  NotSearched: 'not_searched'
} as const;

export type SearchOutcome = typeof SearchOutcome[keyof typeof SearchOutcome];
export const SeenBefore = {
  NotYet: 'not_yet',
  Partly: 'partly',
  Wholly: 'wholly'
} as const;

export type SeenBefore = typeof SeenBefore[keyof typeof SeenBefore];
export const ContaminationSearchKind = {
  Ngram: 'ngram',
  Exact: 'exact',
  Embedding: 'embedding',
  Canary: 'canary',
  Other: 'other'
} as const;

export type ContaminationSearchKind = typeof ContaminationSearchKind[keyof typeof ContaminationSearchKind];
export const GramOf = {
  Words: 'words',
  Tokens: 'tokens',
  Characters: 'characters'
} as const;

export type GramOf = typeof GramOf[keyof typeof GramOf];
export type Contamination = Answer & Connection & {
  readonly __typename?: 'Contamination';
  readonly benchmark: Scalars['String']['output'];
  readonly version: Maybe<Scalars['String']['output']>;
  readonly run: Scalars['ID']['output'];
  readonly consumed: ReadonlyArray<SearchedAmount>;
  readonly shards: SearchedShards;
  readonly checkpoints: ReadonlyArray<CheckpointContamination>;
  readonly checkpointsTotal: Scalars['Count']['output'];
  readonly nodes: ReadonlyArray<ShardContamination>;
  readonly pageInfo: PageInfo;
  readonly totalCount: Scalars['Count']['output'];
  readonly asOf: AsOf;
  readonly complete: Scalars['Boolean']['output'];
  readonly reason: Maybe<Scalars['String']['output']>;
  readonly lag: Scalars['Count']['output'];
  readonly evidence: ReadonlyArray<Scalars['Position']['output']>;
  readonly evidenceTotal: Scalars['Count']['output'];
};

export type SearchedAmount = {
  readonly __typename?: 'SearchedAmount';
  readonly unit: ExposureUnit;
  readonly amount: Scalars['Float']['output'];
  readonly found: Scalars['Float']['output'];
  readonly nothingFound: Scalars['Float']['output'];
  readonly nothingFoundInPart: Scalars['Float']['output'];
  readonly notSearched: Scalars['Float']['output'];
  readonly shardUnknown: Scalars['Float']['output'];
};

export type SearchedShards = {
  readonly __typename?: 'SearchedShards';
  readonly found: Scalars['Count']['output'];
  readonly nothingFound: Scalars['Count']['output'];
  readonly nothingFoundInPart: Scalars['Count']['output'];
  readonly notSearched: Scalars['Count']['output'];
};

export type CheckpointContamination = {
  readonly __typename?: 'CheckpointContamination';
  readonly id: Maybe<Scalars['ID']['output']>;
  readonly saved: Scalars['Boolean']['output'];
  readonly step: Scalars['Count']['output'];
  readonly attempt: Maybe<Scalars['Count']['output']>;
  readonly tokens: Maybe<Scalars['Count']['output']>;
  readonly counts: Scalars['Boolean']['output'];
  readonly notYet: Scalars['Count']['output'];
  readonly partly: Scalars['Count']['output'];
  readonly wholly: Scalars['Count']['output'];
  readonly scores: ReadonlyArray<Score>;
};

export type ShardContamination = {
  readonly __typename?: 'ShardContamination';
  readonly shard: Scalars['ID']['output'];
  readonly same: ReadonlyArray<Scalars['ID']['output']>;
  readonly outcome: SearchOutcome;
  readonly consumed: ReadonlyArray<ShardConsumption>;
  readonly firstStep: Maybe<Scalars['Count']['output']>;
  readonly lastStep: Maybe<Scalars['Count']['output']>;
  readonly atCheckpoints: ReadonlyArray<SeenBefore>;
  readonly searches: ReadonlyArray<ContaminationSearch>;
};

export type ContaminationSearch = {
  readonly __typename?: 'ContaminationSearch';
  readonly shard: Scalars['ID']['output'];
  readonly version: Maybe<Scalars['String']['output']>;
  readonly itemsDigest: Scalars['String']['output'];
  readonly itemFields: Maybe<ReadonlyArray<Scalars['String']['output']>>;
  readonly kind: ContaminationSearchKind;
  readonly n: Maybe<Scalars['Count']['output']>;
  readonly of: Maybe<GramOf>;
  readonly threshold: Maybe<Scalars['Float']['output']>;
  readonly field: Maybe<Scalars['String']['output']>;
  readonly instrument: Scalars['String']['output'];
  readonly instrumentVersion: Maybe<Scalars['String']['output']>;
  readonly method: Method;
  readonly whole: Scalars['Boolean']['output'];
  readonly itemsCompared: Scalars['Count']['output'];
  readonly itemsSkipped: Maybe<Scalars['Count']['output']>;
  readonly itemsMatched: Scalars['Count']['output'];
  readonly items: ReadonlyArray<MatchedItem>;
  readonly documentsCompared: Maybe<Scalars['Count']['output']>;
  readonly documentsMatched: Maybe<Scalars['Count']['output']>;
  readonly documents: ReadonlyArray<Scalars['String']['output']>;
  readonly evidence: Scalars['Position']['output'];
};

export type MatchedItem = {
  readonly __typename?: 'MatchedItem';
  readonly id: Scalars['String']['output'];
  readonly share: Maybe<Scalars['Float']['output']>;
};

export type TrainingContentSummary = Answer & {
  readonly __typename?: 'TrainingContentSummary';
  readonly run: Scalars['ID']['output'];
  readonly checkpoint: Maybe<Scalars['ID']['output']>;
  readonly step: Maybe<Scalars['Count']['output']>;
  readonly totals: ReadonlyArray<ExposureTotal>;
  readonly prorated: Scalars['Count']['output'];
  readonly fields: ReadonlyArray<SummaryField>;
  readonly openQuestions: ReadonlyArray<OpenQuestion>;
  readonly asOf: AsOf;
  readonly complete: Scalars['Boolean']['output'];
  readonly reason: Maybe<Scalars['String']['output']>;
  readonly lag: Scalars['Count']['output'];
  readonly evidence: ReadonlyArray<Scalars['Position']['output']>;
  readonly evidenceTotal: Scalars['Count']['output'];
};

export const SummaryFieldName = {
  Provider: 'provider',
  Representative: 'representative',
  ModelName: 'modelName',
  ModelDependencies: 'modelDependencies',
  PlacementDate: 'placementDate',
  Modalities: 'modalities',
  Size: 'size',
  ContentTypes: 'contentTypes',
  LatestAcquisition: 'latestAcquisition',
  ContinuousTraining: 'continuousTraining',
  Languages: 'languages',
  DataSources: 'dataSources',
  Acquisition: 'acquisition',
  Licences: 'licences',
  PublicDatasets: 'publicDatasets',
  LicensedData: 'licensedData',
  ThirdPartyData: 'thirdPartyData',
  Crawlers: 'crawlers',
  CrawlerBehaviour: 'crawlerBehaviour',
  CrawlPeriod: 'crawlPeriod',
  CrawledDomains: 'crawledDomains',
  UserData: 'userData',
  SyntheticData: 'syntheticData',
  OtherData: 'otherData',
  RightsReservation: 'rightsReservation',
  IllegalContent: 'illegalContent',
  RetractedContent: 'retractedContent',
  Mixture: 'mixture'
} as const;

export type SummaryFieldName = typeof SummaryFieldName[keyof typeof SummaryFieldName];
export const SummaryAnswer = {
  Answered: 'answered',
  Partly: 'partly',
  NoFact: 'no_fact',
  NotAsked: 'not_asked'
} as const;

export type SummaryAnswer = typeof SummaryAnswer[keyof typeof SummaryAnswer];
export type SummaryField = {
  readonly __typename?: 'SummaryField';
  readonly name: SummaryFieldName;
  readonly section: Scalars['String']['output'];
  readonly title: Scalars['String']['output'];
  readonly answer: SummaryAnswer;
  readonly statements: ReadonlyArray<SummaryStatement>;
  readonly statementsTotal: Scalars['Count']['output'];
  readonly omitted: ReadonlyArray<ExposureTotal>;
};

export type SummaryStatement = {
  readonly __typename?: 'SummaryStatement';
  readonly text: Maybe<Scalars['String']['output']>;
  readonly link: Maybe<Scalars['String']['output']>;
  readonly unit: Maybe<ExposureUnit>;
  readonly tokens: Maybe<Scalars['Count']['output']>;
  readonly amount: Maybe<Scalars['Float']['output']>;
  readonly inherited: Maybe<Scalars['Float']['output']>;
  readonly share: Maybe<Scalars['Float']['output']>;
  readonly range: Maybe<TrainingDataRange>;
  readonly isLarge: Maybe<Scalars['Boolean']['output']>;
  readonly method: Method;
  readonly evidence: ReadonlyArray<Scalars['Position']['output']>;
  readonly evidenceTotal: Scalars['Count']['output'];
};

export const TrainingDataRange = {
  Below_1Billion: 'below_1_billion',
  From_1BillionTo_10Trillion: 'from_1_billion_to_10_trillion',
  Above_10Trillion: 'above_10_trillion'
} as const;

export type TrainingDataRange = typeof TrainingDataRange[keyof typeof TrainingDataRange];
export type OpenQuestion = {
  readonly __typename?: 'OpenQuestion';
  readonly field: SummaryFieldName;
  readonly section: Scalars['String']['output'];
  readonly title: Scalars['String']['output'];
  readonly unknown: ReadonlyArray<ExposureTotal>;
  readonly fact: Scalars['String']['output'];
  readonly member: Scalars['String']['output'];
  readonly advice: Scalars['String']['output'];
};

export type CountedNumber = {
  readonly __typename?: 'CountedNumber';
  readonly value: Scalars['Count']['output'];
  readonly method: Method;
};

export type ShardConnection = Answer & Connection & {
  readonly __typename?: 'ShardConnection';
  readonly nodes: ReadonlyArray<Shard>;
  readonly pageInfo: PageInfo;
  readonly totalCount: Scalars['Count']['output'];
  readonly asOf: AsOf;
  readonly complete: Scalars['Boolean']['output'];
  readonly reason: Maybe<Scalars['String']['output']>;
  readonly lag: Scalars['Count']['output'];
  readonly evidence: ReadonlyArray<Scalars['Position']['output']>;
  readonly evidenceTotal: Scalars['Count']['output'];
};

export type Shard = {
  readonly __typename?: 'Shard';
  readonly id: Scalars['ID']['output'];
  readonly slice: Scalars['String']['output'];
  readonly split: Split;
  readonly uri: Scalars['String']['output'];
  readonly digest: Maybe<Scalars['String']['output']>;
  readonly bytes: Maybe<CountedNumber>;
  readonly documents: Maybe<CountedNumber>;
  readonly tokens: Maybe<CountedNumber>;
  readonly tokenizer: Maybe<Scalars['String']['output']>;
  readonly licence: Maybe<Scalars['String']['output']>;
  readonly origin: Maybe<ShardOrigin>;
  readonly retraction: Maybe<Retraction>;
  readonly evidence: ReadonlyArray<Scalars['Position']['output']>;
};

export const Split = {
  Train: 'train',
  HeldOut: 'held_out',
  Unknown: 'unknown'
} as const;

export type Split = typeof Split[keyof typeof Split];
export const TimeZone = {
  Utc: 'utc',
  Unknown: 'unknown'
} as const;

export type TimeZone = typeof TimeZone[keyof typeof TimeZone];
export const SourceKind = {
  Snapshot: 'snapshot',
  Shard: 'shard',
  Uri: 'uri',
  Name: 'name',
  Unknown: 'unknown'
} as const;

export type SourceKind = typeof SourceKind[keyof typeof SourceKind];
export const PipelineStepKind = {
  Read: 'read',
  Filter: 'filter',
  Deduplicate: 'deduplicate',
  Tag: 'tag',
  Mix: 'mix',
  Sample: 'sample',
  Tokenize: 'tokenize',
  Write: 'write',
  Other: 'other'
} as const;

export type PipelineStepKind = typeof PipelineStepKind[keyof typeof PipelineStepKind];
export const SubjectKind = {
  Shard: 'shard',
  Snapshot: 'snapshot',
  Document: 'document',
  Slice: 'slice'
} as const;

export type SubjectKind = typeof SubjectKind[keyof typeof SubjectKind];
export type ShardOrigin = {
  readonly __typename?: 'ShardOrigin';
  readonly registry: Scalars['String']['output'];
  readonly package: Scalars['String']['output'];
  readonly version: Scalars['String']['output'];
  readonly path: Maybe<Scalars['String']['output']>;
};

export type Retraction = {
  readonly __typename?: 'Retraction';
  readonly reason: Scalars['String']['output'];
  readonly actor: Scalars['String']['output'];
};

export type ShardImpact = Answer & Connection & {
  readonly __typename?: 'ShardImpact';
  readonly id: Scalars['ID']['output'];
  readonly shard: Maybe<Shard>;
  readonly same: ReadonlyArray<SameShard>;
  readonly snapshots: ReadonlyArray<HoldingSnapshot>;
  readonly nodes: ReadonlyArray<ReachedRun>;
  readonly pageInfo: PageInfo;
  readonly totalCount: Scalars['Count']['output'];
  readonly asOf: AsOf;
  readonly complete: Scalars['Boolean']['output'];
  readonly reason: Maybe<Scalars['String']['output']>;
  readonly lag: Scalars['Count']['output'];
  readonly evidence: ReadonlyArray<Scalars['Position']['output']>;
  readonly evidenceTotal: Scalars['Count']['output'];
};

export const RetractionTarget = {
  Shard: 'shard',
  Snapshot: 'snapshot',
  Source: 'source'
} as const;

export type RetractionTarget = typeof RetractionTarget[keyof typeof RetractionTarget];
export type RetractOutcome = Retracted | RetractRefused;

export type Retracted = {
  readonly __typename?: 'Retracted';
  readonly position: Scalars['Position']['output'];
  readonly isNew: Scalars['Boolean']['output'];
  readonly isKnown: Scalars['Boolean']['output'];
};

export type RetractRefused = {
  readonly __typename?: 'RetractRefused';
  readonly refusal: RetractRefusal;
  readonly text: Scalars['String']['output'];
};

export const RetractRefusal = {
  Invalid: 'invalid'
} as const;

export type RetractRefusal = typeof RetractRefusal[keyof typeof RetractRefusal];
export type RetractionImpact = Answer & {
  readonly __typename?: 'RetractionImpact';
  readonly target: RetractionTarget;
  readonly id: Scalars['ID']['output'];
  readonly retractions: ReadonlyArray<RecordedRetraction>;
  readonly registered: Scalars['Boolean']['output'];
  readonly shards: ReadonlyArray<Scalars['ID']['output']>;
  readonly same: ReadonlyArray<SameShard>;
  readonly unfollowed: ReadonlyArray<Unfollowed>;
  readonly runs: ReadonlyArray<StaleRun>;
  readonly checkpoints: ReadonlyArray<StaleCheckpoint>;
  readonly scores: ReadonlyArray<Scalars['ID']['output']>;
  readonly answers: ReadonlyArray<Scalars['ID']['output']>;
  readonly asOf: AsOf;
  readonly complete: Scalars['Boolean']['output'];
  readonly reason: Maybe<Scalars['String']['output']>;
  readonly lag: Scalars['Count']['output'];
  readonly evidence: ReadonlyArray<Scalars['Position']['output']>;
  readonly evidenceTotal: Scalars['Count']['output'];
};

export type RecordedRetraction = {
  readonly __typename?: 'RecordedRetraction';
  readonly id: Scalars['ID']['output'];
  readonly reason: Scalars['String']['output'];
  readonly actor: Scalars['String']['output'];
  readonly evidence: Scalars['Position']['output'];
};

export type StaleRun = {
  readonly __typename?: 'StaleRun';
  readonly id: Scalars['ID']['output'];
  readonly consumed: ReadonlyArray<StaleAmount>;
};

export type StaleCheckpoint = {
  readonly __typename?: 'StaleCheckpoint';
  readonly id: Scalars['ID']['output'];
  readonly run: Scalars['ID']['output'];
  readonly step: Maybe<Scalars['Count']['output']>;
  readonly consumed: ReadonlyArray<StaleAmount>;
};

export type StaleAmount = {
  readonly __typename?: 'StaleAmount';
  readonly unit: ExposureUnit;
  readonly amount: Scalars['Float']['output'];
  readonly total: Scalars['Float']['output'];
  readonly share: Scalars['Float']['output'];
};

export type HoldingSnapshot = {
  readonly __typename?: 'HoldingSnapshot';
  readonly id: Scalars['ID']['output'];
  readonly hops: Scalars['Count']['output'];
  readonly repeats: Scalars['Count']['output'];
  readonly evidence: ReadonlyArray<Scalars['Position']['output']>;
  readonly evidenceTotal: Scalars['Count']['output'];
};

export type ReachedRun = {
  readonly __typename?: 'ReachedRun';
  readonly run: Scalars['ID']['output'];
  readonly snapshots: ReadonlyArray<Scalars['ID']['output']>;
  readonly consumed: ReadonlyArray<ShardConsumption>;
  readonly evidence: ReadonlyArray<Scalars['Position']['output']>;
  readonly evidenceTotal: Scalars['Count']['output'];
};

export type ShardConsumption = {
  readonly __typename?: 'ShardConsumption';
  readonly unit: ExposureUnit;
  readonly amount: Scalars['Float']['output'];
  readonly tokens: Maybe<Scalars['Count']['output']>;
  readonly methods: ReadonlyArray<Method>;
  readonly firstStep: Scalars['Count']['output'];
  readonly lastStep: Scalars['Count']['output'];
};

export type SnapshotConnection = Answer & Connection & {
  readonly __typename?: 'SnapshotConnection';
  readonly nodes: ReadonlyArray<Snapshot>;
  readonly pageInfo: PageInfo;
  readonly totalCount: Scalars['Count']['output'];
  readonly asOf: AsOf;
  readonly complete: Scalars['Boolean']['output'];
  readonly reason: Maybe<Scalars['String']['output']>;
  readonly lag: Scalars['Count']['output'];
  readonly evidence: ReadonlyArray<Scalars['Position']['output']>;
  readonly evidenceTotal: Scalars['Count']['output'];
};

export type Snapshot = {
  readonly __typename?: 'Snapshot';
  readonly id: Scalars['ID']['output'];
  readonly name: Maybe<Scalars['String']['output']>;
  readonly version: Maybe<Scalars['String']['output']>;
  readonly description: Maybe<Scalars['String']['output']>;
  readonly uri: Maybe<Scalars['String']['output']>;
  readonly digest: Maybe<Scalars['String']['output']>;
  readonly licence: Maybe<Scalars['String']['output']>;
  readonly licenceStated: Maybe<Scalars['String']['output']>;
  readonly createdAt: Maybe<Scalars['String']['output']>;
  readonly createdAtZone: Maybe<TimeZone>;
  readonly bytes: Maybe<CountedNumber>;
  readonly documents: Maybe<CountedNumber>;
  readonly tokens: Maybe<CountedNumber>;
  readonly tokenizer: Maybe<Scalars['String']['output']>;
  readonly repository: Maybe<Scalars['String']['output']>;
  readonly revision: Maybe<Scalars['String']['output']>;
  readonly config: Maybe<Scalars['String']['output']>;
  readonly redacted: Scalars['Boolean']['output'];
  readonly members: Scalars['Count']['output'];
  readonly listed: Scalars['Count']['output'];
  readonly evidence: ReadonlyArray<Scalars['Position']['output']>;
};

export type SnapshotContents = Answer & Connection & {
  readonly __typename?: 'SnapshotContents';
  readonly snapshot: Scalars['ID']['output'];
  readonly sources: ReadonlyArray<SnapshotSource>;
  readonly nodes: ReadonlyArray<SnapshotMember>;
  readonly pageInfo: PageInfo;
  readonly totalCount: Scalars['Count']['output'];
  readonly asOf: AsOf;
  readonly complete: Scalars['Boolean']['output'];
  readonly reason: Maybe<Scalars['String']['output']>;
  readonly lag: Scalars['Count']['output'];
  readonly evidence: ReadonlyArray<Scalars['Position']['output']>;
  readonly evidenceTotal: Scalars['Count']['output'];
};

export type SnapshotSource = {
  readonly __typename?: 'SnapshotSource';
  readonly kind: SourceKind;
  readonly ref: Scalars['String']['output'];
  readonly name: Maybe<Scalars['String']['output']>;
  readonly multiplicity: Scalars['Count']['output'];
  readonly reason: Maybe<Scalars['String']['output']>;
};

export type SnapshotMember = {
  readonly __typename?: 'SnapshotMember';
  readonly index: Scalars['Count']['output'];
  readonly shard: Scalars['ID']['output'];
  readonly slice: Maybe<Scalars['String']['output']>;
  readonly repeats: Scalars['Count']['output'];
  readonly label: Maybe<Scalars['String']['output']>;
};

export type Pipeline = Answer & {
  readonly __typename?: 'Pipeline';
  readonly id: Scalars['ID']['output'];
  readonly steps: ReadonlyArray<PipelineStep>;
  readonly asOf: AsOf;
  readonly complete: Scalars['Boolean']['output'];
  readonly reason: Maybe<Scalars['String']['output']>;
  readonly lag: Scalars['Count']['output'];
  readonly evidence: ReadonlyArray<Scalars['Position']['output']>;
  readonly evidenceTotal: Scalars['Count']['output'];
};

export type PipelineStep = {
  readonly __typename?: 'PipelineStep';
  readonly id: Scalars['ID']['output'];
  readonly index: Maybe<Scalars['Count']['output']>;
  readonly name: Scalars['String']['output'];
  readonly kind: PipelineStepKind;
  readonly tool: Maybe<Scalars['String']['output']>;
  readonly toolVersion: Maybe<Scalars['String']['output']>;
  readonly inputs: ReadonlyArray<Scalars['String']['output']>;
  readonly outputs: ReadonlyArray<Scalars['String']['output']>;
  readonly documentsIn: Maybe<CountedNumber>;
  readonly documentsOut: Maybe<CountedNumber>;
  readonly bytesOut: Maybe<CountedNumber>;
  readonly tokensOut: Maybe<CountedNumber>;
  readonly dropped: ReadonlyArray<DroppedDocuments>;
  readonly config: Maybe<Scalars['String']['output']>;
  readonly seconds: Maybe<Scalars['Float']['output']>;
  readonly redacted: Scalars['Boolean']['output'];
  readonly evidence: ReadonlyArray<Scalars['Position']['output']>;
};

export type DroppedDocuments = {
  readonly __typename?: 'DroppedDocuments';
  readonly reason: Scalars['String']['output'];
  readonly documents: Maybe<CountedNumber>;
};

export type AttributeValueConnection = Answer & Connection & {
  readonly __typename?: 'AttributeValueConnection';
  readonly attribute: Scalars['String']['output'];
  readonly nodes: ReadonlyArray<AttributeValue>;
  readonly pageInfo: PageInfo;
  readonly totalCount: Scalars['Count']['output'];
  readonly asOf: AsOf;
  readonly complete: Scalars['Boolean']['output'];
  readonly reason: Maybe<Scalars['String']['output']>;
  readonly lag: Scalars['Count']['output'];
  readonly evidence: ReadonlyArray<Scalars['Position']['output']>;
  readonly evidenceTotal: Scalars['Count']['output'];
};

export type AttributeValue = {
  readonly __typename?: 'AttributeValue';
  readonly subjectKind: SubjectKind;
  readonly ref: Scalars['ID']['output'];
  readonly bucket: Maybe<Scalars['String']['output']>;
  readonly value: Scalars['Float']['output'];
  readonly unit: Maybe<Scalars['String']['output']>;
  readonly method: Method;
  readonly instrument: Scalars['String']['output'];
  readonly instrumentVersion: Maybe<Scalars['String']['output']>;
  readonly normaliser: Maybe<Scalars['ID']['output']>;
  readonly evidence: ReadonlyArray<Scalars['Position']['output']>;
};

export type Normaliser = Answer & {
  readonly __typename?: 'Normaliser';
  readonly id: Scalars['ID']['output'];
  readonly attribute: Scalars['String']['output'];
  readonly corpus: Scalars['String']['output'];
  readonly items: Maybe<Scalars['Count']['output']>;
  readonly statistics: ReadonlyArray<NormaliserStatistic>;
  readonly asOf: AsOf;
  readonly complete: Scalars['Boolean']['output'];
  readonly reason: Maybe<Scalars['String']['output']>;
  readonly lag: Scalars['Count']['output'];
  readonly evidence: ReadonlyArray<Scalars['Position']['output']>;
  readonly evidenceTotal: Scalars['Count']['output'];
};

export type NormaliserStatistic = {
  readonly __typename?: 'NormaliserStatistic';
  readonly feature: Scalars['String']['output'];
  readonly statistic: Scalars['String']['output'];
  readonly value: Scalars['Float']['output'];
};

export const DeadLetterState = {
  Parked: 'parked',
  Replayed: 'replayed',
  Discarded: 'discarded'
} as const;

export type DeadLetterState = typeof DeadLetterState[keyof typeof DeadLetterState];
export const DeadLetterAction = {
  Replay: 'replay',
  Discard: 'discard'
} as const;

export type DeadLetterAction = typeof DeadLetterAction[keyof typeof DeadLetterAction];
export const DeadLetterOutcome = {
  Stored: 'stored',
  Refused: 'refused',
  Discarded: 'discarded'
} as const;

export type DeadLetterOutcome = typeof DeadLetterOutcome[keyof typeof DeadLetterOutcome];
export type DeadLetter = {
  readonly __typename?: 'DeadLetter';
  readonly id: Scalars['ID']['output'];
  readonly endpoint: Scalars['String']['output'];
  readonly contentType: Scalars['String']['output'];
  readonly size: Scalars['Count']['output'];
  readonly code: Scalars['String']['output'];
  readonly message: Scalars['String']['output'];
  readonly pointer: Scalars['String']['output'];
  readonly value: Maybe<Scalars['String']['output']>;
  readonly explanation: Scalars['String']['output'];
  readonly firstSeen: Scalars['DateTime']['output'];
  readonly lastSeen: Scalars['DateTime']['output'];
  readonly seen: Scalars['Count']['output'];
  readonly state: DeadLetterState;
  readonly position: Maybe<Scalars['Position']['output']>;
  readonly history: ReadonlyArray<DeadLetterAttempt>;
  readonly text: Maybe<Scalars['String']['output']>;
  readonly lossy: Scalars['Boolean']['output'];
};

export type DeadLetterAttempt = {
  readonly __typename?: 'DeadLetterAttempt';
  readonly at: Scalars['DateTime']['output'];
  readonly actor: Scalars['String']['output'];
  readonly action: DeadLetterAction;
  readonly outcome: DeadLetterOutcome;
  readonly reason: Scalars['String']['output'];
  readonly fixed: Scalars['Boolean']['output'];
};

export type DeadLetterConnection = Connection & {
  readonly __typename?: 'DeadLetterConnection';
  readonly nodes: ReadonlyArray<DeadLetter>;
  readonly pageInfo: PageInfo;
  readonly totalCount: Scalars['Count']['output'];
  readonly counts: DeadLetterCounts;
};

export type DeadLetterCounts = {
  readonly __typename?: 'DeadLetterCounts';
  readonly parked: Scalars['Count']['output'];
  readonly replayed: Scalars['Count']['output'];
  readonly discarded: Scalars['Count']['output'];
  readonly byCode: ReadonlyArray<CodeCount>;
  readonly bytes: Scalars['Count']['output'];
};

export type CodeCount = {
  readonly __typename?: 'CodeCount';
  readonly code: Scalars['String']['output'];
  readonly count: Scalars['Count']['output'];
};

export const EntityKind = {
  Run: 'run',
  Experiment: 'experiment',
  Mixture: 'mixture',
  Snapshot: 'snapshot',
  Shard: 'shard',
  Source: 'source',
  Slice: 'slice',
  Pipeline: 'pipeline',
  Step: 'step',
  Checkpoint: 'checkpoint',
  Score: 'score',
  Routing: 'routing',
  Influence: 'influence',
  Question: 'question',
  Answer: 'answer',
  Actor: 'actor',
  Project: 'project',
  Job: 'job',
  Dataset: 'dataset',
  Uri: 'uri',
  Name: 'name'
} as const;

export type EntityKind = typeof EntityKind[keyof typeof EntityKind];
export const EntitySort = {
  Id: 'id',
  Newest: 'newest',
  Oldest: 'oldest'
} as const;

export type EntitySort = typeof EntitySort[keyof typeof EntitySort];
export const TextFit = {
  Whole: 'whole',
  Beginning: 'beginning',
  Part: 'part'
} as const;

export type TextFit = typeof TextFit[keyof typeof TextFit];
export type EntityConnection = Answer & Connection & {
  readonly __typename?: 'EntityConnection';
  readonly nodes: ReadonlyArray<Entity>;
  readonly pageInfo: PageInfo;
  readonly totalCount: Scalars['Count']['output'];
  readonly asOf: AsOf;
  readonly complete: Scalars['Boolean']['output'];
  readonly reason: Maybe<Scalars['String']['output']>;
  readonly lag: Scalars['Count']['output'];
  readonly evidence: ReadonlyArray<Scalars['Position']['output']>;
  readonly evidenceTotal: Scalars['Count']['output'];
};

export type Entity = {
  readonly __typename?: 'Entity';
  readonly id: Scalars['ID']['output'];
  readonly kind: EntityKind;
  readonly key: Scalars['ID']['output'];
  readonly name: Scalars['String']['output'];
  readonly registered: Scalars['Boolean']['output'];
  readonly firstRecorded: Maybe<Scalars['DateTime']['output']>;
  readonly lastRecorded: Maybe<Scalars['DateTime']['output']>;
  readonly details: ReadonlyArray<Pair>;
  readonly evidence: ReadonlyArray<Scalars['Position']['output']>;
  readonly evidenceTotal: Scalars['Count']['output'];
};

export type SearchConnection = Answer & Connection & {
  readonly __typename?: 'SearchConnection';
  readonly nodes: ReadonlyArray<SearchHit>;
  readonly pageInfo: PageInfo;
  readonly totalCount: Scalars['Count']['output'];
  readonly similar: ReadonlyArray<Scalars['ID']['output']>;
  readonly asOf: AsOf;
  readonly complete: Scalars['Boolean']['output'];
  readonly reason: Maybe<Scalars['String']['output']>;
  readonly lag: Scalars['Count']['output'];
  readonly evidence: ReadonlyArray<Scalars['Position']['output']>;
  readonly evidenceTotal: Scalars['Count']['output'];
};

export type SearchHit = {
  readonly __typename?: 'SearchHit';
  readonly id: Scalars['ID']['output'];
  readonly kind: EntityKind;
  readonly key: Scalars['ID']['output'];
  readonly field: Scalars['String']['output'];
  readonly fit: TextFit;
  readonly excerpt: Scalars['String']['output'];
  readonly evidence: Scalars['Position']['output'];
};

export type EntityReport = Answer & {
  readonly __typename?: 'EntityReport';
  readonly entity: Entity;
  readonly neighbours: ReadonlyArray<LineageNeighbourCount>;
  readonly same: ReadonlyArray<SameShard>;
  readonly events: ReadonlyArray<NamingEvent>;
  readonly asOf: AsOf;
  readonly complete: Scalars['Boolean']['output'];
  readonly reason: Maybe<Scalars['String']['output']>;
  readonly lag: Scalars['Count']['output'];
  readonly evidence: ReadonlyArray<Scalars['Position']['output']>;
  readonly evidenceTotal: Scalars['Count']['output'];
};

export type NamingEvent = {
  readonly __typename?: 'NamingEvent';
  readonly position: Scalars['Position']['output'];
  readonly type: Scalars['String']['output'];
  readonly recordTime: Scalars['DateTime']['output'];
};

export type ScoreComparison = Answer & {
  readonly __typename?: 'ScoreComparison';
  readonly run: Scalars['ID']['output'];
  readonly otherRun: Scalars['ID']['output'];
  readonly compared: ReadonlyArray<ComparedScores>;
  readonly excluded: ReadonlyArray<ExcludedScore>;
  readonly asOf: AsOf;
  readonly complete: Scalars['Boolean']['output'];
  readonly reason: Maybe<Scalars['String']['output']>;
  readonly lag: Scalars['Count']['output'];
  readonly evidence: ReadonlyArray<Scalars['Position']['output']>;
  readonly evidenceTotal: Scalars['Count']['output'];
};

export type ComparedScores = {
  readonly __typename?: 'ComparedScores';
  readonly first: Score;
  readonly second: Score;
  readonly difference: Scalars['Float']['output'];
  readonly unrecorded: ReadonlyArray<ScoreSetting>;
};

export type ExcludedScore = {
  readonly __typename?: 'ExcludedScore';
  readonly score: Score;
  readonly why: ScoreExclusion;
  readonly differences: ReadonlyArray<ScoreDifference>;
  readonly invalidation: Maybe<ScoreInvalidation>;
  readonly supersededAttempt: Maybe<Scalars['Count']['output']>;
};

export const ScoreExclusion = {
  NotScored: 'not_scored',
  SettingsDiffer: 'settings_differ',
  NoScoreThere: 'no_score_there',
  Repeated: 'repeated',
  NotRead: 'not_read',
  Superseded: 'superseded',
  Invalidated: 'invalidated'
} as const;

export type ScoreExclusion = typeof ScoreExclusion[keyof typeof ScoreExclusion];
export type ScoreDifference = {
  readonly __typename?: 'ScoreDifference';
  readonly setting: ScoreSetting;
  readonly own: Maybe<Scalars['String']['output']>;
  readonly other: Maybe<Scalars['String']['output']>;
};

export const ScoreSetting = {
  Metric: 'metric',
  MetricVersion: 'metricVersion',
  Split: 'split',
  Shots: 'shots',
  Filter: 'filter',
  TaskVersion: 'taskVersion',
  TaskHash: 'taskHash',
  PromptDigest: 'promptDigest',
  Limit: 'limit',
  Items: 'items',
  Precision: 'precision',
  Harness: 'harness',
  Unit: 'unit',
  HigherIsBetter: 'higherIsBetter',
  Method: 'method',
  Tokens: 'tokens',
  Step: 'step'
} as const;

export type ScoreSetting = typeof ScoreSetting[keyof typeof ScoreSetting];
export type ScoreInvalidation = {
  readonly __typename?: 'ScoreInvalidation';
  readonly reason: Scalars['String']['output'];
  readonly actor: Scalars['String']['output'];
  readonly evidence: Scalars['Position']['output'];
};

export type ScoreConnection = Answer & Connection & {
  readonly __typename?: 'ScoreConnection';
  readonly nodes: ReadonlyArray<Score>;
  readonly pageInfo: PageInfo;
  readonly totalCount: Scalars['Count']['output'];
  readonly asOf: AsOf;
  readonly complete: Scalars['Boolean']['output'];
  readonly reason: Maybe<Scalars['String']['output']>;
  readonly lag: Scalars['Count']['output'];
  readonly evidence: ReadonlyArray<Scalars['Position']['output']>;
  readonly evidenceTotal: Scalars['Count']['output'];
};

export type Score = {
  readonly __typename?: 'Score';
  readonly run: Scalars['ID']['output'];
  readonly checkpoint: Maybe<Scalars['ID']['output']>;
  readonly step: Maybe<Scalars['Count']['output']>;
  readonly capability: Scalars['String']['output'];
  readonly benchmark: Scalars['String']['output'];
  readonly metric: Scalars['String']['output'];
  readonly split: Maybe<Scalars['String']['output']>;
  readonly metricVersion: Maybe<Scalars['String']['output']>;
  readonly shots: Maybe<Scalars['Count']['output']>;
  readonly filter: Maybe<Scalars['String']['output']>;
  readonly taskVersion: Maybe<Scalars['String']['output']>;
  readonly taskHash: Maybe<Scalars['String']['output']>;
  readonly promptDigest: Maybe<Scalars['String']['output']>;
  readonly tokens: Maybe<Scalars['Count']['output']>;
  readonly limit: Maybe<Scalars['Float']['output']>;
  readonly precision: Maybe<Scalars['String']['output']>;
  readonly modelRef: Maybe<Scalars['String']['output']>;
  readonly evaluatedAt: Maybe<Scalars['String']['output']>;
  readonly value: Scalars['Float']['output'];
  readonly stderr: Maybe<Scalars['Float']['output']>;
  readonly items: Maybe<Scalars['Count']['output']>;
  readonly unit: Scalars['String']['output'];
  readonly higherIsBetter: Scalars['Boolean']['output'];
  readonly harness: Scalars['String']['output'];
  readonly method: Method;
  readonly evidence: Scalars['Position']['output'];
};

export const ImportState = {
  Unfinished: 'unfinished',
  Finished: 'finished',
  Withdrawn: 'withdrawn'
} as const;

export type ImportState = typeof ImportState[keyof typeof ImportState];
export type ImportedKind = {
  readonly __typename?: 'ImportedKind';
  readonly kind: Scalars['String']['output'];
  readonly sources: Scalars['Count']['output'];
  readonly files: Scalars['Count']['output'];
};

export type ImportedType = {
  readonly __typename?: 'ImportedType';
  readonly type: Scalars['String']['output'];
  readonly events: Scalars['Count']['output'];
};

export type ImportWithdrawal = {
  readonly __typename?: 'ImportWithdrawal';
  readonly reason: Scalars['String']['output'];
  readonly actor: Scalars['String']['output'];
  readonly at: Scalars['DateTime']['output'];
  readonly position: Scalars['Position']['output'];
};

export type Import = {
  readonly __typename?: 'Import';
  readonly id: Scalars['ID']['output'];
  readonly paths: ReadonlyArray<Scalars['String']['output']>;
  readonly program: Scalars['String']['output'];
  readonly actor: Maybe<Scalars['String']['output']>;
  readonly state: ImportState;
  readonly startedAt: Scalars['DateTime']['output'];
  readonly endedAt: Maybe<Scalars['DateTime']['output']>;
  readonly kinds: ReadonlyArray<ImportedKind>;
  readonly stored: Scalars['Count']['output'];
  readonly repeated: Scalars['Count']['output'];
  readonly byType: ReadonlyArray<ImportedType>;
  readonly refused: Maybe<Scalars['Count']['output']>;
  readonly notLookedAt: Maybe<Scalars['Count']['output']>;
  readonly digest: Maybe<Scalars['String']['output']>;
  readonly withdrawal: Maybe<ImportWithdrawal>;
  readonly evidence: ReadonlyArray<Scalars['Position']['output']>;
};

export type ImportConnection = Answer & Connection & {
  readonly __typename?: 'ImportConnection';
  readonly nodes: ReadonlyArray<Import>;
  readonly pageInfo: PageInfo;
  readonly totalCount: Scalars['Count']['output'];
  readonly asOf: AsOf;
  readonly complete: Scalars['Boolean']['output'];
  readonly reason: Maybe<Scalars['String']['output']>;
  readonly lag: Scalars['Count']['output'];
  readonly evidence: ReadonlyArray<Scalars['Position']['output']>;
  readonly evidenceTotal: Scalars['Count']['output'];
};

export type ImportedEntities = {
  readonly __typename?: 'ImportedEntities';
  readonly kind: EntityKind;
  readonly count: Scalars['Count']['output'];
  readonly ids: ReadonlyArray<Scalars['ID']['output']>;
};

export type ImportContents = Answer & {
  readonly __typename?: 'ImportContents';
  readonly import: Import;
  readonly entities: ReadonlyArray<ImportedEntities>;
  readonly asOf: AsOf;
  readonly complete: Scalars['Boolean']['output'];
  readonly reason: Maybe<Scalars['String']['output']>;
  readonly lag: Scalars['Count']['output'];
  readonly evidence: ReadonlyArray<Scalars['Position']['output']>;
  readonly evidenceTotal: Scalars['Count']['output'];
};

export type ImportWithdrawn = {
  readonly __typename?: 'ImportWithdrawn';
  readonly position: Scalars['Position']['output'];
  readonly stored: Scalars['Count']['output'];
};

export const WithdrawImportRefusal = {
  UnknownImport: 'unknown_import',
  AlreadyWithdrawn: 'already_withdrawn',
  Invalid: 'invalid'
} as const;

export type WithdrawImportRefusal = typeof WithdrawImportRefusal[keyof typeof WithdrawImportRefusal];
export type WithdrawImportRefused = {
  readonly __typename?: 'WithdrawImportRefused';
  readonly refusal: WithdrawImportRefusal;
  readonly text: Scalars['String']['output'];
};

export type WithdrawImportOutcome = ImportWithdrawn | WithdrawImportRefused;

export type InfluenceConnection = Answer & Connection & {
  readonly __typename?: 'InfluenceConnection';
  readonly checkpoint: Scalars['ID']['output'];
  readonly nodes: ReadonlyArray<InfluenceScore>;
  readonly pageInfo: PageInfo;
  readonly totalCount: Scalars['Count']['output'];
  readonly asOf: AsOf;
  readonly complete: Scalars['Boolean']['output'];
  readonly reason: Maybe<Scalars['String']['output']>;
  readonly lag: Scalars['Count']['output'];
  readonly evidence: ReadonlyArray<Scalars['Position']['output']>;
  readonly evidenceTotal: Scalars['Count']['output'];
};

export const InfluenceLevel = {
  Instance: 'instance',
  Sequence: 'sequence',
  Token: 'token',
  Attribute: 'attribute'
} as const;

export type InfluenceLevel = typeof InfluenceLevel[keyof typeof InfluenceLevel];
export type InfluenceScore = {
  readonly __typename?: 'InfluenceScore';
  readonly run: Maybe<Scalars['ID']['output']>;
  readonly estimator: Scalars['String']['output'];
  readonly estimatorVersion: Maybe<Scalars['String']['output']>;
  readonly damping: Maybe<Scalars['Float']['output']>;
  readonly capability: Maybe<Scalars['String']['output']>;
  readonly benchmark: Maybe<Scalars['String']['output']>;
  readonly item: Maybe<Scalars['String']['output']>;
  readonly level: InfluenceLevel;
  readonly ref: Scalars['ID']['output'];
  readonly score: Maybe<Scalars['Float']['output']>;
  readonly validity: Maybe<InfluenceValidity>;
  readonly evidence: ReadonlyArray<Scalars['Position']['output']>;
};

export type InfluenceValidity = {
  readonly __typename?: 'InfluenceValidity';
  readonly measure: Scalars['String']['output'];
  readonly value: Scalars['Float']['output'];
  readonly subsets: Maybe<Scalars['Count']['output']>;
};

export type KeepOutcome = AnswerKept | AttributionRefused;

export type AnswerKept = {
  readonly __typename?: 'AnswerKept';
  readonly id: Scalars['ID']['output'];
  readonly question: Scalars['ID']['output'];
  readonly isNew: Scalars['Boolean']['output'];
  readonly inputPosition: Scalars['Position']['output'];
  readonly attribution: Attribution;
};

export type KeptAnswerConnection = Answer & Connection & {
  readonly __typename?: 'KeptAnswerConnection';
  readonly nodes: ReadonlyArray<KeptAnswerSummary>;
  readonly pageInfo: PageInfo;
  readonly totalCount: Scalars['Count']['output'];
  readonly asOf: AsOf;
  readonly complete: Scalars['Boolean']['output'];
  readonly reason: Maybe<Scalars['String']['output']>;
  readonly lag: Scalars['Count']['output'];
  readonly evidence: ReadonlyArray<Scalars['Position']['output']>;
  readonly evidenceTotal: Scalars['Count']['output'];
};

export type KeptAnswerSummary = {
  readonly __typename?: 'KeptAnswerSummary';
  readonly id: Scalars['ID']['output'];
  readonly question: Scalars['ID']['output'];
  readonly asked: Scalars['String']['output'];
  readonly estimator: Scalars['String']['output'];
  readonly estimatorVersion: Scalars['String']['output'];
  readonly inputPosition: Scalars['Position']['output'];
  readonly resultDigest: Scalars['String']['output'];
  readonly position: Scalars['Position']['output'];
  readonly laterAnswer: Maybe<Scalars['ID']['output']>;
  readonly verification: AnswerVerification;
};

export type KeptAnswer = Answer & {
  readonly __typename?: 'KeptAnswer';
  readonly id: Scalars['ID']['output'];
  readonly question: Scalars['ID']['output'];
  readonly asked: Scalars['String']['output'];
  readonly estimator: Scalars['String']['output'];
  readonly estimatorVersion: Scalars['String']['output'];
  readonly inputPosition: Scalars['Position']['output'];
  readonly result: Scalars['String']['output'];
  readonly resultDigest: Scalars['String']['output'];
  readonly position: Scalars['Position']['output'];
  readonly state: KeptAnswerState;
  readonly laterAnswer: Maybe<Scalars['ID']['output']>;
  readonly changes: ReadonlyArray<EvidenceChange>;
  readonly familyNow: Maybe<FamilyNow>;
  readonly verification: AnswerVerification;
  readonly rerun: Rerun;
  readonly asOf: AsOf;
  readonly complete: Scalars['Boolean']['output'];
  readonly reason: Maybe<Scalars['String']['output']>;
  readonly lag: Scalars['Count']['output'];
  readonly evidence: ReadonlyArray<Scalars['Position']['output']>;
  readonly evidenceTotal: Scalars['Count']['output'];
};

export const KeptAnswerState = {
  Current: 'current',
  Superseded: 'superseded'
} as const;

export type KeptAnswerState = typeof KeptAnswerState[keyof typeof KeptAnswerState];
export const AnswerVerification = {
  Verified: 'verified',
  Differs: 'differs',
  OtherVersion: 'other_version',
  NotComputable: 'not_computable',
  NotChecked: 'not_checked'
} as const;

export type AnswerVerification = typeof AnswerVerification[keyof typeof AnswerVerification];
export type FamilyNow = {
  readonly __typename?: 'FamilyNow';
  readonly name: Scalars['ID']['output'];
  readonly testsThen: Scalars['Count']['output'];
  readonly tests: Scalars['Count']['output'];
  readonly effects: ReadonlyArray<AdjustedEffect>;
};

export type AdjustedEffect = {
  readonly __typename?: 'AdjustedEffect';
  readonly hypothesis: Scalars['String']['output'];
  readonly qValue: Scalars['Float']['output'];
  readonly qValueNow: Scalars['Float']['output'];
  readonly interpretation: Interpretation;
  readonly interpretationNow: Interpretation;
};

export type EvidenceChange = {
  readonly __typename?: 'EvidenceChange';
  readonly changed: Scalars['Position']['output'];
  readonly by: Scalars['Position']['output'];
  readonly type: Scalars['String']['output'];
  readonly reason: Scalars['String']['output'];
  readonly actor: Scalars['String']['output'];
};

export type Rerun = {
  readonly __typename?: 'Rerun';
  readonly same: Scalars['Boolean']['output'];
  readonly resultDigest: Maybe<Scalars['String']['output']>;
  readonly estimator: Maybe<Scalars['String']['output']>;
  readonly estimatorVersion: Maybe<Scalars['String']['output']>;
  readonly refusal: Maybe<Scalars['String']['output']>;
  readonly differences: ReadonlyArray<ResultDifference>;
  readonly differencesTotal: Scalars['Count']['output'];
};

export type ResultDifference = {
  readonly __typename?: 'ResultDifference';
  readonly pointer: Scalars['String']['output'];
  readonly kept: Maybe<Scalars['String']['output']>;
  readonly now: Maybe<Scalars['String']['output']>;
};

export type PredictedAgainstFound = Answer & {
  readonly __typename?: 'PredictedAgainstFound';
  readonly mixture: Scalars['ID']['output'];
  readonly position: Scalars['Position']['output'];
  readonly decidedBy: Scalars['String']['output'];
  readonly predictions: ReadonlyArray<ComparedPrediction>;
  readonly asOf: AsOf;
  readonly complete: Scalars['Boolean']['output'];
  readonly reason: Maybe<Scalars['String']['output']>;
  readonly lag: Scalars['Count']['output'];
  readonly evidence: ReadonlyArray<Scalars['Position']['output']>;
  readonly evidenceTotal: Scalars['Count']['output'];
};

export type ComparedPrediction = {
  readonly __typename?: 'ComparedPrediction';
  readonly predicted: PredictedEffect;
  readonly state: PredictionState;
  readonly answers: Scalars['Count']['output'];
  readonly found: ReadonlyArray<FoundEffect>;
};

export const PredictionState = {
  NoEstimand: 'no_estimand',
  NotAsked: 'not_asked',
  Found: 'found'
} as const;

export type PredictionState = typeof PredictionState[keyof typeof PredictionState];
export type FoundEffect = {
  readonly __typename?: 'FoundEffect';
  readonly answer: Scalars['ID']['output'];
  readonly state: KeptAnswerState;
  readonly verification: AnswerVerification;
  readonly inputPosition: Scalars['Position']['output'];
  readonly experiment: Scalars['ID']['output'];
  readonly estimand: Estimand;
  readonly displacement: Scalars['String']['output'];
  readonly effect: Maybe<Scalars['Float']['output']>;
  readonly interval: Maybe<Interval>;
  readonly unit: Maybe<Scalars['String']['output']>;
  readonly identification: Identification;
  readonly interpretation: Interpretation;
  readonly n: SampleSize;
  readonly estimator: Estimator;
  readonly within: Maybe<Scalars['Boolean']['output']>;
  readonly reason: Maybe<Scalars['String']['output']>;
  readonly afterTheFact: Maybe<Scalars['Boolean']['output']>;
  readonly evidence: ReadonlyArray<Scalars['Position']['output']>;
};

export type QuestionConnection = Answer & Connection & {
  readonly __typename?: 'QuestionConnection';
  readonly nodes: ReadonlyArray<AskedQuestion>;
  readonly pageInfo: PageInfo;
  readonly totalCount: Scalars['Count']['output'];
  readonly asOf: AsOf;
  readonly complete: Scalars['Boolean']['output'];
  readonly reason: Maybe<Scalars['String']['output']>;
  readonly lag: Scalars['Count']['output'];
  readonly evidence: ReadonlyArray<Scalars['Position']['output']>;
  readonly evidenceTotal: Scalars['Count']['output'];
};

export type AskedQuestion = {
  readonly __typename?: 'AskedQuestion';
  readonly id: Scalars['ID']['output'];
  readonly question: Scalars['String']['output'];
  readonly askedBy: Maybe<Scalars['String']['output']>;
  readonly registered: Scalars['Boolean']['output'];
  readonly answers: Scalars['Count']['output'];
  readonly evidence: ReadonlyArray<Scalars['Position']['output']>;
};

export type GivenAnswerConnection = Answer & Connection & {
  readonly __typename?: 'GivenAnswerConnection';
  readonly question: Scalars['ID']['output'];
  readonly nodes: ReadonlyArray<GivenAnswer>;
  readonly pageInfo: PageInfo;
  readonly totalCount: Scalars['Count']['output'];
  readonly asOf: AsOf;
  readonly complete: Scalars['Boolean']['output'];
  readonly reason: Maybe<Scalars['String']['output']>;
  readonly lag: Scalars['Count']['output'];
  readonly evidence: ReadonlyArray<Scalars['Position']['output']>;
  readonly evidenceTotal: Scalars['Count']['output'];
};

export type GivenAnswer = {
  readonly __typename?: 'GivenAnswer';
  readonly estimator: Scalars['String']['output'];
  readonly estimatorVersion: Scalars['String']['output'];
  readonly inputPosition: Scalars['Position']['output'];
  readonly result: Scalars['String']['output'];
  readonly resultDigest: Scalars['String']['output'];
  readonly position: Scalars['Position']['output'];
  readonly evidence: ReadonlyArray<Scalars['Position']['output']>;
};

export type TestFamilyConnection = Answer & Connection & {
  readonly __typename?: 'TestFamilyConnection';
  readonly nodes: ReadonlyArray<TestFamily>;
  readonly pageInfo: PageInfo;
  readonly totalCount: Scalars['Count']['output'];
  readonly asOf: AsOf;
  readonly complete: Scalars['Boolean']['output'];
  readonly reason: Maybe<Scalars['String']['output']>;
  readonly lag: Scalars['Count']['output'];
  readonly evidence: ReadonlyArray<Scalars['Position']['output']>;
  readonly evidenceTotal: Scalars['Count']['output'];
};

export type TestFamily = {
  readonly __typename?: 'TestFamily';
  readonly id: Scalars['ID']['output'];
  readonly tests: Scalars['Count']['output'];
  readonly hypotheses: Scalars['Count']['output'];
  readonly smallestPValue: Maybe<Scalars['Float']['output']>;
  readonly evidence: ReadonlyArray<Scalars['Position']['output']>;
};

export type RecordedTestConnection = Answer & Connection & {
  readonly __typename?: 'RecordedTestConnection';
  readonly family: Scalars['ID']['output'];
  readonly nodes: ReadonlyArray<RecordedTest>;
  readonly pageInfo: PageInfo;
  readonly totalCount: Scalars['Count']['output'];
  readonly asOf: AsOf;
  readonly complete: Scalars['Boolean']['output'];
  readonly reason: Maybe<Scalars['String']['output']>;
  readonly lag: Scalars['Count']['output'];
  readonly evidence: ReadonlyArray<Scalars['Position']['output']>;
  readonly evidenceTotal: Scalars['Count']['output'];
};

export type RecordedTest = {
  readonly __typename?: 'RecordedTest';
  readonly hypothesis: Scalars['String']['output'];
  readonly question: Maybe<Scalars['ID']['output']>;
  readonly estimator: Scalars['String']['output'];
  readonly estimatorVersion: Scalars['String']['output'];
  readonly statistic: Maybe<Scalars['Float']['output']>;
  readonly pValue: Maybe<Scalars['Float']['output']>;
  readonly inputPosition: Scalars['Position']['output'];
  readonly evidence: ReadonlyArray<Scalars['Position']['output']>;
};

export const LineageDirection = {
  Up: 'up',
  Down: 'down',
  Both: 'both'
} as const;

export type LineageDirection = typeof LineageDirection[keyof typeof LineageDirection];
export const LineageKind = {
  Source: 'source',
  Snapshot: 'snapshot',
  Shard: 'shard',
  Slice: 'slice',
  Step: 'step',
  Mixture: 'mixture',
  Experiment: 'experiment',
  Run: 'run',
  Checkpoint: 'checkpoint',
  Score: 'score',
  Routing: 'routing',
  Influence: 'influence',
  Question: 'question',
  Answer: 'answer',
  Actor: 'actor',
  Job: 'job',
  Dataset: 'dataset',
  Uri: 'uri',
  Name: 'name',
  Unknown: 'unknown'
} as const;

export type LineageKind = typeof LineageKind[keyof typeof LineageKind];
export const LineageBasis = {
  Fact: 'fact',
  Explicit: 'explicit',
  Columns: 'columns',
  Product: 'product',
  Digest: 'digest',
  Declared: 'declared'
} as const;

export type LineageBasis = typeof LineageBasis[keyof typeof LineageBasis];
export const OpenLineageState = {
  Running: 'RUNNING',
  Complete: 'COMPLETE',
  Abort: 'ABORT',
  Fail: 'FAIL',
  Other: 'OTHER'
} as const;

export type OpenLineageState = typeof OpenLineageState[keyof typeof OpenLineageState];
export type Lineage = Answer & {
  readonly __typename?: 'Lineage';
  readonly node: Scalars['ID']['output'];
  readonly nodes: ReadonlyArray<LineageNode>;
  readonly edges: ReadonlyArray<LineageEdge>;
  readonly frontierSize: Scalars['Count']['output'];
  readonly neighbourCounts: ReadonlyArray<LineageNeighbourCount>;
  readonly warnings: ReadonlyArray<Warning>;
  readonly asOf: AsOf;
  readonly complete: Scalars['Boolean']['output'];
  readonly reason: Maybe<Scalars['String']['output']>;
  readonly lag: Scalars['Count']['output'];
  readonly evidence: ReadonlyArray<Scalars['Position']['output']>;
  readonly evidenceTotal: Scalars['Count']['output'];
};

export type LineageNeighbourCount = {
  readonly __typename?: 'LineageNeighbourCount';
  readonly node: Scalars['ID']['output'];
  readonly direction: LineageDirection;
  readonly edge: Scalars['String']['output'];
  readonly kind: LineageKind;
  readonly neighbours: Scalars['Count']['output'];
};

export type LineagePaths = Answer & {
  readonly __typename?: 'LineagePaths';
  readonly from: Scalars['ID']['output'];
  readonly to: Scalars['ID']['output'];
  readonly paths: ReadonlyArray<LineageRoute>;
  readonly asOf: AsOf;
  readonly complete: Scalars['Boolean']['output'];
  readonly reason: Maybe<Scalars['String']['output']>;
  readonly lag: Scalars['Count']['output'];
  readonly evidence: ReadonlyArray<Scalars['Position']['output']>;
  readonly evidenceTotal: Scalars['Count']['output'];
};

export type LineageRoute = {
  readonly __typename?: 'LineageRoute';
  readonly edges: ReadonlyArray<LineageEdge>;
};

export type LineagePath = Answer & {
  readonly __typename?: 'LineagePath';
  readonly edges: ReadonlyArray<LineageEdge>;
  readonly asOf: AsOf;
  readonly complete: Scalars['Boolean']['output'];
  readonly reason: Maybe<Scalars['String']['output']>;
  readonly lag: Scalars['Count']['output'];
  readonly evidence: ReadonlyArray<Scalars['Position']['output']>;
  readonly evidenceTotal: Scalars['Count']['output'];
};

export type LineageSummary = Answer & {
  readonly __typename?: 'LineageSummary';
  readonly nodes: Scalars['Count']['output'];
  readonly stubs: Scalars['Count']['output'];
  readonly edges: Scalars['Count']['output'];
  readonly maxFanOut: Scalars['Count']['output'];
  readonly asOf: AsOf;
  readonly complete: Scalars['Boolean']['output'];
  readonly reason: Maybe<Scalars['String']['output']>;
  readonly lag: Scalars['Count']['output'];
  readonly evidence: ReadonlyArray<Scalars['Position']['output']>;
  readonly evidenceTotal: Scalars['Count']['output'];
};

export type LineageNode = Answer & {
  readonly __typename?: 'LineageNode';
  readonly id: Scalars['ID']['output'];
  readonly kind: LineageKind;
  readonly name: Scalars['String']['output'];
  readonly depth: Scalars['Int']['output'];
  readonly stub: Scalars['Boolean']['output'];
  readonly stubReason: Maybe<Scalars['String']['output']>;
  readonly asOf: AsOf;
  readonly complete: Scalars['Boolean']['output'];
  readonly reason: Maybe<Scalars['String']['output']>;
  readonly lag: Scalars['Count']['output'];
  readonly evidence: ReadonlyArray<Scalars['Position']['output']>;
  readonly evidenceTotal: Scalars['Count']['output'];
};

export type LineageEdge = {
  readonly __typename?: 'LineageEdge';
  readonly source: Scalars['ID']['output'];
  readonly target: Scalars['ID']['output'];
  readonly kind: Scalars['String']['output'];
  readonly via: Maybe<Scalars['ID']['output']>;
  readonly basis: LineageBasis;
  readonly multiplicity: Scalars['Count']['output'];
  readonly step: Maybe<Scalars['Count']['output']>;
  readonly consumed: ReadonlyArray<LineageConsumption>;
  readonly fields: ReadonlyArray<LineageField>;
  readonly evidence: ReadonlyArray<Scalars['Position']['output']>;
  readonly evidenceTotal: Scalars['Count']['output'];
};

export type LineageConsumption = {
  readonly __typename?: 'LineageConsumption';
  readonly unit: ExposureUnit;
  readonly amount: Scalars['Float']['output'];
  readonly tokens: Maybe<Scalars['Count']['output']>;
  readonly methods: ReadonlyArray<Method>;
  readonly firstStep: Scalars['Count']['output'];
  readonly lastStep: Scalars['Count']['output'];
};

export type LineageField = {
  readonly __typename?: 'LineageField';
  readonly source: Scalars['String']['output'];
  readonly target: Scalars['String']['output'];
  readonly transformation: Scalars['String']['output'];
};

export type OpenLineageRun = Answer & {
  readonly __typename?: 'OpenLineageRun';
  readonly id: Scalars['ID']['output'];
  readonly job: Maybe<OpenLineageJob>;
  readonly state: Maybe<OpenLineageState>;
  readonly startedAt: Maybe<Scalars['DateTime']['output']>;
  readonly endedAt: Maybe<Scalars['DateTime']['output']>;
  readonly lastSeenAt: Scalars['DateTime']['output'];
  readonly events: Scalars['Count']['output'];
  readonly parent: Maybe<Scalars['ID']['output']>;
  readonly root: Maybe<Scalars['ID']['output']>;
  readonly nominalStart: Maybe<Scalars['String']['output']>;
  readonly nominalEnd: Maybe<Scalars['String']['output']>;
  readonly processingType: Maybe<Scalars['String']['output']>;
  readonly facets: Scalars['String']['output'];
  readonly inputCount: Scalars['Count']['output'];
  readonly outputCount: Scalars['Count']['output'];
  readonly inputs: ReadonlyArray<OpenLineageDataset>;
  readonly outputs: ReadonlyArray<OpenLineageDataset>;
  readonly producers: ReadonlyArray<Scalars['String']['output']>;
  readonly asOf: AsOf;
  readonly complete: Scalars['Boolean']['output'];
  readonly reason: Maybe<Scalars['String']['output']>;
  readonly lag: Scalars['Count']['output'];
  readonly evidence: ReadonlyArray<Scalars['Position']['output']>;
  readonly evidenceTotal: Scalars['Count']['output'];
};

export type OpenLineageJob = {
  readonly __typename?: 'OpenLineageJob';
  readonly namespace: Scalars['String']['output'];
  readonly name: Scalars['String']['output'];
  readonly facets: Scalars['String']['output'];
};

export type OpenLineageDataset = {
  readonly __typename?: 'OpenLineageDataset';
  readonly id: Scalars['ID']['output'];
  readonly namespace: Scalars['String']['output'];
  readonly name: Scalars['String']['output'];
  readonly aliases: ReadonlyArray<Scalars['ID']['output']>;
  readonly facets: Scalars['String']['output'];
  readonly ioFacets: Scalars['String']['output'];
};

export type MixturePlan = {
  readonly mixtureId: Scalars['ID']['input'];
  readonly experimentId?: InputMaybe<Scalars['ID']['input']>;
  readonly taxonomyVersion?: InputMaybe<Scalars['String']['input']>;
  readonly unit: MixtureUnit;
  readonly phases: ReadonlyArray<PlanPhase>;
  readonly displacement?: InputMaybe<Scalars['String']['input']>;
  readonly parentMixtureId?: InputMaybe<Scalars['ID']['input']>;
  readonly rationale: Scalars['String']['input'];
  readonly constraints?: InputMaybe<ReadonlyArray<Scalars['String']['input']>>;
  readonly alternatives?: InputMaybe<ReadonlyArray<PlanAlternative>>;
  readonly predictedEffects?: InputMaybe<ReadonlyArray<PlanPrediction>>;
  readonly decidedBy?: InputMaybe<Scalars['String']['input']>;
  readonly missing?: InputMaybe<ReadonlyArray<PlanPart>>;
  readonly name?: InputMaybe<Scalars['String']['input']>;
  readonly snapshotId?: InputMaybe<Scalars['ID']['input']>;
  readonly citation?: InputMaybe<Scalars['String']['input']>;
};

export type PlanPhase = {
  readonly name: Scalars['String']['input'];
  readonly fromStep: Scalars['Count']['input'];
  readonly endsAt?: InputMaybe<Scalars['Count']['input']>;
  readonly weights: ReadonlyArray<PlanWeight>;
};

export type PlanWeight = {
  readonly slice: Scalars['String']['input'];
  readonly weight: Scalars['Float']['input'];
  readonly source?: InputMaybe<Scalars['String']['input']>;
  readonly label?: InputMaybe<Scalars['String']['input']>;
};

export type PlanAlternative = {
  readonly description: Scalars['String']['input'];
  readonly mixtureId?: InputMaybe<Scalars['ID']['input']>;
};

export type PlanPart = {
  readonly description: Scalars['String']['input'];
  readonly weight: Scalars['Float']['input'];
};

export type PlanPrediction = {
  readonly capability: Scalars['String']['input'];
  readonly effect: Scalars['Float']['input'];
  readonly unit: Scalars['String']['input'];
  readonly slice?: InputMaybe<Scalars['String']['input']>;
  readonly displacement?: InputMaybe<Scalars['String']['input']>;
  readonly experimentId?: InputMaybe<Scalars['ID']['input']>;
  readonly estimand?: InputMaybe<EstimandKind>;
};

export type Mixture = Answer & {
  readonly __typename?: 'Mixture';
  readonly id: Scalars['ID']['output'];
  readonly experiment: Maybe<Scalars['ID']['output']>;
  readonly unit: MixtureUnit;
  readonly displacement: Maybe<Scalars['String']['output']>;
  readonly parent: Maybe<Scalars['ID']['output']>;
  readonly rationale: Scalars['String']['output'];
  readonly decidedBy: Scalars['String']['output'];
  readonly approvedBy: Maybe<Scalars['String']['output']>;
  readonly supersededBy: Maybe<Scalars['ID']['output']>;
  readonly weights: ReadonlyArray<MixtureWeight>;
  readonly name: Maybe<Scalars['String']['output']>;
  readonly snapshot: Maybe<Scalars['ID']['output']>;
  readonly citation: Maybe<Scalars['String']['output']>;
  readonly taxonomyVersion: Maybe<Scalars['String']['output']>;
  readonly missing: ReadonlyArray<MissingPart>;
  readonly alternatives: ReadonlyArray<MixtureAlternative>;
  readonly constraints: ReadonlyArray<Scalars['String']['output']>;
  readonly predictedEffects: ReadonlyArray<PredictedEffect>;
  readonly warnings: ReadonlyArray<Warning>;
  readonly asOf: AsOf;
  readonly complete: Scalars['Boolean']['output'];
  readonly reason: Maybe<Scalars['String']['output']>;
  readonly lag: Scalars['Count']['output'];
  readonly evidence: ReadonlyArray<Scalars['Position']['output']>;
  readonly evidenceTotal: Scalars['Count']['output'];
};

export const DriftBy = {
  Domain: 'domain',
  Slice: 'slice'
} as const;

export type DriftBy = typeof DriftBy[keyof typeof DriftBy];
export type MixtureDrift = Answer & {
  readonly __typename?: 'MixtureDrift';
  readonly run: Scalars['ID']['output'];
  readonly by: DriftBy;
  readonly tolerance: Scalars['Float']['output'];
  readonly outOfToleranceFrom: Maybe<Scalars['Count']['output']>;
  readonly outOfTolerance: Scalars['Count']['output'];
  readonly notCompared: Scalars['Count']['output'];
  readonly phases: ReadonlyArray<PhaseInForce>;
  readonly windows: ReadonlyArray<DriftWindow>;
  readonly totals: ReadonlyArray<ExposureTotal>;
  readonly warnings: ReadonlyArray<Warning>;
  readonly asOf: AsOf;
  readonly complete: Scalars['Boolean']['output'];
  readonly reason: Maybe<Scalars['String']['output']>;
  readonly lag: Scalars['Count']['output'];
  readonly evidence: ReadonlyArray<Scalars['Position']['output']>;
  readonly evidenceTotal: Scalars['Count']['output'];
};

export type PhaseInForce = {
  readonly __typename?: 'PhaseInForce';
  readonly mixture: Scalars['ID']['output'];
  readonly decision: Scalars['Position']['output'];
  readonly phase: Scalars['String']['output'];
  readonly unit: MixtureUnit;
  readonly sum: Scalars['Float']['output'];
  readonly firstStep: Scalars['Count']['output'];
  readonly lastStep: Maybe<Scalars['Count']['output']>;
};

export type DriftWindow = {
  readonly __typename?: 'DriftWindow';
  readonly firstStep: Scalars['Count']['output'];
  readonly lastStep: Scalars['Count']['output'];
  readonly mixture: Maybe<Scalars['ID']['output']>;
  readonly phase: Maybe<Scalars['String']['output']>;
  readonly l1: Maybe<Scalars['Float']['output']>;
  readonly kl: Maybe<Scalars['Float']['output']>;
  readonly reason: Maybe<Scalars['String']['output']>;
  readonly outOfTolerance: Maybe<Scalars['Boolean']['output']>;
  readonly prorated: Scalars['Boolean']['output'];
  readonly recordedTo: Maybe<Scalars['Count']['output']>;
  readonly rows: ReadonlyArray<DriftRow>;
};

export type DriftRow = {
  readonly __typename?: 'DriftRow';
  readonly slice: Scalars['String']['output'];
  readonly unit: ExposureUnit;
  readonly amount: Scalars['Float']['output'];
  readonly realised: Scalars['Float']['output'];
  readonly planned: Maybe<Scalars['Float']['output']>;
  readonly difference: Maybe<Scalars['Float']['output']>;
  readonly unplanned: Scalars['Boolean']['output'];
};

export const PlannedBy = {
  Slice: 'slice',
  Source: 'source',
  Licence: 'licence',
  Shard: 'shard'
} as const;

export type PlannedBy = typeof PlannedBy[keyof typeof PlannedBy];
export type PlannedExposure = Answer & {
  readonly __typename?: 'PlannedExposure';
  readonly mixture: Scalars['ID']['output'];
  readonly tokens: Scalars['Count']['output'];
  readonly steps: Maybe<Scalars['Count']['output']>;
  readonly by: PlannedBy;
  readonly maxEpochs: Scalars['Float']['output'];
  readonly snapshot: Maybe<Scalars['ID']['output']>;
  readonly rows: ReadonlyArray<PlannedRow>;
  readonly withoutPlan: Scalars['Count']['output'];
  readonly warnings: ReadonlyArray<Warning>;
  readonly asOf: AsOf;
  readonly complete: Scalars['Boolean']['output'];
  readonly reason: Maybe<Scalars['String']['output']>;
  readonly lag: Scalars['Count']['output'];
  readonly evidence: ReadonlyArray<Scalars['Position']['output']>;
  readonly evidenceTotal: Scalars['Count']['output'];
};

export type PlannedRow = {
  readonly __typename?: 'PlannedRow';
  readonly slice: Scalars['String']['output'];
  readonly part: Maybe<Scalars['String']['output']>;
  readonly tokens: Scalars['Count']['output'];
  readonly share: Scalars['Float']['output'];
  readonly registered: Scalars['Count']['output'];
  readonly shards: Scalars['Count']['output'];
  readonly unknownShards: Scalars['Count']['output'];
  readonly epochs: Maybe<Scalars['Float']['output']>;
  readonly epochsAtMost: Maybe<Scalars['Float']['output']>;
  readonly runsOut: Maybe<Scalars['Boolean']['output']>;
  readonly enoughFor: Maybe<Scalars['Count']['output']>;
};

export type MixtureWeight = {
  readonly __typename?: 'MixtureWeight';
  readonly phase: Scalars['String']['output'];
  readonly fromStep: Scalars['Count']['output'];
  readonly endsAt: Maybe<Scalars['Count']['output']>;
  readonly slice: Scalars['String']['output'];
  readonly label: Maybe<Scalars['String']['output']>;
  readonly source: Maybe<Scalars['String']['output']>;
  readonly weight: Scalars['Float']['output'];
  readonly share: Scalars['Float']['output'];
};

export type MissingPart = {
  readonly __typename?: 'MissingPart';
  readonly description: Scalars['String']['output'];
  readonly weight: Scalars['Float']['output'];
};

export type MixtureAlternative = {
  readonly __typename?: 'MixtureAlternative';
  readonly description: Scalars['String']['output'];
  readonly mixture: Maybe<Scalars['ID']['output']>;
};

export type PredictedEffect = {
  readonly __typename?: 'PredictedEffect';
  readonly capability: Scalars['String']['output'];
  readonly effect: Scalars['Float']['output'];
  readonly unit: Scalars['String']['output'];
  readonly slice: Maybe<Scalars['String']['output']>;
  readonly displacement: Maybe<Scalars['String']['output']>;
  readonly experiment: Maybe<Scalars['ID']['output']>;
  readonly estimand: Maybe<EstimandKind>;
};

export const MixtureUnit = {
  TokenShare: 'token_share',
  SampleShare: 'sample_share',
  Epochs: 'epochs',
  Unnormalised: 'unnormalised'
} as const;

export type MixtureUnit = typeof MixtureUnit[keyof typeof MixtureUnit];
export const MixtureRefusal = {
  UnknownMixture: 'unknown_mixture',
  AlreadyApproved: 'already_approved',
  ApproverIsDecider: 'approver_is_decider',
  AlreadySuperseded: 'already_superseded',
  SupersededByItself: 'superseded_by_itself',
  AlreadyDecided: 'already_decided',
  SupersededInACycle: 'superseded_in_a_cycle',
  Invalid: 'invalid'
} as const;

export type MixtureRefusal = typeof MixtureRefusal[keyof typeof MixtureRefusal];
export type MixtureOutcome = MixtureRecorded | MixtureRefused;

export type MixtureRecorded = {
  readonly __typename?: 'MixtureRecorded';
  readonly position: Scalars['Position']['output'];
  readonly isNew: Scalars['Boolean']['output'];
  readonly warnings: ReadonlyArray<Warning>;
};

export type MixtureRefused = {
  readonly __typename?: 'MixtureRefused';
  readonly refusal: MixtureRefusal;
  readonly text: Scalars['String']['output'];
};

export type OutcomeInput = {
  readonly capability: Scalars['String']['input'];
  readonly benchmark?: InputMaybe<Scalars['String']['input']>;
  readonly metric?: InputMaybe<Scalars['String']['input']>;
};

export type ScaleInput = {
  readonly parameters: Scalars['Float']['input'];
  readonly tokens?: InputMaybe<Scalars['Float']['input']>;
};

export type DecisionAccuracyAnswer = DecisionAccuracy | DecisionAccuracyRefused;

export type DecisionAccuracy = Answer & {
  readonly __typename?: 'DecisionAccuracy';
  readonly accuracy: Scalars['Float']['output'];
  readonly interval: Interval;
  readonly singleRun: Maybe<Scalars['Float']['output']>;
  readonly repeatability: Maybe<Repeatability>;
  readonly pairs: Scalars['Count']['output'];
  readonly ties: Scalars['Count']['output'];
  readonly picked: Scalars['String']['output'];
  readonly best: Scalars['String']['output'];
  readonly regret: Scalars['Float']['output'];
  readonly recipes: ReadonlyArray<RankedRecipe>;
  readonly smallScale: RankedScale;
  readonly targetScale: RankedScale;
  readonly estimator: Estimator;
  readonly warnings: ReadonlyArray<Warning>;
  readonly asOf: AsOf;
  readonly complete: Scalars['Boolean']['output'];
  readonly reason: Maybe<Scalars['String']['output']>;
  readonly lag: Scalars['Count']['output'];
  readonly evidence: ReadonlyArray<Scalars['Position']['output']>;
  readonly evidenceTotal: Scalars['Count']['output'];
};

export type Repeatability = {
  readonly __typename?: 'Repeatability';
  readonly share: Scalars['Float']['output'];
  readonly pairs: Scalars['Count']['output'];
};

export type RankedRecipe = {
  readonly __typename?: 'RankedRecipe';
  readonly recipe: Scalars['String']['output'];
  readonly small: Scalars['Float']['output'];
  readonly smallRuns: Scalars['Count']['output'];
  readonly smallRank: Scalars['Count']['output'];
  readonly target: Scalars['Float']['output'];
  readonly targetRuns: Scalars['Count']['output'];
  readonly targetRank: Scalars['Count']['output'];
};

export type RankedScale = {
  readonly __typename?: 'RankedScale';
  readonly parameters: Scalars['Float']['output'];
  readonly tokens: Maybe<Scalars['Float']['output']>;
  readonly runs: Scalars['Count']['output'];
  readonly unit: Scalars['String']['output'];
  readonly higherIsBetter: Scalars['Boolean']['output'];
};

export type DecisionAccuracyRefused = {
  readonly __typename?: 'DecisionAccuracyRefused';
  readonly refusal: DecisionAccuracyRefusal;
  readonly text: Scalars['String']['output'];
};

export const DecisionAccuracyRefusal = {
  ScaleOutOfRange: 'scale_out_of_range',
  SameScale: 'same_scale',
  UnknownScale: 'unknown_scale',
  SeveralBudgets: 'several_budgets',
  NoScoredRuns: 'no_scored_runs',
  NotComparable: 'not_comparable',
  TooFewRecipes: 'too_few_recipes',
  TooManyRuns: 'too_many_runs'
} as const;

export type DecisionAccuracyRefusal = typeof DecisionAccuracyRefusal[keyof typeof DecisionAccuracyRefusal];
export type RoutingLoadConnection = Answer & Connection & {
  readonly __typename?: 'RoutingLoadConnection';
  readonly checkpoint: Scalars['ID']['output'];
  readonly nodes: ReadonlyArray<RoutingLoad>;
  readonly pageInfo: PageInfo;
  readonly totalCount: Scalars['Count']['output'];
  readonly asOf: AsOf;
  readonly complete: Scalars['Boolean']['output'];
  readonly reason: Maybe<Scalars['String']['output']>;
  readonly lag: Scalars['Count']['output'];
  readonly evidence: ReadonlyArray<Scalars['Position']['output']>;
  readonly evidenceTotal: Scalars['Count']['output'];
};

export type RoutingLoad = {
  readonly __typename?: 'RoutingLoad';
  readonly run: Maybe<Scalars['ID']['output']>;
  readonly step: Maybe<Scalars['Count']['output']>;
  readonly probeSet: Scalars['String']['output'];
  readonly domain: Scalars['String']['output'];
  readonly layer: Scalars['Count']['output'];
  readonly topK: Scalars['Count']['output'];
  readonly choice: RoutingChoice;
  readonly counts: ReadonlyArray<Scalars['Count']['output']>;
  readonly tokens: Maybe<Scalars['Count']['output']>;
  readonly pairVariant: Maybe<Scalars['String']['output']>;
  readonly pairs: ReadonlyArray<ExpertPair>;
  readonly method: Method;
  readonly evidence: ReadonlyArray<Scalars['Position']['output']>;
};

export const RoutingChoice = {
  All: 'all',
  First: 'first'
} as const;

export type RoutingChoice = typeof RoutingChoice[keyof typeof RoutingChoice];
export type ExpertPair = {
  readonly __typename?: 'ExpertPair';
  readonly first: Scalars['Count']['output'];
  readonly second: Scalars['Count']['output'];
  readonly count: Scalars['Count']['output'];
};

export type ProjectConnection = Answer & Connection & {
  readonly __typename?: 'ProjectConnection';
  readonly nodes: ReadonlyArray<Project>;
  readonly pageInfo: PageInfo;
  readonly totalCount: Scalars['Count']['output'];
  readonly asOf: AsOf;
  readonly complete: Scalars['Boolean']['output'];
  readonly reason: Maybe<Scalars['String']['output']>;
  readonly lag: Scalars['Count']['output'];
  readonly evidence: ReadonlyArray<Scalars['Position']['output']>;
  readonly evidenceTotal: Scalars['Count']['output'];
};

export type Project = {
  readonly __typename?: 'Project';
  readonly id: Scalars['ID']['output'];
  readonly name: Scalars['String']['output'];
  readonly retired: Scalars['Boolean']['output'];
  readonly tags: ReadonlyArray<Pair>;
  readonly evidence: ReadonlyArray<Scalars['Position']['output']>;
};

export type TrackedRun = Answer & {
  readonly __typename?: 'TrackedRun';
  readonly id: Scalars['ID']['output'];
  readonly name: Scalars['String']['output'];
  readonly project: Maybe<Scalars['ID']['output']>;
  readonly status: RunStatus;
  readonly startedAt: Maybe<Scalars['DateTime']['output']>;
  readonly changedAt: Maybe<Scalars['DateTime']['output']>;
  readonly retired: Scalars['Boolean']['output'];
  readonly params: ReadonlyArray<Pair>;
  readonly tags: ReadonlyArray<Pair>;
  readonly inputs: ReadonlyArray<DeclaredInput>;
  readonly metrics: ReadonlyArray<MetricSummary>;
  readonly asOf: AsOf;
  readonly complete: Scalars['Boolean']['output'];
  readonly reason: Maybe<Scalars['String']['output']>;
  readonly lag: Scalars['Count']['output'];
  readonly evidence: ReadonlyArray<Scalars['Position']['output']>;
  readonly evidenceTotal: Scalars['Count']['output'];
};

export type Pair = {
  readonly __typename?: 'Pair';
  readonly key: Scalars['String']['output'];
  readonly value: Scalars['String']['output'];
};

export type DeclaredInput = {
  readonly __typename?: 'DeclaredInput';
  readonly name: Scalars['String']['output'];
  readonly digest: Maybe<Scalars['String']['output']>;
  readonly context: Maybe<Scalars['String']['output']>;
  readonly sourceType: Maybe<Scalars['String']['output']>;
  readonly source: Maybe<Scalars['String']['output']>;
  readonly schema: Maybe<Scalars['String']['output']>;
  readonly profile: Maybe<Scalars['String']['output']>;
  readonly snapshot: Maybe<Scalars['ID']['output']>;
  readonly tags: ReadonlyArray<Pair>;
  readonly evidence: ReadonlyArray<Scalars['Position']['output']>;
};

export type MetricSummary = {
  readonly __typename?: 'MetricSummary';
  readonly key: Scalars['String']['output'];
  readonly points: Scalars['Count']['output'];
  readonly firstStep: Maybe<Scalars['Float']['output']>;
  readonly lastStep: Maybe<Scalars['Float']['output']>;
};

export type MetricHistory = Answer & Connection & {
  readonly __typename?: 'MetricHistory';
  readonly run: Scalars['ID']['output'];
  readonly key: Scalars['String']['output'];
  readonly origin: Maybe<MetricOrigin>;
  readonly nodes: ReadonlyArray<MetricPoint>;
  readonly pageInfo: PageInfo;
  readonly totalCount: Scalars['Count']['output'];
  readonly asOf: AsOf;
  readonly complete: Scalars['Boolean']['output'];
  readonly reason: Maybe<Scalars['String']['output']>;
  readonly lag: Scalars['Count']['output'];
  readonly evidence: ReadonlyArray<Scalars['Position']['output']>;
  readonly evidenceTotal: Scalars['Count']['output'];
};

export const NonFinite = {
  Nan: 'nan',
  PositiveInfinity: 'positive_infinity',
  NegativeInfinity: 'negative_infinity'
} as const;

export type NonFinite = typeof NonFinite[keyof typeof NonFinite];
export type MetricPoint = {
  readonly __typename?: 'MetricPoint';
  readonly step: Maybe<Scalars['Float']['output']>;
  readonly time: Maybe<Scalars['DateTime']['output']>;
  readonly value: Maybe<Scalars['Float']['output']>;
  readonly nonfinite: Maybe<NonFinite>;
  readonly evidence: Scalars['Position']['output'];
};

export const ExposureBy = {
  Domain: 'domain',
  Slice: 'slice',
  Shard: 'shard',
  Source: 'source',
  Licence: 'licence',
  Attribute: 'attribute'
} as const;

export type ExposureBy = typeof ExposureBy[keyof typeof ExposureBy];
export const ExposureGrouping = {
  Run: 'run',
  Domain: 'domain',
  Slice: 'slice',
  Shard: 'shard',
  Source: 'source',
  Licence: 'licence',
  Attribute: 'attribute',
  Window: 'window'
} as const;

export type ExposureGrouping = typeof ExposureGrouping[keyof typeof ExposureGrouping];
export const Buckets = {
  Fine: 'fine',
  Coarse: 'coarse'
} as const;

export type Buckets = typeof Buckets[keyof typeof Buckets];
export const MetricOrigin = {
  Steps: 'steps',
  Points: 'points'
} as const;

export type MetricOrigin = typeof MetricOrigin[keyof typeof MetricOrigin];
export const RunStatus = {
  Planned: 'planned',
  Running: 'running',
  Completed: 'completed',
  Failed: 'failed',
  Stopped: 'stopped',
  Unknown: 'unknown'
} as const;

export type RunStatus = typeof RunStatus[keyof typeof RunStatus];
export const ExposureUnit = {
  Token: 'token',
  Byte: 'byte',
  Share: 'share'
} as const;

export type ExposureUnit = typeof ExposureUnit[keyof typeof ExposureUnit];
export type RunConnection = Answer & Connection & {
  readonly __typename?: 'RunConnection';
  readonly nodes: ReadonlyArray<Run>;
  readonly pageInfo: PageInfo;
  readonly totalCount: Scalars['Count']['output'];
  readonly asOf: AsOf;
  readonly complete: Scalars['Boolean']['output'];
  readonly reason: Maybe<Scalars['String']['output']>;
  readonly lag: Scalars['Count']['output'];
  readonly evidence: ReadonlyArray<Scalars['Position']['output']>;
  readonly evidenceTotal: Scalars['Count']['output'];
};

export type Run = Answer & {
  readonly __typename?: 'Run';
  readonly id: Scalars['ID']['output'];
  readonly started: Scalars['Boolean']['output'];
  readonly attempt: Maybe<Scalars['Count']['output']>;
  readonly experiment: Maybe<Scalars['ID']['output']>;
  readonly arm: Maybe<Scalars['String']['output']>;
  readonly mixture: Maybe<Scalars['ID']['output']>;
  readonly model: Maybe<Scalars['String']['output']>;
  readonly parameters: Maybe<Scalars['Count']['output']>;
  readonly seed: Maybe<Scalars['Count']['output']>;
  readonly status: RunStatus;
  readonly lastStep: Maybe<Scalars['Count']['output']>;
  readonly tokens: Maybe<Scalars['Count']['output']>;
  readonly lastLoss: Maybe<Scalars['Float']['output']>;
  readonly config: RunSettings;
  readonly environment: RunSettings;
  readonly asOf: AsOf;
  readonly complete: Scalars['Boolean']['output'];
  readonly reason: Maybe<Scalars['String']['output']>;
  readonly lag: Scalars['Count']['output'];
  readonly evidence: ReadonlyArray<Scalars['Position']['output']>;
  readonly evidenceTotal: Scalars['Count']['output'];
};


export type RunConfigArgs = {
  attempt?: InputMaybe<Scalars['Int']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};


export type RunEnvironmentArgs = {
  attempt?: InputMaybe<Scalars['Int']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};

export type RunSettings = Answer & Connection & {
  readonly __typename?: 'RunSettings';
  readonly nodes: ReadonlyArray<Setting>;
  readonly pageInfo: PageInfo;
  readonly totalCount: Scalars['Count']['output'];
  readonly asOf: AsOf;
  readonly complete: Scalars['Boolean']['output'];
  readonly reason: Maybe<Scalars['String']['output']>;
  readonly lag: Scalars['Count']['output'];
  readonly evidence: ReadonlyArray<Scalars['Position']['output']>;
  readonly evidenceTotal: Scalars['Count']['output'];
};

export type Setting = {
  readonly __typename?: 'Setting';
  readonly path: ReadonlyArray<Scalars['String']['output']>;
  readonly value: Maybe<Scalars['Json']['output']>;
  readonly type: Scalars['String']['output'];
  readonly attempt: Maybe<Scalars['Count']['output']>;
  readonly evidence: Scalars['Position']['output'];
  readonly corrects: Maybe<Scalars['Position']['output']>;
};

export type Exposure = Answer & {
  readonly __typename?: 'Exposure';
  readonly run: Scalars['ID']['output'];
  readonly step: Maybe<Scalars['Count']['output']>;
  readonly checkpoint: Maybe<Scalars['ID']['output']>;
  readonly by: ExposureBy;
  readonly attribute: Maybe<Scalars['String']['output']>;
  readonly unit: Maybe<ExposureUnit>;
  readonly total: Scalars['Float']['output'];
  readonly totals: ReadonlyArray<ExposureTotal>;
  readonly prorated: Scalars['Count']['output'];
  readonly rows: ReadonlyArray<ExposureRow>;
  readonly asOf: AsOf;
  readonly complete: Scalars['Boolean']['output'];
  readonly reason: Maybe<Scalars['String']['output']>;
  readonly lag: Scalars['Count']['output'];
  readonly evidence: ReadonlyArray<Scalars['Position']['output']>;
  readonly evidenceTotal: Scalars['Count']['output'];
};

export type ExposureTotal = {
  readonly __typename?: 'ExposureTotal';
  readonly unit: ExposureUnit;
  readonly tokens: Maybe<Scalars['Count']['output']>;
  readonly amount: Scalars['Float']['output'];
  readonly inherited: Scalars['Float']['output'];
};

export type ExposureGroups = Answer & {
  readonly __typename?: 'ExposureGroups';
  readonly by: ReadonlyArray<ExposureGrouping>;
  readonly attribute: Maybe<Scalars['String']['output']>;
  readonly runs: Scalars['Count']['output'];
  readonly firstStep: Maybe<Scalars['Count']['output']>;
  readonly lastStep: Maybe<Scalars['Count']['output']>;
  readonly groups: ReadonlyArray<ExposureGroup>;
  readonly groupCount: Scalars['Count']['output'];
  readonly totals: ReadonlyArray<ExposureTotal>;
  readonly omitted: ReadonlyArray<ExposureTotal>;
  readonly prorated: Scalars['Count']['output'];
  readonly asOf: AsOf;
  readonly complete: Scalars['Boolean']['output'];
  readonly reason: Maybe<Scalars['String']['output']>;
  readonly lag: Scalars['Count']['output'];
  readonly evidence: ReadonlyArray<Scalars['Position']['output']>;
  readonly evidenceTotal: Scalars['Count']['output'];
};

export type ExposureGroup = {
  readonly __typename?: 'ExposureGroup';
  readonly run: Maybe<Scalars['ID']['output']>;
  readonly domain: Maybe<Scalars['String']['output']>;
  readonly slice: Maybe<Scalars['String']['output']>;
  readonly shard: Maybe<Scalars['ID']['output']>;
  readonly source: Maybe<Scalars['String']['output']>;
  readonly licence: Maybe<Scalars['String']['output']>;
  readonly value: Maybe<Scalars['String']['output']>;
  readonly firstStep: Maybe<Scalars['Count']['output']>;
  readonly lastStep: Maybe<Scalars['Count']['output']>;
  readonly unknown: ReadonlyArray<ExposureGrouping>;
  readonly unit: ExposureUnit;
  readonly tokens: Maybe<Scalars['Count']['output']>;
  readonly amount: Scalars['Float']['output'];
  readonly share: Scalars['Float']['output'];
  readonly method: Method;
};

export type ExposureRow = {
  readonly __typename?: 'ExposureRow';
  readonly slice: Scalars['String']['output'];
  readonly unknown: Scalars['Boolean']['output'];
  readonly shard: Maybe<Scalars['String']['output']>;
  readonly same: ReadonlyArray<Scalars['ID']['output']>;
  readonly unit: ExposureUnit;
  readonly tokens: Maybe<Scalars['Count']['output']>;
  readonly amount: Scalars['Float']['output'];
  readonly inherited: Scalars['Float']['output'];
  readonly share: Scalars['Float']['output'];
  readonly repetition: Maybe<Scalars['Float']['output']>;
  readonly method: Method;
};

export type ExposureDifference = Answer & {
  readonly __typename?: 'ExposureDifference';
  readonly first: Exposure;
  readonly second: Exposure;
  readonly rows: ReadonlyArray<ExposureDifferenceRow>;
  readonly asOf: AsOf;
  readonly complete: Scalars['Boolean']['output'];
  readonly reason: Maybe<Scalars['String']['output']>;
  readonly lag: Scalars['Count']['output'];
  readonly evidence: ReadonlyArray<Scalars['Position']['output']>;
  readonly evidenceTotal: Scalars['Count']['output'];
};

export type ExposureDifferenceRow = {
  readonly __typename?: 'ExposureDifferenceRow';
  readonly slice: Scalars['String']['output'];
  readonly unknown: Scalars['Boolean']['output'];
  readonly shard: Maybe<Scalars['String']['output']>;
  readonly unit: ExposureUnit;
  readonly first: Scalars['Float']['output'];
  readonly second: Scalars['Float']['output'];
  readonly difference: Scalars['Float']['output'];
  readonly firstShare: Scalars['Float']['output'];
  readonly secondShare: Scalars['Float']['output'];
};

export type LossSpikes = Answer & {
  readonly __typename?: 'LossSpikes';
  readonly run: Scalars['ID']['output'];
  readonly by: ExposureBy;
  readonly attribute: Maybe<Scalars['String']['output']>;
  readonly threshold: Scalars['Float']['output'];
  readonly total: Scalars['Count']['output'];
  readonly spikes: ReadonlyArray<LossSpike>;
  readonly asOf: AsOf;
  readonly complete: Scalars['Boolean']['output'];
  readonly reason: Maybe<Scalars['String']['output']>;
  readonly lag: Scalars['Count']['output'];
  readonly evidence: ReadonlyArray<Scalars['Position']['output']>;
  readonly evidenceTotal: Scalars['Count']['output'];
};

export type LossSpike = {
  readonly __typename?: 'LossSpike';
  readonly firstStep: Scalars['Count']['output'];
  readonly lastStep: Scalars['Count']['output'];
  readonly steps: Scalars['Count']['output'];
  readonly peakStep: Scalars['Count']['output'];
  readonly loss: Maybe<Scalars['Float']['output']>;
  readonly usual: Maybe<Scalars['Float']['output']>;
  readonly spreads: Maybe<Scalars['Float']['output']>;
  readonly batchFirstStep: Maybe<Scalars['Count']['output']>;
  readonly batchLastStep: Maybe<Scalars['Count']['output']>;
  readonly batches: Scalars['Count']['output'];
  readonly groups: ReadonlyArray<SpikeData>;
};

export type SpikeData = {
  readonly __typename?: 'SpikeData';
  readonly group: Scalars['String']['output'];
  readonly share: Scalars['Float']['output'];
  readonly usualShare: Scalars['Float']['output'];
  readonly lift: Maybe<Scalars['Float']['output']>;
  readonly pValue: Scalars['Float']['output'];
  readonly qValue: Scalars['Float']['output'];
};

export type RunMetrics = Answer & Connection & {
  readonly __typename?: 'RunMetrics';
  readonly run: Scalars['ID']['output'];
  readonly attempt: Maybe<Scalars['Count']['output']>;
  readonly nodes: ReadonlyArray<RunMetric>;
  readonly pageInfo: PageInfo;
  readonly totalCount: Scalars['Count']['output'];
  readonly asOf: AsOf;
  readonly complete: Scalars['Boolean']['output'];
  readonly reason: Maybe<Scalars['String']['output']>;
  readonly lag: Scalars['Count']['output'];
  readonly evidence: ReadonlyArray<Scalars['Position']['output']>;
  readonly evidenceTotal: Scalars['Count']['output'];
};

export type RunMetric = {
  readonly __typename?: 'RunMetric';
  readonly name: Scalars['String']['output'];
  readonly origin: MetricOrigin;
  readonly methods: ReadonlyArray<Method>;
  readonly unit: Maybe<Scalars['String']['output']>;
  readonly values: Scalars['Count']['output'];
  readonly nonfinite: Scalars['Count']['output'];
  readonly firstStep: Maybe<Scalars['Float']['output']>;
  readonly lastStep: Maybe<Scalars['Float']['output']>;
  readonly evidence: ReadonlyArray<Scalars['Position']['output']>;
};

export type Curve = Answer & {
  readonly __typename?: 'Curve';
  readonly run: Scalars['ID']['output'];
  readonly metric: Scalars['Metric']['output'];
  readonly origin: Maybe<MetricOrigin>;
  readonly bucketSteps: Scalars['Count']['output'];
  readonly points: ReadonlyArray<CurvePoint>;
  readonly asOf: AsOf;
  readonly complete: Scalars['Boolean']['output'];
  readonly reason: Maybe<Scalars['String']['output']>;
  readonly lag: Scalars['Count']['output'];
  readonly evidence: ReadonlyArray<Scalars['Position']['output']>;
  readonly evidenceTotal: Scalars['Count']['output'];
};

export type CurvePoint = {
  readonly __typename?: 'CurvePoint';
  readonly step: Scalars['Count']['output'];
  readonly values: Scalars['Count']['output'];
  readonly low: Maybe<Scalars['Float']['output']>;
  readonly mean: Maybe<Scalars['Float']['output']>;
  readonly high: Maybe<Scalars['Float']['output']>;
};

export type RunReport = Answer & {
  readonly __typename?: 'RunReport';
  readonly run: Scalars['ID']['output'];
  readonly attempts: ReadonlyArray<AttemptReport>;
  readonly gaps: ReadonlyArray<StepGap>;
  readonly corrections: ReadonlyArray<Correction>;
  readonly history: ReadonlyArray<HistorySegment>;
  readonly asOf: AsOf;
  readonly complete: Scalars['Boolean']['output'];
  readonly reason: Maybe<Scalars['String']['output']>;
  readonly lag: Scalars['Count']['output'];
  readonly evidence: ReadonlyArray<Scalars['Position']['output']>;
  readonly evidenceTotal: Scalars['Count']['output'];
};

export type AttemptReport = {
  readonly __typename?: 'AttemptReport';
  readonly attempt: Scalars['Count']['output'];
  readonly started: Scalars['Boolean']['output'];
  readonly status: RunStatus;
  readonly firstStep: Maybe<Scalars['Count']['output']>;
  readonly lastStep: Maybe<Scalars['Count']['output']>;
  readonly steps: Scalars['Count']['output'];
  readonly repeated: Scalars['Count']['output'];
  readonly conflicting: Scalars['Count']['output'];
  readonly late: Scalars['Count']['output'];
  readonly superseded: Scalars['Count']['output'];
  readonly interval: Maybe<Scalars['Count']['output']>;
  readonly missing: Scalars['Count']['output'];
  readonly skipped: Scalars['Count']['output'];
  readonly nonfinite: Scalars['Count']['output'];
  readonly evidence: ReadonlyArray<Scalars['Position']['output']>;
};

export type StepGap = {
  readonly __typename?: 'StepGap';
  readonly attempt: Scalars['Count']['output'];
  readonly from: Scalars['Count']['output'];
  readonly to: Scalars['Count']['output'];
  readonly steps: Scalars['Count']['output'];
};

export type Correction = {
  readonly __typename?: 'Correction';
  readonly corrected: Scalars['Position']['output'];
  readonly by: Scalars['Position']['output'];
  readonly type: Scalars['String']['output'];
  readonly reason: Scalars['String']['output'];
  readonly actor: Scalars['String']['output'];
};

export type HistorySegment = {
  readonly __typename?: 'HistorySegment';
  readonly run: Scalars['ID']['output'];
  readonly attempt: Scalars['Count']['output'];
  readonly throughStep: Maybe<Scalars['Count']['output']>;
};

export const OrderEncoding = {
  MegatronIndex: 'megatron_index',
  Ranges: 'ranges',
  Ids: 'ids',
  Sampler: 'sampler',
  Digest: 'digest'
} as const;

export type OrderEncoding = typeof OrderEncoding[keyof typeof OrderEncoding];
export const OrderEvidence = {
  Reconstructed: 'reconstructed',
  Recorded: 'recorded',
  Replayable: 'replayable',
  DigestOnly: 'digest_only'
} as const;

export type OrderEvidence = typeof OrderEvidence[keyof typeof OrderEvidence];
export const BatchItem = {
  Sample: 'sample',
  Document: 'document',
  Sequence: 'sequence',
  Token: 'token'
} as const;

export type BatchItem = typeof BatchItem[keyof typeof BatchItem];
export type Batch = Answer & Connection & {
  readonly __typename?: 'Batch';
  readonly run: Scalars['ID']['output'];
  readonly step: Scalars['Count']['output'];
  readonly trainedBy: Scalars['ID']['output'];
  readonly attempt: Scalars['Count']['output'];
  readonly counts: Scalars['Boolean']['output'];
  readonly skipped: Scalars['Boolean']['output'];
  readonly encoding: Maybe<OrderEncoding>;
  readonly level: Maybe<OrderEvidence>;
  readonly method: Maybe<Method>;
  readonly of: Maybe<BatchItem>;
  readonly items: Maybe<Scalars['Count']['output']>;
  readonly tokens: Maybe<Scalars['Count']['output']>;
  readonly corpora: ReadonlyArray<BatchCorpus>;
  readonly ranges: ReadonlyArray<BatchRange>;
  readonly exposure: Maybe<BatchExposure>;
  readonly nodes: ReadonlyArray<BatchDocument>;
  readonly pageInfo: PageInfo;
  readonly totalCount: Scalars['Count']['output'];
  readonly asOf: AsOf;
  readonly complete: Scalars['Boolean']['output'];
  readonly reason: Maybe<Scalars['String']['output']>;
  readonly lag: Scalars['Count']['output'];
  readonly evidence: ReadonlyArray<Scalars['Position']['output']>;
  readonly evidenceTotal: Scalars['Count']['output'];
};

export type BatchCorpus = {
  readonly __typename?: 'BatchCorpus';
  readonly path: Scalars['String']['output'];
  readonly slice: Maybe<Scalars['String']['output']>;
  readonly shard: Maybe<Scalars['ID']['output']>;
  readonly samples: Scalars['Count']['output'];
  readonly tokens: Scalars['Count']['output'];
};

export type BatchDocument = {
  readonly __typename?: 'BatchDocument';
  readonly sample: Scalars['Count']['output'];
  readonly corpus: Scalars['String']['output'];
  readonly shard: Maybe<Scalars['ID']['output']>;
  readonly document: Scalars['Count']['output'];
  readonly from: Scalars['Count']['output'];
  readonly to: Maybe<Scalars['Count']['output']>;
  readonly label: Maybe<Scalars['Count']['output']>;
  readonly sourcePath: Maybe<Scalars['String']['output']>;
  readonly sourceRow: Maybe<Scalars['Count']['output']>;
};

export type BatchRange = {
  readonly __typename?: 'BatchRange';
  readonly shard: Scalars['ID']['output'];
  readonly from: Scalars['Count']['output'];
  readonly count: Scalars['Count']['output'];
};

export type BatchExposure = {
  readonly __typename?: 'BatchExposure';
  readonly firstStep: Scalars['Count']['output'];
  readonly lastStep: Scalars['Count']['output'];
  readonly recordedTokens: Scalars['Count']['output'];
  readonly orderedTokens: Scalars['Count']['output'];
  readonly agrees: Maybe<Scalars['Boolean']['output']>;
};
