export { evaluationProjection } from './projection.ts';
export { changedScores, finalItems, firstScore, runsScoredElsewhere, scoredRuns, scores } from './queries.ts';
