export { evaluationProjection } from './projection.ts';
export { changedScores, finalItems, runsScoredElsewhere, scoredRuns, scores } from './queries.ts';
