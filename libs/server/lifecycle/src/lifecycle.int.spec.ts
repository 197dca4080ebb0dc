import { Controller, Get, Module } from '@nestjs/common';
import { REQUEST_LIMITS } from '@tributary/capture';
import { HEALTH, HealthController, ownerToken } from '@tributary/http';
import type { Authenticator, Health, ReadinessCondition } from '@tributary/http';
import { Fault, systemClock } from '@tributary/kernel';
import { openLog, openMetrics } from '@tributary/telemetry';
import { afterEach, describe, expect, it } from 'vitest';
import { Lifecycle } from './lifecycle.ts';
import type { Opened } from './lifecycle.ts';

@Controller()
class HelloController {
  @Get('hello')
  hello() {
    return { hello: 'world' };
  }
}

@Module({})
class HelloModule {}

/** What a process has opened, with conditions that a test sets. */
function opened() {
  const state = {
    conditions: [] as ReadinessCondition[],
    dead: undefined as unknown,
    isClosed: false,
  };
  const parts: Opened = {
    health: {
      conditions: () => Promise.resolve(state.conditions),
      dead: () => state.dead,
      ready: () => ({ position: '4' }),
    },
    module: (health: Health) => ({
      module: HelloModule,
      controllers: [HelloController, HealthController],
      providers: [{ provide: HEALTH, useValue: health }],
    }),
    close: () => {
      state.isClosed = true;
      return Promise.resolve();
    },
  };
  return { state, parts };
}

let lifecycle: Lifecycle;
let lines: Record<string, unknown>[];
let ended: Promise<void> | undefined;

type More = { readonly metricsPort?: number; readonly authenticator?: Authenticator };

async function waiting({ metricsPort, authenticator }: More = {}): Promise<string> {
  lines = [];
  ended = undefined;
  const log = openLog({
    service: 'spec',
    clock: systemClock,
    write: (line) => void lines.push(JSON.parse(line)),
    traceparent: () => undefined,
  });
  lifecycle = new Lifecycle({
    log,
    address: { host: '127.0.0.1', port: 0, metricsPort },
    authenticator,
    limits: REQUEST_LIMITS,
    faultGrace: 100,
    openMetrics: () => openMetrics({ service: 'spec', version: '1' }),
  });
  await lifecycle.wait();
  return urlOf('process.waiting');
}

/** The address that an event of the log names. */
function urlOf(event: string): string {
  const url = lines.find((line) => line['event'] === event)?.['url'];
  return typeof url === 'string' ? url : '';
}
const eventsNamed = (event: string) => lines.filter((line) => line['event'] === event);

afterEach(async () => {
  await (ended ?? lifecycle.end());
});

describe('a process that waits for what it needs', () => {
  it('answers health, is not ready, and refuses everything else with the same condition', async () => {
    const url = await waiting();
    expect((await fetch(`${url}/health`)).status).toBe(200);
    const ready = await fetch(`${url}/ready`);
    expect(ready.status).toBe(503);
    expect(await ready.json()).toMatchObject({ conditions: [{ code: 'starting' }] });
    const headers = { 'content-type': 'application/cloudevents+json' };
    const other = await fetch(`${url}/v1/events`, { method: 'POST', headers, body: '{}' });
    expect(other.status).toBe(503);
    expect(other.headers.get('retry-after')).toBe('5');
    expect(await other.json()).toMatchObject({ title: 'not ready', conditions: [{ code: 'starting' }] });
  });

  it('reports why opening failed, and logs a reason that repeats itself once', async () => {
    const url = await waiting();
    const fault = new Fault('topic_missing', 'there is no topic events', { retryable: true });
    lifecycle.report(fault);
    lifecycle.report(fault);
    lifecycle.report(new TypeError('x is undefined'));
    lifecycle.report(fault);
    expect(eventsNamed('process.condition').map((line) => line['code'])).toEqual([
      'topic_missing',
      'fault',
      'topic_missing',
    ]);
    expect(await (await fetch(`${url}/ready`)).json()).toMatchObject({
      conditions: [{ code: 'topic_missing', detail: 'there is no topic events' }],
    });
  });

  it('registers metrics anew for each attempt to open', async () => {
    const url = await waiting();
    lifecycle.renewMetrics().deadLetters(() => ({ invalid_json: 1 }));
    lifecycle.renewMetrics().deadLetters(() => ({ invalid_json: 2 }));
    const text = await (await fetch(`${url}/metrics`)).text();
    expect(text).toMatch(/code="invalid_json"[^\n]* 2\n/);
  });
});

