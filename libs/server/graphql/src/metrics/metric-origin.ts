import type { LogPosition, SqlReader } from '@tributary/kernel';
import { runMetrics } from '@tributary/training';
import { MetricOrigin } from '../generated/schema.ts';

type Asked = {
  /** The runs that may have recorded it: a run, and those whose steps it inherits. */
  readonly runs: readonly string[];
  readonly name: string;
  /** The origin that a question names. */
  readonly origin: MetricOrigin | null | undefined;
  readonly as_of: LogPosition;
};

/**
 * Which facts a metric is taken from: those that the question names, or the preferred ones where there are several. Undefined
 * where nothing of it is recorded there.
 */
export async function originOf(
  reader: SqlReader,
  { runs, name, origin, as_of }: Asked,
  preferred: MetricOrigin,
): Promise<MetricOrigin | undefined> {
  const run_ids = [...new Set(runs)];
  const params = { run_ids, attempts: [], names: [name], after: '', first: 2, as_of };
  const found = new Set((await reader.all(runMetrics, params)).map((row) => row.origin));
  if (origin) return found.has(origin) ? origin : undefined;
  return found.has(preferred) ? preferred : [...found][0];
}

/** Why an answer about a metric is empty of which nothing is recorded. */
export const noValue = (name: string, origin: MetricOrigin | null | undefined): string =>
  `no value of metric ${name} recorded${origin ? ` in ${WORDS[origin]}` : ''}`;

const WORDS: Readonly<Record<MetricOrigin, string>> = {
  [MetricOrigin.Steps]: 'columns of steps',
  [MetricOrigin.Points]: 'points',
};
