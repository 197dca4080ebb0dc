import 'reflect-metadata';
import { EventEmitter, once } from 'node:events';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { Controller, Get, Module, Req } from '@nestjs/common';
import { REQUEST_LIMITS } from '@tributary/capture';
import type { FastifyRequest } from 'fastify';
import { afterEach, expect, it } from 'vitest';
import { serve } from './serve.ts';
import type { Serving } from './serve.ts';

/** Emits `closed` with the connection of a request to /large. */
const connections = new EventEmitter();

@Controller()
class TestController {
  @Get('large')
  large(@Req() { raw }: FastifyRequest) {
    raw.socket.once('close', () => connections.emit('closed'));
    return 'x'.repeat(24 * 1024 * 1024);
  }
}

@Module({ controllers: [TestController] })
class TestModule {}

let serving: Serving;
afterEach(() => serving.stop());

/** Asks for an answer of megabytes, and reads nothing of it. */
async function askLarge(options: Parameters<typeof serve>[2]): Promise<Socket> {
  serving = await serve({ module: TestModule }, { host: '127.0.0.1', port: 0 }, options);
  const { port, hostname } = new URL(serving.url);
  const socket = connect(Number(port), hostname).pause();
  socket.write('GET /large HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n');
  return socket;
}

it('ends a request whose client does not read the answer', async () => {
  const socket = await askLarge({ unreadMillis: 100 });
  await once(connections, 'closed');
  socket.destroy();
}, 30_000);

it('does not end it sooner where requests have less time to arrive: its client may read slowly', async () => {
  const requestTimeout = 100;
  const socket = await askLarge({ limits: { ...REQUEST_LIMITS, requestTimeout } });
  const closed = once(connections, 'closed').then(() => 'closed');
  expect(await Promise.race([closed, pause(20 * requestTimeout, 'open')])).toBe('open');
  socket.destroy();
  expect(await closed).toBe('closed');
});
