export { letterId } from './dead-letter.ts';
export type { Attempt, DeadLetter, LetterState, Reason, Refusal, Submitted } from './dead-letter.ts';
export type {
  DeadLetters,
  LetterCounts,
  LetterFilter,
  LetterPage,
  OpenedLetter,
  Submit,
} from './dead-letters.ts';
export { memoryDeadLetters, openDeadLetters } from './open-dead-letters.ts';
export { PROJECTION, projectionRefusal } from './projection-refusal.ts';
export { openTopicLetters } from './topic/open-topic-letters.ts';
export type { TopicLettersOptions } from './topic/open-topic-letters.ts';
export { parkOnly } from './topic/park-only.ts';
export type { LetterBox } from './topic/park-only.ts';
export type { SharedLetters } from './topic/topic-letters.ts';
