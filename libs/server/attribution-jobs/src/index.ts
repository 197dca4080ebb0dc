export { AttributionModule } from './attribution.module.ts';
export { boundedAttributor } from './bounded-attributor.ts';
export type { Counting } from './by-attribute/counting.ts';
export type { MeasuredSlices } from './by-attribute/measured-slices.ts';
export { attributor } from './attributor.ts';
export type {
  EffectsRequest,
  EffectsAnswer,
  Attributor,
  ExperimentList,
  ExperimentPage,
  ExperimentSummary,
  PredictionAnswer,
  JobRefusal,
} from './attributor.ts';
export type { DesignAnswer, DesignRequest } from './design.ts';
export { openEstimators } from './estimators/pool.ts';
export type { Estimators } from './estimators/pool.ts';
export type { Outcome, RankingAnswer, RankingRequest } from './ranking.ts';
export { remoteAttributor } from './remote-attributor.ts';
export { surfaceModel } from './surface-model/surface-model.ts';
export type { MixtureInput } from './refuse-mixtures.ts';
