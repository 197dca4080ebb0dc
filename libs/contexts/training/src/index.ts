export { amountOf, ONE } from './amount.ts';
export { checkpointsOfRun, savedByRuns } from './checkpoint-queries.ts';
export { divided } from './divided.ts';
export { attemptRanges, firstCountedStep } from './attempt-ranges.ts';
export type { AttemptRange } from './attempt-ranges.ts';
export { trainingProjection } from './projection.ts';
export {
  endOf,
  inheritedHistory,
  ownHistory,
  segmentFinder,
  stepCounter,
  wholeHistory,
} from './counted-history.ts';
export { supersededSaves } from './superseded-saves.ts';
export type { MeasuredState, Save } from './superseded-saves.ts';
export { exposureGaps, reachedSteps, startsOfRuns } from './history-queries.ts';
export { followedMixtures } from './plan-queries.ts';
export { consumedInWindows } from './window-consumption.ts';
export type { WindowConsumption } from './window-consumption.ts';
export { batchesOf, liftsOf } from './lift.ts';
export type { Lift, RangeShares } from './lift.ts';
export { consumedBefore, lossSpikes } from './spike-queries.ts';
export { bySize, spikesOf } from './loss-spikes.ts';
export type { LossSpike } from './loss-spikes.ts';
export { listRuns, MOST_RUNS, runsOfExperiment, runsOutside } from './run-list.ts';
export type { ListedRun } from './run-list.ts';
export { knownAttempts } from './known-attempts.ts';
export { consumedByRun, consumedIn, firstFacts } from './consumption.ts';
export { recordedPrefix } from './exposure-queries.ts';
export type { Consumption } from './consumption.ts';
export { consumedByRunInWindows } from './runs-in-windows.ts';
export type { RunWindow } from './runs-in-windows.ts';
export type { CountedHistory, RunMoment, UnplacedAttempt, UnresolvedOrigin } from './counted-history.ts';
export { OPEN_END, segmentsOf } from './history.ts';
export type { Attempt, Segment } from './history.ts';
export {
  attemptReport,
  consumed,
  consumedOfShards,
  correctedAt,
  corrections,
  curve,
  EVERY_STEP,
  exposuresToShards,
  notInTokens,
  realisedShares,
  recordedStart,
  runProgress,
  runSettings,
  runsOfShard,
  savedCheckpoint,
  shardExposure,
  runsWithStart,
  skipsOfRuns,
  stepEvidence,
  startedRuns,
  startsOnSnapshots,
  stepGaps,
  unstartedRuns,
} from './queries.ts';
export {
  columnCurve,
  countedOrigins,
  pointCurve,
  pointEvidence,
  runMetrics,
  stepHistory,
} from './metric-queries.ts';
export { orderPositions, ordersOfStep, readByOrder, recordedOfStep, stepMentions } from './order-queries.ts';
export {
  corporaOfSamples,
  ownSamples,
  sampleRangeOf,
  samplesOf,
  windowOf,
} from './order/megatron-samples.ts';
export type { IntegerArray, MegatronIndex, OpenArray } from './order/megatron-samples.ts';
export { itemsOf, orderOfStep, stepOrders } from './order/orders-of-step.ts';
export type { StepOrder } from './order/orders-of-step.ts';
export { documentsIn, documentsOf } from './order/sample-documents.ts';
export type { SampleDocument } from './order/sample-documents.ts';
export { filterOf, ordersOf } from './tracker/filter.ts';
export type { Condition, Order } from './tracker/filter.ts';
export { compareOrderValues, comparing, matches, orderValues, sorted } from './tracker/match.ts';
export type { Filterable, OrderValue } from './tracker/match.ts';
export { trackerProjection } from './tracker/projection.ts';
export {
  artifactChildren,
  datasetsOfProjects,
  declaredInputs,
  knownSteps,
  latestMetrics,
  metricHistory,
  metricKeys,
  metricSample,
  modelMetrics,
  pageOfParams,
  pageOfTags,
  savedModels,
  trackedArtifacts,
  trackedModels,
  trackedParams,
  trackedProjects,
  trackedRegistrations,
  trackedRuns,
  trackedTags,
} from './tracker/queries.ts';
export {
  inputsInRange,
  metricsInRange,
  paramsInRange,
  runRanges,
  runsInRange,
  tagsInRange,
} from './tracker/search-queries.ts';
