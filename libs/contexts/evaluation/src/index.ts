export { evaluationProjection } from './projection.ts';
export { finalItems, runsScoredElsewhere, scores } from './queries.ts';
