import { compare } from './compare.ts';
import type { Comparison } from './compare.ts';
import { readReport } from './report.ts';
import type { Report } from './report.ts';
import type { Answer, Request, Sandbox } from './sandbox.ts';
import { recordedEvents, trackedNames } from './trace.ts';
import type { Trace } from './trace.ts';

/**
 * What became of a trace. Only `verified` is: `unproven` agrees too, but its program could reach the interpreter that traced
 * it; `truncated` agrees as far as it goes. `not_run` and `not_isolated` were never run, `refused` has no language that is.
 */
type Outcome =
  | 'verified'
  | 'unproven'
  | 'truncated'
  | 'mismatched'
  | 'failed'
  | 'timed_out'
  | 'over_memory'
  | 'over_steps'
  | 'over_bytes'
  | 'crashed'
  | 'refused'
  | 'not_isolated'
  | 'not_run';

export type Verdict = {
  readonly outcome: Outcome;
  /** Why, for people; the first mismatch. Empty for a verified trace. */
  readonly reason: string;
  readonly comparison?: Comparison;
};

/** Runs the program of a trace again and compares. */
export async function verify(trace: Trace, sandbox: Sandbox): Promise<Verdict> {
  if (trace.language !== 'python')
    return {
      outcome: 'refused',
      reason: `only Python is run, and the language is ${trace.language ?? 'not stated'}`,
    };
  return verdictOf(trace, await sandbox.run(requestOf(trace)));
}

/** What the sandbox is asked to run for a trace; what was recorded stays here, apart from names of variables. */
export const requestOf = (trace: Trace): Request => ({
  code: trace.code,
  stdin: trace.stdin,
  call: trace.call ?? null,
  names: trackedNames(trace),
  events: recordedEvents(trace),
  moment: trace.moment,
});

const OVER: ReadonlyMap<string, Outcome> = new Map<string, Outcome>([
  ['failed', 'failed'],
  ['over_memory', 'over_memory'],
  ['over_steps', 'over_steps'],
  ['over_bytes', 'over_bytes'],
  ['timed_out', 'timed_out'],
]);

/** The verdict about a trace, from how its program ended and what it reported. */
export function verdictOf(trace: Trace, { how, reported }: Answer): Verdict {
  const ended = OVER.get(how);
  if (ended !== undefined) return { outcome: ended, reason: `the program was ended: ${how}` };
  const report = readReport(reported);
  if (how !== 'closed' || !report.end)
    return { outcome: 'crashed', reason: `the program ended without a report (${how})` };
  const { end } = report;
  const over = OVER.get(end.how);
  if (over !== undefined) return { outcome: over, reason: end.why };
  if (end.how !== 'ended') return { outcome: 'crashed', reason: 'the program changed its report' };
  return compared(trace, report);
}

function compared(trace: Trace, report: Report): Verdict {
  const comparison = compare(trace, report);
  const { first, isTruncated, total } = comparison;
  if (first !== undefined) return { outcome: 'mismatched', reason: first, comparison };
  if (isTruncated)
    return {
      outcome: 'truncated',
      reason: `${trace.states.length} states are recorded, and the program has ${total}`,
      comparison,
    };
  const [reaches] = report.reaches ?? ['everything'];
  if (reaches !== undefined)
    return {
      outcome: 'unproven',
      reason: `the program reaches the interpreter that traced it: ${reaches}`,
      comparison,
    };
  return { outcome: 'verified', reason: '', comparison };
}
