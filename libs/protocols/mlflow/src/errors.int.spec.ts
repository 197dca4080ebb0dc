import { Controller, Get, Param, UseFilters } from '@nestjs/common';
import { withStored } from '@tributary/event-log';
import type { Receipt } from '@tributary/event-log';
import { Fault, positionFromText } from '@tributary/kernel';
import { serveProtocol } from '@tributary/test-endpoint';
import type { ServedProtocol } from '@tributary/test-endpoint';
import fastify from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { absent, invalid, MlflowFault, MlflowFilter, sendTrackerProblem } from './errors.ts';

const RECEIPT: Receipt = {
  source: 's',
  id: 'i',
  position: positionFromText('7'),
  stream: 'run/r',
  streamSequence: 1,
  hash: 'h',
  recordTime: '2026-11-30T00:00:00.000000Z',
};

const ERRORS: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ['invalid', invalid('the name is missing')],
  ['absent', absent('run r')],
  ['conflict', new MlflowFault('RESOURCE_CONFLICT', 'others were faster')],
  ['register', new Fault('RESOURCE_CONFLICT', 'others were faster', { retryable: true })],
  ['filter', new Fault('filter_invalid', 'expected a name')],
  ['fact', new Fault('fact_invalid', '/data/name is too long')],
  ['removed', new Fault('blob_removed', 'its data was removed')],
  ['disk', new Fault('log_write_failed', 'the disk is full')],
  ['part', withStored(new MlflowFault('INVALID_PARAMETER_VALUE', 'the param is set'), [RECEIPT])],
  ['busy', new Fault('engine_busy', 'ask again later', { retryable: true })],
  ['overdue', new Fault('query_overdue', 'ask for less', { retryable: true })],
  ['fault', new Fault('tables_unknown', 'the secret name of a table')],
  ['error', new TypeError('a secret path')],
  ['text', 'a secret text'],
]);

@Controller('failing')
@UseFilters(MlflowFilter)
class FailingController {
  @Get(':what')
  fail(@Param('what') what: string): never {
    throw ERRORS.get(what);
  }
}

let served: ServedProtocol;
beforeAll(async () => {
  served = await serveProtocol({ controllers: [FailingController] });
});
afterAll(() => served.close());

describe('an error', () => {
  it.each([
    ['invalid', 400, 'INVALID_PARAMETER_VALUE', 'the name is missing'],
    ['absent', 404, 'RESOURCE_DOES_NOT_EXIST', 'run r does not exist'],
    ['conflict', 409, 'RESOURCE_CONFLICT', 'others were faster'],
    ['register', 409, 'RESOURCE_CONFLICT', 'others were faster'],
    ['removed', 409, 'RESOURCE_CONFLICT', 'its data was removed'],
    ['filter', 400, 'INVALID_PARAMETER_VALUE', 'expected a name'],
    ['fact', 400, 'INVALID_PARAMETER_VALUE', '/data/name is too long'],
    [
      'disk',
      503,
      'TEMPORARILY_UNAVAILABLE',
      'the disk is full; it is unknown whether this request is stored: send it again. What it sets or logs is stored once; what it creates may be there twice, because the server chooses ids',
    ],
    ['busy', 503, 'TEMPORARILY_UNAVAILABLE', 'ask again later'],
    [
      'overdue',
      503,
      'TEMPORARILY_UNAVAILABLE',
      'a query of this request was stopped because it exceeded its time limit: ask for less at once, or again when the server has less to do, or set TRIBUTARY_QUERY_TIMEOUT_MS of the server',
    ],
  ])(
    'that is known (%s) is sent with its status, code and message',
    async (what, status, error_code, message) => {
      const response = await fetch(`${served.url}/failing/${what}`);
      expect([response.status, await response.json()]).toEqual([status, { error_code, message }]);
      expect(response.headers.get('content-type')).toMatch(/^application\/json/);
    },
  );

  it('lists what is in the log of its request all the same', async () => {
    const response = await fetch(`${served.url}/failing/part`);
    expect([response.status, await response.json()]).toEqual([
      400,
      {
        error_code: 'INVALID_PARAMETER_VALUE',
        message: 'the param is set; 1 facts of this request are stored all the same',
        stored: [RECEIPT],
      },
    ]);
  });

  it.each(['fault', 'error', 'text'])(
    'that is unexpected (%s) tells the client nothing of it',
    async (what) => {
      const response = await fetch(`${served.url}/failing/${what}`);
      expect([response.status, await response.json()]).toEqual([
        500,
        { error_code: 'INTERNAL_ERROR', message: 'the request failed; the server log says why' },
      ]);
    },
  );
});

describe('a request that no controller saw', () => {
  it.each([
    [400, 400, 'INVALID_PARAMETER_VALUE'],
    [404, 404, 'ENDPOINT_NOT_FOUND'],
    [413, 413, 'INVALID_PARAMETER_VALUE'],
    [403, 403, 'PERMISSION_DENIED'],
    [415, 415, 'INVALID_PARAMETER_VALUE'],
    [429, 429, 'REQUEST_LIMIT_EXCEEDED'],
    [500, 500, 'INTERNAL_ERROR'],
    [503, 503, 'TEMPORARILY_UNAVAILABLE'],
  ])('and that is refused with %i is answered with %i and %s', async (status, sent, error_code) => {
    const app = fastify();
    app.get('/', (_request, reply) => sendTrackerProblem(reply, { status, title: 'refused', detail: 'why' }));
    const response = await app.inject('/');
    await app.close();
    expect([response.statusCode, response.json()]).toEqual([sent, { error_code, message: 'why' }]);
  });
});
