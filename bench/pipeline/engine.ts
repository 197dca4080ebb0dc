/* Prints the CPU seconds that the engine needs for INSERT … SELECT FROM file(JSON lines). Runs in its own process. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

process.env['UV_THREADPOOL_SIZE'] ??= '16';
const { migrate, openChdb } = await import('@tributary/clickhouse');

const [warmUpFile = '', file = '', views = 'without'] = process.argv.slice(2);
const directory = mkdtempSync(join(tmpdir(), 'tributary-bench-'));
const engine = await openChdb({ directory: join(directory, 'tables'), threads: 16 });
await migrate(engine, join(import.meta.dirname, '../../migrations/clickhouse'));
if (views === 'without') {
  for (const view of ['per_64', 'per_4096', 'run_latest']) {
    const name = view === 'run_latest' ? 'training_run_latest_mv' : `training_step_${view}_mv`;
    await engine.command(`DROP VIEW tributary.${name}`);
  }
}
const insert = (path: string): Promise<void> =>
  engine.command(
    `INSERT INTO tributary.training_step SELECT * FROM file('${path}', 'JSONEachRow', 'run_id String, attempt UInt32, step UInt64, loss Float32, learning_rate Float32, grad_norm Float32, tokens UInt64, extra Map(String, Float32), _position UInt64')`,
  );

await insert(warmUpFile);
const before = process.cpuUsage();
await insert(file);
const { user, system } = process.cpuUsage(before);
console.log((user + system) / 1e6);
await engine.close();
rmSync(directory, { recursive: true, force: true });
process.exit(0);
