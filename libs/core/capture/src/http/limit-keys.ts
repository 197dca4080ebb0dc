import { ANSWERING_VARIABLES, QUESTION_VARIABLES } from './question-limits.ts';
import { RATE_VARIABLES } from './limits.ts';

/** The limits of requests by name, each with the environment variable that changes it. Refusals and metrics name them so. */
export const LIMIT_KEYS = {
  bytesInFlight: 'TRIBUTARY_BYTES_IN_FLIGHT',
  requests: 'TRIBUTARY_REQUESTS',
  clientWrites: RATE_VARIABLES.write,
  clientQuestions: RATE_VARIABLES.question,
  ...QUESTION_VARIABLES,
  questions: ANSWERING_VARIABLES.questions,
  questionTimeout: ANSWERING_VARIABLES.timeout,
  attributionsWaiting: ANSWERING_VARIABLES.attributionsWaiting,
  queriesWaiting: ANSWERING_VARIABLES.queriesWaiting,
  queryTimeout: 'TRIBUTARY_QUERY_TIMEOUT_MS',
  queryBytes: 'TRIBUTARY_QUERY_BYTES',
  estimateHeap: 'TRIBUTARY_ESTIMATE_HEAP_MIB',
  artifactBytes: 'TRIBUTARY_ARTIFACT_BYTES',
} as const;

/** All limits that a refusal may name, those too that are the same everywhere: of protocols, and of what one fact may be. */
export const LIMIT_NAMES: readonly string[] = [
  ...Object.keys(LIMIT_KEYS),
  'wireBytes',
  'bodyBytes',
  'batchEvents',
  'eventBytes',
  'eventDepth',
];
