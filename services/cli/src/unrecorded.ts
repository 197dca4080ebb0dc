import { Exit } from './exit.ts';
import { NO_ROOM } from './server/graphql.ts';

/** Why an answer can be given and not be recorded. Throws the error where there is no answer, or it has to be kept. */
export function whyUnrecorded(error: unknown, hasToBeKept: boolean): string {
  if (!(error instanceof Exit) || error.refusal === undefined) throw error;
  if (error.refusal === 'scope_missing') return error.message;
  if (hasToBeKept || !(error.refusal === 'answer_too_long' || NO_ROOM.has(error.refusal))) throw error;
  return error.message;
}
