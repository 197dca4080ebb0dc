export { deadLetterId, PROJECTION_ENDPOINT, projectionRefusal } from './dead-letter.ts';
export type {
  Attempt,
  DeadLetter,
  DeadLetterState,
  RefusalReason,
  Refusal,
  ReplayOutcome,
} from './dead-letter.ts';
export type {
  DeadLetters,
  DeadLetterCounts,
  DeadLetterFilter,
  DeadLetterPage,
  OpenedDeadLetter,
  Resubmit,
} from './dead-letters.ts';
export { areNone } from './stored-dead-letters.ts';
export { memoryDeadLetters, openDeadLetters } from './open-dead-letters.ts';
export { readDeadLetters, rewriteDeadLetters } from './rewrite-dead-letters.ts';
export type { KeptDeadLetter } from './rewrite-dead-letters.ts';
export { openTopicDeadLetters } from './topic/open-topic-dead-letters.ts';
export type { TopicDeadLettersOptions } from './topic/open-topic-dead-letters.ts';
export { deadLetterSink } from './topic/dead-letter-sink.ts';
export type { DeadLetterSink } from './topic/dead-letter-sink.ts';
export type { SharedDeadLetters } from './topic/topic-dead-letters.ts';
