/** What a field costs by itself. One field of one row costs 1; the costs of questions are in proportion to their time. */
const FIELD = 1;
/** A question that reads a few ranges of the tables. */
const QUESTION = 10_000;
/** One that reads all that is recorded of something, or walks the graph. */
const SCAN = 30_000;
/** One that estimators compute, for seconds or minutes. */
const ESTIMATE = 200_000;

const WEIGHTS: ReadonlyMap<string, number> = new Map([
  ...['attribution', 'decisionAccuracy', 'prediction', 'design'].map(
    (field) => [`Query.${field}`, ESTIMATE] as const,
  ),
  ['Mutation.keepAnswer', ESTIMATE],
  ['KeptAnswer.rerun', ESTIMATE],
  ['KeptAnswer.verification', ESTIMATE],
  ...[
    'contamination',
    'entities',
    'entity',
    'experiments',
    'exposureGroups',
    'lineage',
    'lineagePath',
    'lineagePaths',
    'lineageSummary',
    'lossSpikes',
    'mixtureDrift',
    'retractionImpact',
    'scoreComparison',
    'search',
    'trainingContentSummary',
  ].map((field) => [`Query.${field}`, SCAN] as const),
  ['Run.config', QUESTION],
  ['Run.environment', QUESTION],
  ['Mutation.rebuild', ESTIMATE],
]);

/** The fields that have a weight of their own, as `Type.field`. */
export const weighted = (): readonly string[] => [...WEIGHTS.keys()];

/** The weight of a field of a type. Totals of lists are questions too: they are counted only where they are selected. */
export function weightOf(type: string, field: string): number {
  const isQuestion = type === 'Query' || type === 'Mutation' || field === 'totalCount';
  return WEIGHTS.get(`${type}.${field}`) ?? (isQuestion && field !== '__typename' ? QUESTION : FIELD);
}
