import { EventEmitter, once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { withServer } from '../server/reach.ts';
import { run } from '../program.ts';

const data = mkdtempSync(join(tmpdir(), 'tributary-serve-'));
afterAll(() => rmSync(data, { recursive: true }));

/** Runs `tributary serve` in this process. */
function serve(environment: Readonly<Record<string, string>>) {
  const process = new EventEmitter();
  const reported: string[] = [];
  const code = run(['node', 'tributary', 'serve', '--port', '0'], {
    print: (text) => void process.emit('printed', text.trim()),
    report: (text) => void reported.push(text),
    interactive: false,
    directory: data,
    environment,
    onSignal: (listener) => void process.on('signal', listener),
    exitNow: () => undefined,
  });
  return {
    code,
    reported,
    printed: once(process, 'printed').then(String),
    stop: () => process.emit('signal'),
  };
}

it('obeys the port of the metrics and the bytes of a file of MLflow, as the services do', async () => {
  const served = serve({ METRICS_PORT: '0', TRIBUTARY_ARTIFACT_BYTES: '1000' });
  const url = await served.printed;
  const limits: unknown = await (await fetch(`${url}/v1/limits`)).json();
  expect(limits).toMatchObject({ maxArtifactBytes: 1000 });
  await expect.poll(() => served.reported.join('')).toMatch(/The metrics are on http:\S+\/metrics/);
  const [, metricsUrl = ''] = /are on (\S+)\.\n/.exec(served.reported.join('')) ?? [];
  expect(await (await fetch(metricsUrl)).text()).toContain('tributary_requests_refused_total');
  expect((await fetch(`${url}/metrics`)).status).toBe(404);
  served.stop();
  expect(await served.code).toBe(0);
});

it('does not start with sizes of bodies that contradict each other, and names both variables', async () => {
  const served = serve({ TRIBUTARY_BYTES_IN_FLIGHT: '1000' });
  expect(await served.code).toBe(1);
  expect(served.reported.join('')).toMatch(
    /TRIBUTARY_BODY_BYTES: .* 8388608 .* 1000 .*TRIBUTARY_BYTES_IN_FLIGHT/,
  );
});

it('names what is no port of the metrics', async () => {
  const served = serve({ METRICS_PORT: 'tcp://10.0.0.1:9090' });
  expect(await served.code).toBe(1);
  expect(served.reported.join('')).toContain('METRICS_PORT: ');
});

it('leaves the port of the metrics to the server that runs, where a command starts one for itself, whatever a cluster sets it to', async () => {
  const own = { data, quiet: true as const, environment: { METRICS_PORT: 'tcp://10.0.0.1:9090' } };
  expect(await withServer(own, async (url) => (await fetch(`${url}/health`)).status)).toBe(200);
});
