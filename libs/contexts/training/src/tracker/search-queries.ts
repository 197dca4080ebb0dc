import { query, withTexts } from '@tributary/kernel';
import type { Query } from '@tributary/kernel';
import { z } from 'zod';
import {
  count,
  declaredInputs,
  latestMetrics,
  names,
  PACKAGE,
  real,
  trackedParams,
  trackedRuns,
  trackedTags,
} from './queries.ts';

/*
 * What a search looks at, which may be all runs: ranges of their ids, and what is known of the runs of a range in rows
 * of columns, because a row for each run costs more than what is in it.
 */

/** Values of a column in one row, which is parsed in one piece: some megabytes where they are the longest texts of tags. */
const VALUES_IN_A_ROW = 500;

/** A question reads no more rows than it says; in columns there are fewer, and they are counted outside. */
const LIMIT = /\nLIMIT \d+\s*$/;

/** From one id to another, both included. */
const range = { from_id: z.string(), to_id: z.string(), as_of: z.array(z.number()) };

export const runRanges = query(PACKAGE, 'run-ranges', {
  params: z.object({ project_ids: names, most: z.int().min(1), as_of: z.array(z.number()) }),
  row: z.object({ from_id: z.string(), to_id: z.string() }),
});

const texts = {
  ids: 'owner_id',
  params: z.object({ ...range, owner_kind: z.enum(['run']), keys: names }),
  row: z.object({ owner_id: names, key: names, value: names }),
};

export const tagsInRange = inRange(trackedTags, texts);

export const paramsInRange = inRange(trackedParams, texts);

/** Times as those of `trackedRuns`. */
export const runsInRange = inRange(trackedRuns, {
  ids: 'run_id',
  params: z.object({ ...range, project_ids: names }),
  row: z.object({
    run_id: names,
    project_id: names,
    name: names,
    status: names,
    started: z.array(count),
    status_changed: z.array(count),
    retired: z.array(z.boolean()),
  }),
});

export const metricsInRange = inRange(latestMetrics, {
  ids: 'run_id',
  params: z.object({ ...range, keys: names }),
  row: z.object({ run_id: names, key: names, value: z.array(real) }),
});

export const inputsInRange = inRange(declaredInputs, {
  ids: 'run_id',
  params: z.object(range),
  row: z.object({ run_id: names, name: names, digest: names, context: names }),
});

type Columns<Params extends z.ZodObject, Row extends z.ZodObject> = {
  /** The column whose values are in the range. */
  readonly ids: string;
  readonly params: Params;
  readonly row: Row;
};

/**
 * The question about a range of ids instead of a list of them, with its answer in rows of some columns. It may have as many
 * values as the question may have rows, and is refused where it has more.
 */
function inRange<Asked extends Record<string, unknown>, Params extends z.ZodObject, Row extends z.ZodObject>(
  asked: Query<Asked, unknown>,
  { ids, params, row }: Columns<Params, Row>,
): Query<z.infer<Params>, z.infer<Row>> {
  const most = Math.ceil((asked.most ?? Infinity) / VALUES_IN_A_ROW);
  const listed = `(empty({${ids}s:Array(String)}) OR ${ids} IN {${ids}s:Array(String)})`;
  const ranged = `${ids} BETWEEN {from_id:String} AND {to_id:String}`;
  const columns = Object.keys(row.shape).map((column) => `groupArray(${column}) AS ${column}`);
  const { sql, withoutCorrections, afterWithdrawals } = withTexts(
    asked,
    (text) =>
      `SELECT ${columns.join(', ')} FROM (${text.replaceAll(listed, ranged).replace(LIMIT, '')}
) GROUP BY intDiv(rowNumberInAllBlocks(), ${VALUES_IN_A_ROW}) LIMIT ${most + 1}`,
  );
  const others = {
    ...(withoutCorrections !== undefined && { withoutCorrections }),
    ...(afterWithdrawals !== undefined && { afterWithdrawals }),
  };
  return { name: `${asked.name}-in-range`, sql, ...others, most, params, row };
}
