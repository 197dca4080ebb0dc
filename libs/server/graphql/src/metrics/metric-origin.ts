import type { LogPosition, SqlReader } from '@tributary/kernel';
import { countedOrigins } from '@tributary/training';
import type { CountedHistory } from '@tributary/training';
import { MetricOrigin } from '../generated/schema.ts';

type Asked = {
  readonly run: string;
  /** The steps of the run that count, with those that it inherits. Points are of the run itself: they have no segments. */
  readonly history: CountedHistory;
  readonly name: string;
  /** The origin that a question names. */
  readonly origin: MetricOrigin | null | undefined;
  readonly as_of: LogPosition;
};

/**
 * Which facts a metric is taken from: those that the question names, or the preferred ones where a value of several counts.
 * Undefined where no value of it counts there. It is the same for every range of steps, so that a part of a curve is a part
 * of the whole one.
 */
export async function originOf(
  reader: SqlReader,
  { run, history, name, origin, as_of }: Asked,
  preferred: MetricOrigin,
): Promise<MetricOrigin | undefined> {
  const params = { ...history, run_id: run, metric: name, as_of };
  const counted = new Set((await reader.all(countedOrigins, params)).map((row) => row.origin));
  if (origin) return counted.has(origin) ? origin : undefined;
  return counted.has(preferred) ? preferred : [...counted][0];
}

/** Why an answer about a metric is empty of which no value counts. */
export const noValue = (name: string, origin: MetricOrigin | null | undefined): string =>
  `no recorded value of metric ${shown(name)} counts${origin ? ` in ${WORDS[origin]}` : ''}`;

const WORDS: Readonly<Record<MetricOrigin, string>> = {
  [MetricOrigin.Steps]: 'columns of steps',
  [MetricOrigin.Points]: 'points',
};

/** Of a name that a reason repeats. */
const MAX_SHOWN = 100;

/** A name as far as a reason has room for it, without half of a character at its end. */
const shown = (name: string): string =>
  name.length <= MAX_SHOWN ? name : `${name.slice(0, MAX_SHOWN).replace(/[\uD800-\uDBFF]$/, '')}…`;
