import { logLine } from './log-line.ts';
import type { LogLine } from './log-line.ts';

/** A line with its 1-based number. */
export type NumberedLine = LogLine & { readonly line: number };

/** The lines of one attempt, and the step from which it resumed. */
export type LogAttempt = {
  readonly lines: readonly NumberedLine[];
  readonly resumedStep: number | undefined;
};

export const LINE_END = /\r\n|[\r\n]/;

/**
 * The parsed lines of a log. A progress bar is redrawn several times for a step; only the first line counts. The last
 * line can be truncated if the file does not end with a line break.
 */
export function linesOf(text: string): NumberedLine[] {
  const sources = text.replace(/^\uFEFF/, '').split(LINE_END);
  let drawn: number | undefined;
  return sources.flatMap((source, index) => {
    const whole = index < sources.length - 1 || /\|\s*$/.test(source);
    const line = logLine(source, whole);
    const again = line?.kind === 'iteration' && line.of === undefined && line.step === drawn;
    if (line?.kind === 'iteration') drawn = line.of === undefined ? line.step : undefined;
    return line && !again ? [{ ...line, line: index + 1 }] : [];
  });
}

/**
 * Splits a log into attempts. A new attempt starts at arguments or a loaded checkpoint after an iteration, or at an
 * iteration number that does not increase.
 */
export function attemptsOf(lines: readonly NumberedLine[]): LogAttempt[] {
  const parts: NumberedLine[][] = [[]];
  let last = -1;
  for (const line of lines) {
    const fresh = last >= 0 && (line.kind === 'argument' || line.kind === 'loaded');
    const back = line.kind === 'iteration' && line.step <= last;
    if (fresh || back) {
      parts.push([]);
      last = -1;
    }
    parts.at(-1)?.push(line);
    if (line.kind === 'iteration') last = line.step;
  }
  return parts
    .filter((part) => part.some(({ kind }) => kind === 'iteration'))
    .map((part, index, all) => ({
      lines: part,
      resumedStep: index === 0 ? undefined : resumed(part, all[index - 1]),
    }));
}

/** The loaded step, otherwise the last step of the previous attempt that is lower than the first step of this one. */
function resumed(part: readonly NumberedLine[], before: readonly NumberedLine[] = []): number | undefined {
  const loaded = part.find((line) => line.kind === 'loaded');
  if (loaded?.kind === 'loaded') return loaded.step;
  const first = part.flatMap((line) => (line.kind === 'iteration' ? [line.step] : []))[0] ?? 0;
  const below = before.flatMap((line) => (line.kind === 'iteration' && line.step < first ? [line.step] : []));
  return below.length === 0 ? undefined : below.reduce((high, step) => Math.max(high, step), 0);
}

type Iteration = NumberedLine & { readonly kind: 'iteration' };

/** The iteration lines with the number of steps since the previous line. */
export function iterationsOf(lines: readonly NumberedLine[]): { line: Iteration; covered: number }[] {
  const iterations = lines.flatMap((line) => (line.kind === 'iteration' ? [line] : []));
  return iterations.map((line, index) => {
    const before = iterations[index - 1];
    if (before) return { line, covered: line.step - before.step };
    const next = iterations[index + 1];
    return { line, covered: next ? Math.min(Math.max(1, line.step), next.step - line.step) : 1 };
  });
}
