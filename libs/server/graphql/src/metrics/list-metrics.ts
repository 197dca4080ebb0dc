import type { RowOf } from '@tributary/kernel';
import { runMetrics } from '@tributary/training';
import { evidenceOf, withCorrectionsOf } from '../answer.ts';
import type { Freshness } from '../answer.ts';
import { connectionOf, emptyConnection, sizeOf, unlessEmpty } from '../connection.ts';
import type { Counted } from '../connection.ts';
import type { QueryMetricsArgs, RunMetric, RunMetrics } from '../generated/schema.ts';
import { freshnessOfRun } from '../known.ts';
import type { Runtime } from '../runtime.ts';

/** The metrics of a run, page by page, whatever they were recorded by. */
export async function listMetrics(
  runtime: Runtime,
  tables: Freshness,
  { run, attempt = null, ...page }: QueryMetricsArgs,
): Promise<Counted<RunMetrics>> {
  const { reader } = runtime.engine;
  const fresh = await withCorrectionsOf(runtime, await freshnessOfRun(reader, tables, run), [run]);
  const attempts = attempt === null ? [] : [attempt];
  const params = {
    run_ids: [run],
    attempts,
    after: page.after ?? '',
    first: sizeOf(page),
    as_of: fresh.position,
  };
  /* Attempts are counted from 1, and 0 stands for none. */
  const isNone = attempt !== null && attempt < 0;
  const list = isNone
    ? emptyConnection(fresh)
    : await connectionOf({ reader, fresh }, runMetrics, params, {
        node: metricOf,
        cursor: ({ page_key }) => page_key,
        evidence: ({ evidence }) => ({ positions: evidence }),
      });
  const of = attempt === null ? '' : ` of attempt ${attempt}`;
  return { ...unlessEmpty(list, page, `no metrics${of} recorded`), run, attempt };
}

const metricOf = (row: RowOf<typeof runMetrics>): RunMetric => ({
  name: row.name,
  origin: row.origin,
  methods: row.methods,
  /* Facts about metrics declare no units; the contract of steps says what their tokens are. */
  unit: row.origin === 'steps' && row.name === 'tokens' ? 'token' : null,
  values: row.recorded_values,
  nonfinite: row.nonfinite,
  firstStep: row.first_step,
  lastStep: row.last_step,
  evidence: evidenceOf(row.evidence),
});
