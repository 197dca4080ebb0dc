import { connectServer } from '@tributary/clickhouse';
import { checksums } from '@tributary/projection';
import type { TableChecksum } from '@tributary/projection';
import { projections } from '@tributary/projector';
import { expect } from 'vitest';
import type { Sums } from './facts.fixture.ts';

export type Tables = { readonly url: string };

/** Every table that the log fills. */
export const TABLES: readonly string[] = [
  'log_event',
  ...projections.flatMap(({ tables }) => tables),
].toSorted();

/** The rows of a query, each a list of values. Numbers beyond 2^53 are strings. */
export async function ask({ url }: Tables, sql: string): Promise<(string | number)[][]> {
  const response = await fetch(url, { method: 'POST', body: `${sql} FORMAT JSONCompactEachRow` });
  const text = await response.text();
  if (!response.ok) throw new Error(`${text} of: ${sql}`);
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as (string | number)[]);
}

export async function numbers(tables: Tables, sql: string): Promise<number[]> {
  const [row = []] = await ask(tables, sql);
  return row.map(Number);
}

/** Rows and an order-independent checksum of every table. */
export async function sumsOf({ url }: Tables): Promise<TableChecksum[]> {
  const engine = await connectServer({ url });
  try {
    return await checksums(engine.reader, TABLES);
  } finally {
    await engine.close();
  }
}

/** The tables hold each fact that was sent once, and all sums are exact. */
export async function expectExact(tables: Tables, sent: Sums): Promise<void> {
  const count = (type: string): number => sent.byType.get(type) ?? 0;
  const counted = `SELECT count(), uniqExact(source, id), min(toUInt64(substring(id, 2))), max(toUInt64(substring(id, 2))) FROM tributary.log_event`;
  expect(await numbers(tables, counted)).toEqual([sent.events, sent.events, 1, sent.events]);
  const byType = await ask(
    tables,
    'SELECT type, count() FROM tributary.log_event GROUP BY type ORDER BY type',
  );
  expect(byType.map(([type, n]) => [type, Number(n)])).toEqual([...sent.byType].toSorted(byText));
  const of = (what: string, table: string) => numbers(tables, `SELECT ${what} FROM tributary.${table}`);
  const started = count('training.run.started');
  const ended = count('training.run.ended');
  expect(await of('count(), uniqExact(run_id)', 'training_run')).toEqual([started, started]);
  expect(await of('count(), uniqExact(run_id)', 'training_run_end')).toEqual([ended, ended]);
  const steps = [sent.steps, sent.steps, sent.tokens];
  expect(await of('count(), uniqExact(run_id, step), sum(tokens)', 'training_step')).toEqual(steps);
  for (const rollup of ['training_step_per_64', 'training_step_per_4096'])
    expect(await of('sum(steps), sum(tokens)', rollup)).toEqual([sent.steps, sent.tokens]);
  expect(await of('sum(tokens)', 'training_run_latest')).toEqual([sent.tokens]);
  expect(await of('count(), sum(amount)', 'training_exposure')).toEqual([sent.amounts, sent.amount]);
  const scored = await of('count(), uniqExact(_position), sum(value)', 'evaluation_score');
  const scores = count('evaluation.score.recorded');
  expect(scored).toEqual([scores, scores, sent.scores]);
}

const byText = ([a]: readonly [string, number], [b]: readonly [string, number]): number => (a < b ? -1 : 1);
