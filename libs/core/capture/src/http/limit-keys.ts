import type { MetLimit } from '@tributary/kernel';
import { CONTENT_CEILINGS, CONTENT_VARIABLES } from './content-limits.ts';
import { RATE_VARIABLES } from './limits.ts';
import { ANSWERING_VARIABLES, QUESTION_VARIABLES } from './question-limits.ts';

/** The limits of requests by name, each with the environment variable that changes it. Refusals and metrics name them so. */
export const LIMIT_KEYS = {
  ...CONTENT_VARIABLES,
  bytesInFlight: 'TRIBUTARY_BYTES_IN_FLIGHT',
  requests: 'TRIBUTARY_REQUESTS',
  requestTimeout: 'TRIBUTARY_REQUEST_TIMEOUT_MS',
  readerHeap: 'TRIBUTARY_READER_HEAP_MIB',
  filterConditions: 'TRIBUTARY_FILTER_CONDITIONS',
  clientWrites: RATE_VARIABLES.write,
  clientQuestions: RATE_VARIABLES.question,
  ...QUESTION_VARIABLES,
  questions: ANSWERING_VARIABLES.questions,
  questionTimeout: ANSWERING_VARIABLES.timeout,
  attributionsWaiting: ANSWERING_VARIABLES.attributionsWaiting,
  queriesWaiting: ANSWERING_VARIABLES.queriesWaiting,
  queryTimeout: 'TRIBUTARY_QUERY_TIMEOUT_MS',
  queryBytes: 'TRIBUTARY_QUERY_BYTES',
  estimateTimeout: 'TRIBUTARY_ESTIMATE_TIMEOUT_MS',
  estimateHeap: 'TRIBUTARY_ESTIMATE_HEAP_MIB',
  artifactBytes: 'TRIBUTARY_ARTIFACT_BYTES',
} as const;

type LimitName = keyof typeof LIMIT_KEYS;

/** All limits that a refusal may name. */
export const LIMIT_NAMES: readonly string[] = Object.keys(LIMIT_KEYS);

/** A limit that was met, with its value and the variable that changes it. */
export const metLimit = (limit: LimitName, value: number): MetLimit => ({
  limit,
  value,
  key: LIMIT_KEYS[limit],
});

const CEILINGS: ReadonlyMap<string, number> = new Map(Object.entries(CONTENT_CEILINGS));

/** What to do about a limit, at the end of a refusal. Empty where no process can have a higher one. */
export const orSet = ({ limit, value, key }: MetLimit): string =>
  value >= (CEILINGS.get(limit) ?? Infinity) ? '' : `, or set ${key} of the server`;
