import type { RecordedEvent } from '@tributary/event-log';
import {
  isCovered,
  parseEventPosition,
  parseLogPosition,
  partitionCount,
  positionFromText,
} from '@tributary/kernel';

/** `runs` is asked of all runs. */
export type QuestionKind = 'exposure' | 'curve' | 'runs';

/** What an answer about a run says that the log decides: sums by slice, or values by bucket; and the events behind them. */
export type Content = { readonly rows: readonly string[]; readonly evidence: readonly string[] };

/**
 * The answer as of a log position, folded from the events in a second way: by these few lines, without projections,
 * tables or queries. Undefined where the answer cannot be complete: the run has no start, nothing of what is asked, or steps
 * without exposure.
 */
export function expectedAnswer(
  records: readonly RecordedEvent[],
  { kind, run, position }: { readonly kind: QuestionKind; readonly run: string; readonly position: string },
): Content | undefined {
  if (kind === 'runs') return expectedRuns(upTo(records, position));
  const own = upTo(records, position, `run/${run}`);
  const isStarted = own.some(({ type }) => type === 'training.run.started');
  const type = kind === 'exposure' ? 'training.exposure.recorded' : 'training.steps.recorded';
  const counted = own.filter((record) => record.type === type);
  if (!isStarted || counted.length === 0) return undefined;
  const facts = counted.map(({ bytes }) => factOf(bytes));
  const all = own.map(({ bytes }) => factOf(bytes));
  if (kind === 'exposure' && lacksSteps(all)) return undefined;
  return {
    rows: kind === 'exposure' ? exposureRows(facts) : curveRows(facts),
    evidence: inOrder(counted.map((record) => record.position)),
  };
}

/** Whether any event up to a position mentions a run. */
export function isMentioned(records: readonly RecordedEvent[], run: string, position: string): boolean {
  return upTo(records, position, `run/${run}`).length > 0;
}

/** The events at or before a log position, of one stream or of all. */
function upTo(records: readonly RecordedEvent[], position: string, stream?: string): RecordedEvent[] {
  const reached = positionFromText(position);
  const ends = parseLogPosition(reached, partitionCount(reached)) ?? [];
  return records.filter(
    (record) =>
      (stream === undefined || record.stream === stream) &&
      isCovered(parseEventPosition(record.position), ends),
  );
}

/** A run is listed by its start, or by what it consumed and its steps; a score alone lists none. */
function expectedRuns(records: readonly RecordedEvent[]): Content {
  const runs = new Map<string, { starts: string[]; mentions: string[]; tokens: number }>();
  for (const { stream, type, position, bytes } of records) {
    const run = runs.get(stream) ?? { starts: [], mentions: [], tokens: 0 };
    if (type === 'training.run.started') run.starts.push(position);
    else if (type.startsWith('training.')) run.mentions.push(position);
    if (type === 'training.steps.recorded')
      run.tokens += (factOf(bytes).columns?.tokens ?? []).reduce((sum, tokens) => sum + tokens, 0);
    runs.set(stream, run);
  }
  const listed = [...runs].filter(([, { starts, mentions }]) => starts.length + mentions.length > 0);
  return {
    rows: listed
      .map(([stream, { starts, tokens }]) => runText(stream.slice('run/'.length), starts.length > 0, tokens))
      .toSorted(),
    evidence: inOrder(listed.flatMap(([, { starts, mentions }]) => (starts.length > 0 ? starts : mentions))),
  };
}

type Data = {
  readonly firstStep?: number;
  readonly lastStep?: number;
  readonly amounts?: readonly { readonly slice: string; readonly amount: number }[];
  readonly steps?: readonly number[];
  readonly columns?: { readonly loss: readonly number[]; readonly tokens: readonly number[] };
};

const parsed = new WeakMap<Uint8Array, Data>();

function factOf(bytes: Uint8Array): Data {
  const known = parsed.get(bytes);
  if (known) return known;
  const { data = {} }: { data?: Data } = JSON.parse(Buffer.from(bytes).toString());
  parsed.set(bytes, data);
  return data;
}

export const exposureText = (slice: string, amount: number): string => `${slice} ${amount}`;
export const bucketText = (step: number, values: number, mean: number | null): string =>
  `${step}: ${values} values, mean ${mean?.toFixed(9)}`;

export const runText = (id: string, isStarted: boolean, tokens: number): string =>
  `${id} ${isStarted ? 'started' : 'not started'} ${tokens}`;

/** Positions as text, in the order of the log. */
const inOrder = (positions: readonly string[]): string[] =>
  positions.toSorted(
    (left, right) => parseEventPosition(positionFromText(left)) - parseEventPosition(positionFromText(right)),
  );

function exposureRows(facts: readonly Data[]): string[] {
  const sums = new Map<string, number>();
  for (const { slice, amount } of facts.flatMap(({ amounts = [] }) => amounts))
    sums.set(slice, (sums.get(slice) ?? 0) + amount);
  return [...sums].map(([slice, amount]) => exposureText(slice, amount)).toSorted();
}

/** Whether a step of the run, from 1 to the last one that facts name, is in no range of exposure. */
function lacksSteps(facts: readonly Data[]): boolean {
  const exposed = new Set<number>();
  for (const { firstStep = 1, lastStep = 0 } of facts)
    for (let step = firstStep; step <= lastStep; step += 1) exposed.add(step);
  const known = facts.flatMap(({ steps = [] }) => steps).reduce((last, step) => Math.max(last, step), 0);
  return exposed.size < [...exposed].reduce((last, step) => Math.max(last, step), known);
}

/** Steps in a bucket of the finer rollup. */
const BUCKET = 64;

function curveRows(facts: readonly Data[]): string[] {
  const buckets = new Map<number, number[]>();
  for (const { steps = [], columns } of facts)
    for (const [index, step] of steps.entries()) {
      const first = step - (step % BUCKET);
      buckets.set(first, [...(buckets.get(first) ?? []), columns?.loss[index] ?? NaN]);
    }
  return [...buckets]
    .map(([step, values]) =>
      bucketText(step, values.length, values.reduce((sum, value) => sum + value, 0) / values.length),
    )
    .toSorted();
}
