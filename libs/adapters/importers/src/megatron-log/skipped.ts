import type { Findings } from '../facts/findings.ts';
import { iterationsOf } from './attempts.ts';
import type { LogAttempt } from './attempts.ts';
import type { LogFields } from './log-line.ts';

/** Steps whose update was skipped, if the log determines which. */
export type SkippedSteps = {
  readonly reason: 'nan' | 'overflow';
  readonly steps: number[];
  readonly line: number;
};

/**
 * The steps of a file that are listed without a line of their own. More are corrupted numbers; without a limit for all
 * lines together, each of a few bytes would add as many steps as the limit of one.
 */
const MAX_WITHOUT_LINE = 100_000;

/**
 * The skipped steps of each attempt of a log. A line counts the iterations that were skipped since the previous line. They
 * are known if the line covers one step or if all were skipped; otherwise the count stays a column and adds a warning.
 * Iterations with a NaN loss count as skipped.
 */
export function skippedSteps(
  attempts: readonly LogAttempt[],
  path: string,
  findings: Findings,
): SkippedSteps[][] {
  let left = MAX_WITHOUT_LINE;
  return attempts.map(({ lines }) => {
    const byReason = new Map<SkippedSteps['reason'], SkippedSteps>();
    for (const { line, covered } of iterationsOf(lines)) {
      const { skipped, nan } = countsIn(line.fields);
      if (!(skipped > 0)) continue;
      const withoutLine = covered - 1;
      if (skipped >= covered && withoutLine <= left && (nan === 0 || nan >= skipped)) {
        left -= withoutLine;
        add(byReason, line, covered, nan > 0 ? 'nan' : 'overflow');
      } else {
        const example = `${path}:line:${line.line}: ${skipped} of ${covered} steps were skipped`;
        findings.warn('skipped_steps_unknown', example, skipped);
      }
    }
    return [...byReason.values()];
  });
}

function countsIn(fields: LogFields): { readonly skipped: number; readonly nan: number } {
  const values = new Map(fields);
  const nan = values.get('number of nan iterations') ?? 0;
  return { nan, skipped: Math.max(values.get('number of skipped iterations') ?? 0, nan) };
}

// oxlint-disable-next-line max-params -- a line, the steps that it covers, and the reason
function add(
  byReason: Map<SkippedSteps['reason'], SkippedSteps>,
  { step: last, line }: { readonly step: number; readonly line: number },
  covered: number,
  reason: SkippedSteps['reason'],
): void {
  const entry = byReason.get(reason) ?? { reason, steps: [], line };
  byReason.set(reason, entry);
  for (let step = last - covered + 1; step <= last; step += 1) entry.steps.push(step);
}
