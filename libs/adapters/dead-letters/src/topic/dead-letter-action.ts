import { discarded, replayed } from '../dead-letter.ts';
import type { Attempt, DeadLetter, ReplayOutcome } from '../dead-letter.ts';

type Acting = Pick<Attempt, 'at' | 'actor' | 'fixed'>;

/** Something that was done about a letter, with what came of it. */
export type DeadLetterAction =
  | { readonly action: 'replay'; readonly acting: Acting; readonly submitted: ReplayOutcome }
  | { readonly action: 'discard'; readonly acting: Omit<Acting, 'fixed'>; readonly reason: string };

export const applyAction = (letter: DeadLetter, act: DeadLetterAction): DeadLetter =>
  act.action === 'replay'
    ? replayed(letter, act.acting, act.submitted)
    : discarded(letter, act.acting, act.reason);

/** An act as it was written, or undefined where the text is none. */
export function parseAction(text: string): DeadLetterAction | undefined {
  try {
    const act: unknown = JSON.parse(text);
    return isAct(act) ? act : undefined;
  } catch {
    return undefined;
  }
}

function isAct(act: unknown): act is DeadLetterAction {
  if (!isRecord(act) || !isRecord(act['acting'])) return false;
  const { action, acting, submitted, reason } = act;
  if (typeof acting['at'] !== 'string' || typeof acting['actor'] !== 'string') return false;
  if (action === 'discard') return typeof reason === 'string';
  return action === 'replay' && typeof acting['fixed'] === 'boolean' && isSubmitted(submitted);
}

function isSubmitted(submitted: unknown): submitted is ReplayOutcome {
  if (!isRecord(submitted)) return false;
  const { ok, position, reason } = submitted;
  if (ok === true) return typeof position === 'string';
  return isRecord(reason) && ['code', 'message', 'pointer'].every((name) => typeof reason[name] === 'string');
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
