export { trainingProjection } from './projection.ts';
export { curve, exposure, realisedShares, runs } from './queries.ts';
