export { trainingProjection } from './projection.ts';
export { curve, exposure, runs } from './queries.ts';
