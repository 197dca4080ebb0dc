export { evaluationProjection } from './projection.ts';
export { finalItems, scores } from './queries.ts';
