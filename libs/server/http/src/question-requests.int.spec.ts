import { once } from 'node:events';
import { request } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { currentSignal } from '@tributary/kernel';
import fastify from 'fastify';
import type { FastifyInstance } from 'fastify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { boundQuestions } from './question-requests.ts';

let server: FastifyInstance;
let running: () => number;
let url: string;
const endings: string[] = [];
/** What each question that has come is ended by, and what answers it. */
const asked: { readonly signal: AbortSignal | undefined; readonly answer: () => void }[] = [];

beforeEach(async () => {
  server = fastify();
  asked.length = 0;
  endings.length = 0;
  running = boundQuestions(server, {
    isQuestion: (_method, path) => path !== '/other',
    limits: { questions: 2, timeout: 60_000 },
    ended: (ending) => endings.push(ending),
  });
  for (const path of ['/question', '/other'])
    server.post(path, async () => {
      await Promise.resolve();
      await new Promise<void>((answer) => asked.push({ signal: currentSignal(), answer }));
      return 'answered';
    });
  url = await server.listen({ host: '127.0.0.1', port: 0 });
});
afterEach(() => server.close());

const post = (path: string) =>
  fetch(`${url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"some":"body"}',
  });

/** A client that sends a question and may leave. */
function client() {
  const { port } = server.server.address() as AddressInfo;
  const sent = request({ port, path: '/question', method: 'POST' });
  sent.on('error', () => undefined);
  sent.end();
  return sent;
}

describe('the signal of a question', () => {
  it('aborts when its client closes the connection, and that of others does not', async () => {
    const leaving = client();
    await expect.poll(() => asked.length).toBe(1);
    const staying = post('/question');
    await expect.poll(() => asked.length).toBe(2);
    expect(running()).toBe(2);
    leaving.destroy();
    const [left, other] = asked;
    await expect.poll(() => left?.signal?.aborted).toBe(true);
    expect(left?.signal?.reason).toMatchObject({ code: 'client_left', retryable: false });
    expect(running()).toBe(1);
    expect(other?.signal?.aborted).toBe(false);
    other?.answer();
    expect(await (await staying).text()).toBe('answered');
    await expect.poll(running).toBe(0);
    expect(other?.signal?.aborted).toBe(false);
    expect(endings).toEqual(['client_left']);
    left?.answer();
  });

  it('aborts when the time of the question has passed', async () => {
    const hurried = fastify();
    const limits = { questions: 1, timeout: 50 };
    boundQuestions(hurried, { isQuestion: () => true, limits, ended: (ending) => endings.push(ending) });
    hurried.get('/', async () => {
      const signal = currentSignal();
      if (signal) await once(signal, 'abort');
      throw signal?.reason;
    });
    const answer = await hurried.inject('/');
    expect(answer.json()).toMatchObject({ code: 'question_overdue' });
    expect(answer.json().message).toMatch(/not answered within 0.05 s.*TRIBUTARY_QUESTION_TIMEOUT_MS/);
    expect(endings).toEqual(['overdue']);
    await hurried.close();
  });

  it('is absent where the request is no question', async () => {
    const other = post('/other');
    await expect.poll(() => asked.length).toBe(1);
    expect([asked[0]?.signal, running()]).toEqual([undefined, 0]);
    asked[0]?.answer();
    await other;
  });
});

it('is ended with its connection, also where its answer waits behind another one', async () => {
  const { port } = server.server.address() as AddressInfo;
  const socket = connect(port, '127.0.0.1');
  const one = 'POST /question HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n';
  socket.write(`${one}${one}`);
  await expect.poll(running).toBe(2);
  await expect.poll(() => asked.length).toBe(2);
  socket.destroy();
  await expect.poll(running).toBe(0);
  expect(asked.map(({ signal }) => signal?.aborted)).toEqual([true, true]);
  for (const { answer } of asked) answer();
});

it('is a question however its path is written', async () => {
  const sent = post('/%71uestion');
  await expect.poll(() => asked.length).toBe(1);
  expect([asked[0]?.signal?.aborted, running()]).toEqual([false, 1]);
  asked[0]?.answer();
  expect((await sent).status).toBe(200);
});

it('refuses what comes while as many are answered as may be, and takes the next one when one is done', async () => {
  const both = [post('/question'), post('/question')];
  await expect.poll(() => asked.length).toBe(2);
  const refused = await post('/question');
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '1']);
  const problem: unknown = await refused.json();
  expect(problem).toMatchObject({
    code: 'busy',
    detail: expect.stringContaining('answers 2 requests at once'),
  });
  expect(problem).toMatchObject({ detail: expect.stringContaining('TRIBUTARY_QUESTIONS') });
  expect(endings).toEqual(['busy']);
  for (const { answer } of asked.splice(0)) answer();
  await Promise.all(both);
  await expect.poll(running).toBe(0);
  const next = post('/question');
  await expect.poll(() => asked.length).toBe(1);
  asked[0]?.answer();
  expect((await next).status).toBe(200);
});
