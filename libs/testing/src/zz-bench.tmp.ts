import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { readFileSync, writeFileSync } from 'node:fs';
import { connectServer, migrate, openChdb } from '@tributary/clickhouse';
import type { Engine } from '@tributary/clickhouse';
import { startClickHouse, startTcpProxy } from './index.ts';
const migrations = join(import.meta.dirname, '../../../migrations/clickhouse');
const N = 250_000, ROUNDS = Number(process.argv[2] ?? 7);
const face = await startClickHouse();
const proxy = await startTcpProxy({ to: { host: '127.0.0.1', port: face.port } });
const engines: Record<string, Engine> = {
  embedded: await openChdb({ directory: mkdtempSync('/tmp/chx/b'), threads: 16, readers: 2 }),
  'http plain': await connectServer({ url: face.url, compress: false }),
  'http gzip1': await connectServer({ url: face.url }),
  'http plain via proxy': await connectServer({ url: `http://127.0.0.1:${proxy.port}`, compress: false }),
};
for (const [name, e] of Object.entries(engines)) if (name === 'embedded' || name === 'http plain') await migrate(e, migrations);
const table = 'tributary.training_step';
const cpuOf = () => { const own = process.cpuUsage(); const f = readFileSync(`/proc/${face.pid}/stat`, 'utf8').split(') ')[1]!.split(' '); return (own.user + own.system) / 1000 + (Number(f[11]) + Number(f[12])) * 10; };
const cpus: Record<string, number[]> = {};
const times: Record<string, number[]> = {};
let bytes = 0;
for (let round = 0; round <= ROUNDS; round += 1) {
  for (const [name, engine] of Object.entries(engines)) {
    const encoder = await engine.encoder(table);
    const at = (f: (i: number) => number) => Float64Array.from({ length: N }, (_, i) => f(i));
    const block = encoder.columns({
      run_id: `run-${round}`, attempt: 1, step: at((i) => i + round * N), loss: at((i) => 2 + Math.sin(i) * 0.3 + Math.random() * 0.01),
      learning_rate: at((i) => 3e-4 * (1 - i / N)), grad_norm: at(() => Math.random()), tokens: at(() => 4_194_304),
      extra: {}, _position: at((i) => i + 1),
    });
    bytes = block.bytes.length;
    const cpu = cpuOf(); const begun = performance.now();
    await engine.insert({ token: `${name}:${round}`, block });
    const took = performance.now() - begun;
    if (round === 1 && name === 'embedded') writeFileSync('/tmp/chx/block.bin', block.bytes);
    if (round > 0) (cpus[name] ??= []).push(cpuOf() - cpu);
    if (round > 0) (times[name] ??= []).push(took);
  }
}
const median = (xs: number[]) => xs.toSorted((a, b) => a - b)[Math.floor(xs.length / 2)] ?? 0;
console.log('block', N, 'rows', bytes, 'bytes');
const base = median(times['embedded'] ?? []);
for (const [name, xs] of Object.entries(times)) console.log(name.padEnd(24), 'median ms', median(xs).toFixed(0), 'min', Math.min(...xs).toFixed(0), 'max', Math.max(...xs).toFixed(0), 'cpu ms', median(cpus[name]!).toFixed(0), 'cpu ratio', (median(cpus['embedded']!) / median(cpus[name]!)).toFixed(2), 'krows/s', (N / median(xs)).toFixed(0), 'ratio', (base / median(xs)).toFixed(2));
for (const e of Object.values(engines)) await e.close();
await proxy.stop(); await face.stop();
