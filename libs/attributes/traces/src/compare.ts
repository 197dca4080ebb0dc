import { recordedText } from './recorded.ts';
import type { Recorded } from './recorded.ts';
import type { Report, ReportedState } from './report.ts';
import { sameValue } from './same-value.ts';
import { trackedNames } from './trace.ts';
import type { State, Trace } from './trace.ts';

/** Recorded states against those of the program, one by one. */
export type Comparison = {
  /** Recorded states that are those at the same place of the program. */
  readonly matched: number;
  /** States of the longer of the two. */
  readonly total: number;
  /** Recorded states that are not, and output and result if they are not. */
  readonly mismatches: number;
  /** The first of them, for people. */
  readonly first: string | undefined;
  /** Whether the program goes on where the recorded states end. */
  readonly isTruncated: boolean;
};

/** Compares what a trace records with what its program did. */
export function compare(trace: Trace, { states, end }: Report): Comparison {
  const names = trackedNames(trace);
  let matched = 0;
  const found: string[] = [];
  for (const [at, recorded] of trace.states.entries()) {
    const why = differenceOf(recorded, states[at], trace.isPartial ? undefined : names);
    if (why === undefined) matched += 1;
    else found.push(`state ${at + 1}, ${why}`);
  }
  for (const difference of finalDifferences(trace, end)) found.push(difference);
  return {
    matched,
    total: Math.max(trace.states.length, trace.states.length > 0 ? states.length : 0),
    mismatches: found.length,
    first: found[0],
    isTruncated: trace.states.length > 0 && states.length > trace.states.length,
  };
}

/** How a recorded state differs from that of the program, or undefined. `names` are all variables that it has to name. */
function differenceOf(
  recorded: State,
  actual: ReportedState | undefined,
  names: readonly string[] | undefined,
): string | undefined {
  if (!actual) return `line ${recorded.line}: the program ended before it`;
  if (actual.line !== recorded.line) return `line ${recorded.line}: the program was at line ${actual.line}`;
  if (actual.event !== recorded.event)
    return `line ${recorded.line}: recorded ${recorded.event}, was ${actual.event}`;
  const where = `line ${recorded.line}, `;
  for (const name of names ?? recorded.variables.keys()) {
    const why = variableDifference(name, recorded.variables, actual.variables);
    if (why !== undefined) return `${where}${recordedText(name)}: ${why}`;
  }
  if (recorded.value !== undefined && !sameValue(recorded.value, actual.value))
    return `${where}returned value: ${differing(recorded.value, actual.value)}`;
  return undefined;
}

/** How a variable differs, or undefined. It is the same where neither has it. */
function variableDifference(
  name: string,
  recorded: State['variables'],
  actual: ReportedState['variables'],
): string | undefined {
  const [value, found] = [recorded.get(name), actual.get(name)];
  if (value === undefined) return actual.has(name) ? `not recorded, was ${actualText(found)}` : undefined;
  if (!actual.has(name)) return `recorded ${recordedText(value)}, was not bound`;
  return sameValue(value, found) ? undefined : differing(value, found);
}

function finalDifferences({ output, result }: Trace, end: Report['end']): string[] {
  const found: string[] = [];
  if (output !== undefined && output.trimEnd() !== end?.output?.trimEnd())
    found.push(`output: ${differing(output, end?.output)}`);
  if (result !== undefined && !sameValue(result, end?.result))
    found.push(`result: ${differing(result, end?.result)}`);
  return found;
}

const differing = (recorded: Recorded, actual: unknown): string =>
  `recorded ${recordedText(recorded)}, was ${actualText(actual)}`;

const LONGEST = 80;

/** A value of the program, in the runner's notation but for numbers. */
function actualText(actual: unknown): string {
  const text = (JSON.stringify(actual) ?? 'nothing')
    .replaceAll(
      /\{"i":"(-?)([0-9a-f]{1,64})"\}/g,
      (_all, sign: string, digits: string) => `${sign}${BigInt(`0x${digits}`)}`,
    )
    .replaceAll(/\{"f":"([^"]{1,40})"\}/g, '$1')
    .replaceAll(/\p{Cc}/gu, ' ');
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
