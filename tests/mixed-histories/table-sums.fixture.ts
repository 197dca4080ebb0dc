import type { RecordedEvent } from '@tributary/event-log';
import type { Query, SqlReader } from '@tributary/kernel';

const lines = (sql: string): Query<Record<string, never>, { line: string }> => ({
  name: 'test',
  sql,
  params: { parse: () => ({}) },
  row: { parse: (row): { line: string } => Object(row) },
});

/** One line a run and what is counted: rows that a projection makes, and rows that a view makes of them. */
const QUERIES = {
  exposure: lines(
    `SELECT concat(run_id, ' ', slice, ' ', toString(count()), ' ', toString(sum(amount))) AS line
     FROM tributary.training_exposure GROUP BY run_id, slice`,
  ),
  steps: lines(
    `SELECT concat(run_id, ' ', toString(count())) AS line FROM tributary.training_step GROUP BY run_id`,
  ),
  rollup: lines(
    `SELECT concat(run_id, ' ', toString(sum(steps))) AS line FROM tributary.training_step_per_64 GROUP BY run_id`,
  ),
  scores: lines(`SELECT concat('scores ', toString(count())) AS line FROM tributary.evaluation_score`),
};

type Data = {
  readonly runId: string;
  readonly amounts?: readonly { readonly slice: string; readonly amount: number }[];
  readonly steps?: readonly number[];
};

/** Of a fact that refers to a blob: the start of a run, which is not counted. */
const NO_DATA: Data = { runId: '' };

/** What differs between tables that hold a whole log and a count of its events that uses no projection. */
export async function tableDifferences(
  reader: SqlReader,
  records: readonly RecordedEvent[],
): Promise<string[]> {
  const expected = expectedLines(records);
  const differences: string[] = [];
  for (const [table, query] of Object.entries(QUERIES)) {
    const stored = (await reader.all(query, {})).map(({ line }) => line).toSorted();
    const wanted = (expected.get(table) ?? []).toSorted();
    const [extra] = stored.filter((line) => !wanted.includes(line));
    const [missing] = wanted.filter((line) => !stored.includes(line));
    if (extra !== undefined || missing !== undefined)
      differences.push(
        `the tables say ${table} ${extra ?? 'nothing'}, and the log says ${missing ?? 'nothing'}`,
      );
  }
  return differences;
}

function expectedLines(records: readonly RecordedEvent[]): Map<string, string[]> {
  const amounts = new Map<string, { rows: number; sum: number }>();
  const steps = new Map<string, number>();
  let scores = 0;
  for (const { type, bytes } of records) {
    if (type === 'evaluation.score.recorded') scores += 1;
    const { data = NO_DATA }: { data?: Data } = JSON.parse(Buffer.from(bytes).toString());
    for (const { slice, amount } of data.amounts ?? []) {
      const { rows, sum } = amounts.get(`${data.runId} ${slice}`) ?? { rows: 0, sum: 0 };
      amounts.set(`${data.runId} ${slice}`, { rows: rows + 1, sum: sum + amount });
    }
    if (data.steps) steps.set(data.runId, (steps.get(data.runId) ?? 0) + data.steps.length);
  }
  const counted = [...steps].map(([run, count]) => `${run} ${count}`);
  return new Map([
    ['exposure', [...amounts].map(([of, { rows, sum }]) => `${of} ${rows} ${sum}`)],
    ['steps', counted],
    ['rollup', counted],
    ['scores', [`scores ${scores}`]],
  ]);
}
