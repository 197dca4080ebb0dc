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
