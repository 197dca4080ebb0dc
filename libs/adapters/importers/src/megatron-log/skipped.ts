import type { Findings } from '../facts/findings.ts';
import { iterationsOf } from './attempts.ts';
import type { NumberedLine } from './attempts.ts';
import type { LogFields } from './log-line.ts';

/** Steps whose update was not applied, as far as the log says which. */
export type SkippedSteps = {
  readonly reason: 'nan' | 'overflow';
  readonly steps: number[];
  readonly line: number;
};

/** No log leaves out more iterations between two of its lines; a larger distance is a broken number. */
const MAX_COVERED = 100_000;

/**
 * A line counts the iterations that were skipped since the line before. Which ones is known where it covers one step, or
 * where all of them were skipped; else the count stays a column and a warning says so. Iterations with a loss that is no
 * number are among the skipped ones.
 */
export function skippedSteps(
  lines: readonly NumberedLine[],
  path: string,
  findings: Findings,
): SkippedSteps[] {
  const found = new Map<SkippedSteps['reason'], SkippedSteps>();
  for (const { line, covered } of iterationsOf(lines)) {
    const { skipped, nan } = countsIn(line.fields);
    if (!(skipped > 0)) continue;
    const known = skipped >= covered && covered <= MAX_COVERED && (nan === 0 || nan >= skipped);
    if (known) add(found, line, covered, nan > 0 ? 'nan' : 'overflow');
    else {
      const example = `${path}:line:${line.line}: ${skipped} of ${covered} steps`;
      findings.warn('skipped_steps_unknown', example, skipped);
    }
  }
  return [...found.values()];
}

function countsIn(fields: LogFields): { readonly skipped: number; readonly nan: number } {
  const values = new Map(fields);
  const nan = values.get('number of nan iterations') ?? 0;
  return { nan, skipped: Math.max(values.get('number of skipped iterations') ?? 0, nan) };
}

// oxlint-disable-next-line max-params -- a line, what it covers and why
function add(
  found: Map<SkippedSteps['reason'], SkippedSteps>,
  { step: last, line }: { readonly step: number; readonly line: number },
  covered: number,
  reason: SkippedSteps['reason'],
): void {
  const entry = found.get(reason) ?? { reason, steps: [], line };
  found.set(reason, entry);
  for (let step = last - covered + 1; step <= last; step += 1) entry.steps.push(step);
}
