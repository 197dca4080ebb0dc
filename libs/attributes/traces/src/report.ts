import { mapOf, membersOf } from './members.ts';
import type { Members } from './members.ts';

/** A state that a program reported. Its values are in the form that `same-value.ts` describes. */
export type ReportedState = {
  readonly line: number;
  readonly event: string;
  readonly variables: ReadonlyMap<string, unknown>;
  readonly value: unknown;
};

/** What the runner reported of a program. */
export type Report = {
  /** What of the program reaches the interpreter that traces it; undefined where nothing was reported before it ran. */
  readonly reaches: readonly string[] | undefined;
  readonly states: readonly ReportedState[];
  /** How it ended; undefined where it ended before it could say so. */
  readonly end: ReportedEnd | undefined;
};

type ReportedEnd = {
  readonly how: string;
  readonly why: string;
  readonly output: string | undefined;
  readonly result: unknown;
};

/** Reads the lines of a report. Lines that the runner does not write are left out: only a changed runner writes them. */
export function readReport(text: string): Report {
  const [first, ...rest] = text.split('\n').map(membersOf);
  const reaches = first?.get('reaches');
  const lines = Array.isArray(reaches) ? rest : [first, ...rest];
  const end = lines.find((line) => line?.has('end'));
  return {
    reaches: Array.isArray(reaches) ? reaches.map(String) : undefined,
    states: lines.flatMap((line) => (line?.has('l') ? [stateOf(line)] : [])),
    end: end && endOf(end),
  };
}

const stateOf = (line: Members): ReportedState => ({
  line: Number(line.get('l')),
  event: String(line.get('e')),
  variables: mapOf(line.get('v')),
  value: line.get('r'),
});

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

const endOf = (line: Members): ReportedEnd => ({
  how: String(line.get('end')),
  why: textOf(line.get('why')) ?? '',
  output: textOf(line.get('output')),
  result: line.get('result'),
});
