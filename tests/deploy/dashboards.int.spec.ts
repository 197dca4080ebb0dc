import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '@tributary/clickhouse';
import { openCluster } from '../../libs/adapters/clickhouse/src/cluster.fixture.ts';
import { filledEngine } from './placed-facts.fixture.ts';
import { deployedFiles, readDeployed } from './statements.fixture.ts';

type Target = { rawSql?: string; expr?: string; datasource: { uid: string } };
type Dashboard = {
  panels: { title: string; targets: Target[] }[];
  templating: { list: { name: string; type: string; query: string }[] };
};

const dashboards = deployedFiles('.json')
  .filter((name) => name.startsWith('grafana/dashboards/'))
  .map((name): Dashboard => JSON.parse(readDeployed(name)));
const targets = dashboards.flatMap(({ panels }) =>
  panels.flatMap(({ title, targets }) => targets.map((target) => ({ title, ...target }))),
);
const questions = dashboards.flatMap(({ panels, templating }) => [
  ...panels.flatMap(({ title, targets }) =>
    targets.flatMap(({ rawSql }) => (rawSql ? [{ title, sql: rawSql }] : [])),
  ),
  ...templating.list.flatMap(({ name, type, query }) =>
    type === 'query' ? [{ title: `variable ${name}`, sql: query }] : [],
  ),
]);

let cluster: Awaited<ReturnType<typeof openCluster>>;
let engine: Engine;
let runs: string;
beforeAll(async () => {
  cluster = await openCluster();
  engine = await filledEngine(cluster.directory);
  await cluster.text(
    `INSERT INTO tributary.log_event (id_key, type, recorded_at, _position) VALUES (1, 'training.run.started', '2026-11-01 00:00:00', 1)`,
  );
  runs = (
    await cluster.text(
      "SELECT arrayStringConcat(groupUniqArray(2)(concat('\\'', run_id, '\\'')), ',') FROM tributary.evaluation_score FORMAT RawBLOB",
    )
  ).trim();
});
afterAll(async () => {
  await engine.close();
  await cluster.close();
});

/** Replaces macros like the data source, for a month around the time of the example. */
const expanded = (sql: string): string =>
  sql
    .replaceAll(/\$__timeInterval\((\w+)\)/g, 'toStartOfInterval(toDateTime($1), INTERVAL 60 second)')
    .replaceAll(
      /\$__timeFilter\((\w+)\)/g,
      "$1 >= toDateTime('2026-10-01') AND $1 <= toDateTime('2026-12-31')",
    )
    .replaceAll('${run:singlequote}', runs)
    .replaceAll('${experiment}', '')
    .replaceAll('${metric}', 'loss');

describe.each(questions)('$title', ({ sql }) => {
  it('is one SELECT that the engine can parse, with a LIMIT and known macros only', async () => {
    expect(await cluster.text(`EXPLAIN AST ${expanded(sql)}`)).toMatch(/^SelectWithUnionQuery/);
    expect(expanded(sql)).toMatch(/LIMIT \d+$/);
    expect(expanded(sql).replaceAll("'$__all'", '')).not.toMatch(/\$/);
  });

  it.skipIf(/FROM system\.(?:part_log|replicas|query_log)/.test(sql))(
    'answers with rows from the shipped experiment',
    async () => {
      const text = await cluster.text(expanded(sql), 'JSONEachRow');
      expect(text.trim().split('\n').filter(Boolean).length).toBeGreaterThan(0);
    },
  );
});

it('reads metrics that the services have', () => {
  const folder = join(import.meta.dirname, '../../libs/adapters/telemetry/src');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.ts'),
  );
  const kept = new Set(
    files.flatMap((name) =>
      [...readFileSync(join(folder, name), 'utf8').matchAll(/'(tributary_\w+)'/g)].map(
        ([, metric]) => metric,
      ),
    ),
  );
  const asked = targets.flatMap(({ expr = '' }) =>
    [...expr.matchAll(/tributary_\w+/g)].map(([metric]) => metric),
  );
  expect(asked.length).toBeGreaterThan(8);
  expect(asked.filter((metric) => !kept.has(metric))).toEqual([]);
});

it('uses provisioned data sources', () => {
  const provisioned = readDeployed('grafana/provisioning/datasources/tributary.yaml');
  for (const { datasource } of targets) expect(provisioned).toContain(`uid: ${datasource.uid}\n`);
});
