import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { openMetrics } from './open-metrics.ts';
import { parsePrometheusText, samplesOf } from './prometheus-text.fixture.ts';

const open = () => openMetrics({ service: 'projector', version: '1.2.3' });

it('serves metrics in the format of Prometheus, with service, version and process metrics', async () => {
  const metrics = open();
  const server = createServer((_request, response) => {
    void metrics.text().then((text) => response.setHeader('content-type', metrics.contentType).end(text));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const response = await fetch(`http://127.0.0.1:${port}/metrics`);
  const families = parsePrometheusText(await response.text());
  await new Promise<void>((resolve) => server.close(() => resolve()));
  expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
  expect(Object.fromEntries(families.get('tributary_build_info')?.samples ?? [])).toEqual({
    'tributary_build_info{service="projector",version="1.2.3"}': 1,
  });
  expect(families.get('process_resident_memory_bytes')?.type).toBe('gauge');
  expect([...families.keys()].filter((name) => name.startsWith('tributary_'))).toEqual([
    'tributary_build_info',
  ]);
});

it('shares nothing with another registry in the process', async () => {
  const [one, other] = [open(), open()];
  one.intake(['otlp']).accepted('otlp', 1);
  other.intake(['otlp']);
  expect(await samplesOf(other, 'tributary_events_accepted_total')).toEqual({
    'tributary_events_accepted_total{protocol="otlp"}': 0,
  });
});
