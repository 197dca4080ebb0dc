import { expect, it } from 'vitest';
import { filterOf, orderOf } from './filter.ts';
import { matches, sorted } from './match.ts';

const run = (more: Record<string, string | number | undefined> = {}) => ({
  attributes: { run_id: 'a', status: 'FINISHED', start_time: 5, end_time: undefined, ...more },
  metrics: new Map([
    ['loss', 2.5],
    ['val/loss', Number.NaN],
    ['top 1', 0.5],
  ]),
  params: new Map([['lr', '3e-4']]),
  tags: new Map([['mlflow.user', 'Ada']]),
  datasets: [{ name: 'web', digest: 'd1', context: 'training' }],
});
const holds = (filter: string) => matches(run(), filterOf(filter));

it('compares metrics as numbers, params and tags as text', () => {
  expect(holds('metrics.loss < 3 AND metric.loss >= 2.5')).toBe(true);
  expect(holds('metrics.loss = 2.50 and params.lr = "3e-4"')).toBe(true);
  expect(holds("metrics.loss > 1e3 AND params.lr = '3e-4'")).toBe(false);
  expect(holds("tags.mlflow.user = 'Ada'")).toBe(true);
  expect(holds('tags."mlflow.user" != \'Ada\'')).toBe(false);
});

it('reads quoted keys with slashes and spaces', () => {
  expect(holds('metrics.`top 1` = 0.5 AND metrics."val/loss" != 1')).toBe(true);
  expect(holds('metrics.val/loss < 1')).toBe(false);
});

it('supports LIKE with case, ILIKE without, IN and NOT IN', () => {
  expect(holds("tags.`mlflow.user` LIKE 'A%'")).toBe(true);
  expect(holds("tags.`mlflow.user` LIKE 'a%'")).toBe(false);
  expect(holds("tags.`mlflow.user` ILIKE 'a_a'")).toBe(true);
  expect(holds("run_id IN ('b', 'a')")).toBe(true);
  expect(holds("attributes.run_id NOT IN ('b')")).toBe(true);
});

it('meets only IS NULL where a value is missing', () => {
  expect(holds("params.depth != '2'")).toBe(false);
  expect(holds('params.depth IS NULL AND params.lr IS NOT NULL')).toBe(true);
  expect(holds('end_time < 10')).toBe(false);
});

it('matches one of the datasets', () => {
  expect(holds("datasets.name = 'web' AND dataset.context = 'training'")).toBe(true);
  expect(holds("dataset.digest = 'd2'")).toBe(false);
});

it.each([
  ["metrics.loss < 'a'", /compared with a number/],
  ['params.lr = 3', /in quotes/],
  ['metrics.loss < 3 OR metrics.loss > 4', /expected AND/],
  ['metrics.loss', /expected a comparison/],
  ['weights.a = 1', /unknown field/],
  ["tags.a = 'x", /syntax error|expected a number/],
  ["colour = 'red'", /unknown attribute/],
  ['constructor.a = 1', /unknown field/],
  ["run_id IN ('a'", /separated by commas/],
])('refuses %s and gives the reason', (filter, message) => {
  expect(() => holds(filter)).toThrow(message);
});

it('sorts by several orders, missing values last in both directions', () => {
  const runs = [
    { ...run({ run_id: 'none' }), metrics: new Map<string, number>() },
    { ...run({ run_id: 'nan' }), metrics: new Map([['loss', Number.NaN]]) },
    { ...run({ run_id: 'two' }), metrics: new Map([['loss', 2]]) },
    { ...run({ run_id: 'one' }), metrics: new Map([['loss', 1]]) },
    { ...run({ run_id: 'late', start_time: 9 }), metrics: new Map([['loss', 1]]) },
  ];
  const order = (...texts: string[]) =>
    sorted(runs, texts.map(orderOf)).map(({ attributes }) => attributes.run_id);
  expect(order('metrics.loss ASC', 'start_time DESC')).toEqual(['late', 'one', 'two', 'nan', 'none']);
  expect(order('metrics.`loss` DESC', 'attributes.start_time')).toEqual([
    'two',
    'one',
    'late',
    'nan',
    'none',
  ]);
  expect(() => orderOf('metrics.loss sideways')).toThrow(/not an order/);
});

it('takes as many conditions as it may have, and says so where there are more', () => {
  const filter = (conditions: number) =>
    Array.from({ length: conditions }, () => "tags.a LIKE '%x'").join(' AND ');
  expect(filterOf(filter(100), 100)).toHaveLength(100);
  expect(() => filterOf(filter(101), 100)).toThrow(/at most 100 conditions/);
});
