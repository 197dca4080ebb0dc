import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { numbersOf } from '../arguments.ts';
import { progress } from '../progress.ts';
import { median, whole, writeResults } from '../results.ts';
import { statements } from './graph.ts';
import { measure, questions } from './questions.ts';
import type { Measured } from './questions.ts';

process.env['UV_THREADPOOL_SIZE'] ??= '16';
const { migrate, openChdb } = await import('@tributary/clickhouse');

/* Times walks of the lineage graph over tables that are filled by SQL. */
const [nodes = NaN, rounds = NaN] = numbersOf({
  nodes: { standard: 2_000_000, least: 1_000_000, most: 20_000_000 },
  rounds: { standard: 40, least: 5, most: 10_000 },
});

const directory = mkdtempSync(join(tmpdir(), 'tributary-bench-'));
const engine = await openChdb({ directory: join(directory, 'tables'), threads: 16 });
await migrate(engine, join(import.meta.dirname, '../../migrations/clickhouse'));
const inserts = statements(nodes);
const filled = progress(inserts.length);
/* What is measured shall not share the machine with merges: the tables keep the parts of the inserts. */
await engine.command('SYSTEM STOP MERGES');
for (const { what, sql } of inserts) {
  filled(what);
  await engine.command(sql);
}

const asked = await questions(engine, nodes, rounds);
const next = progress(asked.length);
const rows: (string | number)[][] = [];
for (const question of asked) {
  next(question.title);
  const runs: Measured[] = [];
  for (const from of question.from) runs.push(await measure(engine, question, from));
  rows.push([question.title, ...cellsOf(runs)]);
}
await engine.close();
rmSync(directory, { recursive: true, force: true });

function cellsOf(runs: readonly Measured[]): (string | number)[] {
  const middle = (of: (run: Measured) => number): number => median(runs.map(of));
  const times = runs.map(({ milliseconds }) => milliseconds).toSorted((left, right) => left - right);
  return [
    middle(({ milliseconds }) => milliseconds).toFixed(1),
    (times[Math.ceil(times.length * 0.95) - 1] ?? NaN).toFixed(1),
    middle(({ cpuMilliseconds }) => cpuMilliseconds).toFixed(1),
    whole(middle((run) => run.nodes)),
    whole(middle((run) => run.edges)),
    whole(middle((run) => run.counted)),
  ];
}

writeResults('lineage', `--nodes ${nodes} --rounds ${rounds}`, [
  {
    title: `Lineage of depth 5 and at most 500 nodes in a graph of ${whole(nodes)} nodes and ${whole(nodes * 10)} edges, ${rounds} walks each, with ${whole(loadavg()[0] ?? NaN)} processes that want one of the cores. Neighbours in order have names alike; the others lie anywhere in the tables.`,
    columns: ['walk', 'median ms', 'p95 ms', 'CPU ms', 'nodes', 'edges', 'counted'],
    rows,
  },
]);
process.exit(0);
