import { All, Controller, Get, Module, Post } from '@nestjs/common';
import { REQUEST_LIMITS, setOperations } from '@tributary/capture';
import type { Scope } from '@tributary/capture';
import { afterEach, describe, expect, it } from 'vitest';
import type { Authenticator } from './access/authenticator.ts';
import type { ReadRecord } from './read-record.ts';
import { serve } from './serve.ts';
import type { Serving } from './serve.ts';

@Controller()
class TestController {
  @Post(['v1/events', 'v1/traces', 'api/v1/lineage', 'api/2.0/mlflow/runs/create'])
  write() {
    return {};
  }

  @Get('v1/blobs/:sha256')
  blob() {
    return {};
  }

  @Get(['v1/limits', 'health'])
  open() {
    return {};
  }

  @All('graphql')
  ask() {
    return { data: {} };
  }
}

@Module({ controllers: [TestController] })
class TestModule {}

let serving: Serving | undefined;
afterEach(() => serving?.stop());

/** Callers are known by the words of their credential: a name and scopes. */
const byWords: Authenticator = {
  authenticate: ({ authorization = '' }) => {
    const [, name, ...scopes] = authorization.split(' ');
    if (name === undefined) return { ok: false, code: 'credential_missing', text: 'none' };
    return { ok: true, actor: { name, scopes: new Set(scopes as Scope[]) } };
  },
};

async function start(rates: object, options: Parameters<typeof serve>[2] = {}): Promise<string> {
  const limits = { ...REQUEST_LIMITS, ...rates };
  serving = await serve({ module: TestModule }, { host: '127.0.0.1', port: 0 }, { ...options, limits });
  return serving.url;
}

const send = (url: string, credential?: string, method = 'POST') =>
  fetch(url, {
    method,
    headers: {
      'content-type': 'application/json',
      ...(credential !== undefined && { authorization: `Bearer ${credential}` }),
    },
    ...(method === 'GET' ? {} : { body: '{}' }),
  });

/** The first answer beyond the burst. On a busy machine tokens come back meanwhile, so it is not a certain one. */
async function beyond(url: string, credential?: string): Promise<Response> {
  for (let sent = 0; sent < 200; sent += 1) {
    const answer = await send(url, credential);
    if (answer.status === 429 && sent >= 10) return answer;
    expect(answer.status).toBeLessThan(300);
  }
  throw new Error(`${url} was never refused`);
}

describe('the rate of a client', () => {
  it.each([
    ['/v1/events', { code: 'client_rate', title: 'too many requests', retryAfter: 1 }],
    ['/api/v1/lineage', { code: 'client_rate' }],
    ['/v1/traces', { message: expect.stringContaining('TRIBUTARY_CLIENT_WRITES_PER_SECOND') }],
    ['/api/2.0/mlflow/runs/create', { error_code: 'REQUEST_LIMIT_EXCEEDED' }],
  ])('is told by 429 with Retry-After in the form of the protocol of %s', async (path, form) => {
    const refused: string[] = [];
    const url = await start({ clientWrites: 1 }, { refused: (limit) => refused.push(limit) });
    const answer = await beyond(url + path);
    expect(answer.status).toBe(429);
    expect(answer.headers.get('retry-after')).toBe('1');
    expect(await answer.json()).toMatchObject(form);
    await expect.poll(() => refused).toEqual(['clientWrites']);
  });

  it('of questions is told in the form of GraphQL, and does not count writes', async () => {
    const url = await start({ clientQuestions: 1 });
    const answer = await beyond(`${url}/graphql`);
    expect(answer.status).toBe(429);
    expect(answer.headers.get('retry-after')).toBe('1');
    expect(await answer.json()).toEqual({
      errors: [{ message: expect.any(String), extensions: { code: 'client_rate', retryAfter: 1 } }],
    });
    for (let sent = 0; sent < 30; sent += 1)
      expect((await send(`${url}/v1/events`)).status).toBeLessThan(300);
  });

  it('is that of a key, and health and limits have none', async () => {
    const url = await start({ clientWrites: 1, clientQuestions: 1 }, { authenticator: byWords });
    await beyond(`${url}/v1/events`, 'ada write');
    expect((await send(`${url}/v1/events`, 'eve write')).status).toBeLessThan(300);
    for (const path of ['/health', '/v1/limits'])
      for (let sent = 0; sent < 30; sent += 1)
        expect((await send(url + path, 'ada read', 'GET')).status).toBe(200);
  });

  it('is not bounded unless it is configured', async () => {
    const url = await start({});
    for (let sent = 0; sent < 50; sent += 1)
      expect((await send(`${url}/v1/events`)).status).toBeLessThan(300);
  });
});

describe('the record of reads', () => {
  it('names key, route, operations, status and time of each question, refused ones too, and no writes', async () => {
    const reads: ReadRecord[] = [];
    const url = await start(
      {},
      {
        authenticator: byWords,
        read: (read) => reads.push(read),
        stream: (fastify) => {
          fastify.addHook('preHandler', (request, _reply, done) => {
            if (request.url.startsWith('/graphql')) setOperations(request.raw, ['scores']);
            done();
          });
        },
      },
    );
    await send(`${url}/graphql?query=secret`, 'ada read');
    await send(`${url}/v1/events`, 'ada write');
    await send(`${url}/v1/blobs/${'a'.repeat(64)}`, 'ada write', 'GET');
    await send(`${url}/graphql`);
    const millis = expect.any(Number);
    await expect.poll(() => reads.length).toBe(2);
    expect(reads).toMatchObject([
      { key: 'ada', method: 'POST', route: '/graphql', operations: ['scores'], status: 200, millis },
      { key: 'ada', method: 'GET', route: '/v1/blobs/:sha256', operations: [], status: 403, millis },
    ]);
    expect(JSON.stringify(reads)).not.toContain('secret');
  });
});
