export { evaluationProjection } from './projection.ts';
export { changedScores, finalItems, runsScoredElsewhere, scores } from './queries.ts';
