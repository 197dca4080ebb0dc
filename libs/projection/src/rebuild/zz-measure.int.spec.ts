import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { openShadow } from '@tributary/clickhouse';
import { streamOf } from '@tributary/contracts';
import { anEvent, testSpine } from '@tributary/testing';
import { expect, it } from 'vitest';
import { startProjector } from '../projector.ts';
import { projections } from '../../../../services/projector/src/projections.ts';
import { sinkOf } from './rebuilding.suite.ts';
const migrations = join(import.meta.dirname, '../../../../migrations/clickhouse');
it('measures', { timeout: 600_000 }, async () => {
  const spine = await testSpine();
  const which = process.env['WHICH'] ?? 'lab';
  if (which === 'lab') {
    const lines = gunzipSync(
      readFileSync(join(import.meta.dirname, '../../../../examples/lab/log.ndjson.gz')),
    )
      .toString()
      .trim()
      .split('\n');
    const events = lines.map((line) => {
      const e = JSON.parse(line);
      return {
        source: e.source,
        id: e.id,
        type: e.type,
        stream: streamOf(e.type, e.data),
        bytes: Buffer.from(line),
      };
    });
    for (let i = 0; i < events.length; i += 500)
      await spine.log.append(events.slice(i, i + 500), { atomic: false });
  } else {
    const N = 200_000;
    for (let i = 0; i < N; i += 1000)
      await spine.log.append(
        Array.from({ length: 1000 }, (_, k) =>
          anEvent('training.steps.recorded', `s-${i + k}`, {
            runId: `run-${(i + k) % 50}`,
            attempt: 1,
            steps: Array.from({ length: 10 }, (_, s) => Math.floor((i + k) / 50) * 10 + s),
            columns: {
              loss: Array.from({ length: 10 }, (_, s) => 5 / (i + s + 1)),
              grad_norm: Array.from({ length: 10 }, (_, s) => s + 0.5),
            },
          }),
        ),
        { atomic: true },
      );
  }
  const patience = (expire: () => void) => {
    const t = setTimeout(expire, 1000);
    return () => clearTimeout(t);
  };
  const timed = (name: string, f: () => Promise<unknown>) => async () => {
    const t = performance.now();
    const r = await f();
    console.log(name, Math.round(performance.now() - t), 'ms');
    return r;
  };
  const shadow = openShadow({ engine: spine.engine, migrations });
  const live = await startProjector({
    log: spine.log,
    sink: sinkOf(spine.engine),
    projections,
    version: 'v',
    patience,
    shadow: {
      ...shadow,
      make: timed('make', shadow.make) as () => Promise<void>,
      drop: timed('drop', shadow.drop) as () => Promise<void>,
      exchange: (m) => timed('exchange', () => shadow.exchange(m))() as Promise<void>,
    },
  });
  let t = performance.now();
  await live.reached(spine.log.head());
  console.log('first fold', Math.round(performance.now() - t), 'ms', spine.log.head(), live.unprojected());
  for (let i = 0; i < 2; i += 1) {
    t = performance.now();
    const cpu = process.cpuUsage();
    const r = await live.rebuildBeside();
    const used = process.cpuUsage(cpu);
    console.log(
      'rebuild',
      Math.round(performance.now() - t),
      'ms cpu',
      Math.round((used.user + used.system) / 1000),
      r.equal,
      r.tables.reduce((s, x) => s + x.rowsAfter, 0),
      'rows',
      r.tables.length,
      'tables',
      r.divergence,
    );
    expect(r.equal).toBe(true);
  }
  await live.stop();
  await spine.remove();
});
