export { compareScores } from './comparison.ts';
export type {
  ComparedScores,
  LeftOutScore,
  ScoreRow,
  ScoreSetting,
  SettingDifference,
  TrainingPoint,
} from './comparison.ts';
export { evaluationProjection } from './projection.ts';
export {
  changedScores,
  finalItems,
  firstScore,
  invalidatedScores,
  runsScoredElsewhere,
  scoredRuns,
  scores,
} from './queries.ts';