describe('a process that asks for keys', () => {
  const { token, authenticator } = ownerToken('ada');
  const headers = { authorization: `Bearer ${token}` };

  it('does so while it waits and while it serves, and says to everybody whether it is ready', async () => {
    const url = await waiting({ authenticator });
    expect((await fetch(`${url}/ready`)).status).toBe(503);
    expect((await fetch(`${url}/hello`)).status).toBe(401);
    expect((await fetch(`${url}/hello`, { headers })).status).toBe(503);
    const stop = new AbortController();
    ended = lifecycle.serve(opened().parts, stop.signal).finally(() => lifecycle.end());
    await expect.poll(async () => (await fetch(`${url}/ready`)).status).toBe(200);
    expect((await fetch(`${url}/metrics`)).status).toBe(401);
    expect((await fetch(`${url}/metrics`, { headers })).status).toBe(200);
    /* No rule says who may use this route. */
    expect((await fetch(`${url}/hello`, { headers })).status).toBe(403);
    stop.abort();
  });

  it('has its metrics on their own port without one, while it waits and while it serves', async () => {
    const url = await waiting({ authenticator, metricsPort: 0 });
    const metricsOf = (event: string) => fetch(`${String(eventsNamed(event)[0]?.['metrics'])}/metrics`);
    expect((await metricsOf('process.waiting')).status).toBe(200);
    const stop = new AbortController();
    ended = lifecycle.serve(opened().parts, stop.signal).finally(() => lifecycle.end());
    await expect.poll(async () => (await fetch(`${url}/ready`)).status).toBe(200);
    expect(await (await metricsOf('process.serving')).text()).toContain('# TYPE');
    expect((await fetch(`${url}/metrics`, { headers })).status).toBe(404);
    stop.abort();
  });
});

describe('a process that has what it needs', () => {
  it('serves on the port that it waited on, with the conditions of what it has opened', async () => {
    const url = await waiting();
    const { parts, state } = opened();
    const stopping = new AbortController();
    const serving = lifecycle.serve(parts, stopping.signal);
    await expect.poll(() => urlOf('process.serving')).toBe(url);
    expect(await (await fetch(`${url}/hello`)).json()).toEqual({ hello: 'world' });
    expect(await (await fetch(`${url}/ready`)).json()).toEqual({ status: 'ready', position: '4' });
    state.conditions.push({ code: 'clickhouse_unavailable', detail: 'no answer' });
    expect(await (await fetch(`${url}/ready`)).json()).toMatchObject({ conditions: state.conditions });
    stopping.abort();
    await serving;
  });

  it('says that it is stopping, closes what it has opened, and answers no more', async () => {
    const url = await waiting();
    const { parts, state } = opened();
    const stopping = new AbortController();
    const serving = lifecycle.serve(parts, stopping.signal);
    await expect.poll(() => urlOf('process.serving')).toBe(url);
    stopping.abort();
    await serving;
    expect(await (await fetch(`${url}/ready`)).json()).toMatchObject({ conditions: [{ code: 'stopping' }] });
    expect(state.isClosed).toBe(false);
    ended = lifecycle.end();
    await ended;
    expect(state.isClosed).toBe(true);
    await expect(fetch(`${url}/health`)).rejects.toThrow('fetch failed');
  });

  it('ends when a part of it has been dead for the grace, and says which', async () => {
    const url = await waiting();
    const { parts, state } = opened();
    const serving = lifecycle.serve(parts, new AbortController().signal);
    await expect.poll(() => urlOf('process.serving')).toBe(url);
    state.dead = new Fault('log_write_failed', 'the log could not be written');
    await expect(serving).rejects.toMatchObject({
      code: 'process_dead',
      message: expect.stringContaining('the log could not be written'),
    });
  });

  it('does not serve for long where it was stopped while it opened', async () => {
    await waiting();
    const stopping = new AbortController();
    stopping.abort();
    await lifecycle.serve(opened().parts, stopping.signal);
    expect(eventsNamed('process.serving')).toHaveLength(1);
  });
});

describe('the gauge of conditions', () => {
  const gauges = async (url: string) =>
    [
      ...(await (await fetch(`${url}/metrics`)).text()).matchAll(/^tributary_condition\{code="(\w+)"\} 1$/gm),
    ].map(([, code]) => code);

  it('has the codes of conditions and warnings, while the process waits and works', async () => {
    const waits = await waiting();
    expect(await gauges(waits)).toEqual(['starting']);
    lifecycle.renewMetrics();
    const { parts } = opened();
    const stopping = new AbortController();
    const warned = {
      ...parts,
      health: {
        ...parts.health,
        conditions: () => Promise.resolve([{ code: 'disk_low', detail: 'd' }]),
        warnings: () => [{ code: 'clock_behind', detail: 'w' }],
      },
    };
    ended = lifecycle.serve(warned, stopping.signal).then(() => lifecycle.end());
    try {
      await expect.poll(() => urlOf('process.serving')).not.toBe('');
      /* A connection to the server of before may be closed meanwhile. */
      const served = () => gauges(urlOf('process.serving')).catch(() => undefined);
      await expect.poll(served).toEqual(['disk_low', 'clock_behind']);
    } finally {
      stopping.abort();
    }
    await ended;
  });
});
