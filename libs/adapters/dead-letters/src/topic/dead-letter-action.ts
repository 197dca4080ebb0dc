import { valueIn } from '@tributary/kernel';
import { discarded, replayed } from '../dead-letter.ts';
import type { ActionContext, DeadLetter, ReplayOutcome } from '../dead-letter.ts';

/** Something that was done with a dead letter, and its outcome. */
export type DeadLetterAction =
  | { readonly action: 'replay'; readonly acting: ActionContext; readonly submitted: ReplayOutcome }
  | { readonly action: 'discard'; readonly acting: Omit<ActionContext, 'fixed'>; readonly reason: string };

export const applyAction = (deadLetter: DeadLetter, action: DeadLetterAction): DeadLetter =>
  action.action === 'replay'
    ? replayed(deadLetter, action.acting, action.submitted)
    : discarded(deadLetter, action.acting, action.reason);

/** The action in a text; undefined where the text holds none. */
export function parseAction(text: string): DeadLetterAction | undefined {
  try {
    const action: unknown = JSON.parse(text);
    return isAction(action) ? action : undefined;
  } catch {
    return undefined;
  }
}

function isAction(value: unknown): value is DeadLetterAction {
  if (!isRecord(value) || !isRecord(value['acting'])) return false;
  const { action, acting, submitted, reason } = value;
  if (typeof acting['at'] !== 'string' || typeof acting['actor'] !== 'string') return false;
  if (action === 'discard') return typeof reason === 'string';
  return action === 'replay' && typeof acting['fixed'] === 'boolean' && isReplayOutcome(submitted);
}

function isReplayOutcome(submitted: unknown): submitted is ReplayOutcome {
  if (!isRecord(submitted)) return false;
  const { ok, position, reason } = submitted;
  if (ok === true) return typeof position === 'string';
  return (
    isRecord(reason) &&
    ['code', 'message', 'pointer'].every((name) => typeof valueIn(reason, name) === 'string')
  );
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
