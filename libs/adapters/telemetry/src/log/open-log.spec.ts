import { expect, it } from 'vitest';
import { Fault } from '@tributary/kernel';
import { openLog } from './open-log.ts';
import type { LogField, LogOptions } from './open-log.ts';

const TRACEPARENT = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

function aLog(options: Partial<LogOptions> = {}) {
  const lines: string[] = [];
  const write = (line: string) => void lines.push(line);
  const log = openLog({ service: 'projector', clock: () => 1_764_000_000_123_045, write, ...options });
  return { log, lines, records: () => lines.map((line): Record<string, unknown> => JSON.parse(line)) };
}

it('writes one JSON object per line', () => {
  const { log, lines } = aLog();
  log.info('projector.assigned', { partition: 3, bytes: 5n, first: true, topic: 'a\nb', offsets: [1, 2] });
  expect(lines).toEqual([
    '{"time":"2025-11-24T16:00:00.123045Z","level":"info","service":"projector","event":"projector.assigned","partition":3,"bytes":"5","first":true,"topic":"a\\nb","offsets":[1,2]}\n',
  ]);
});

it('omits records below its level', () => {
  const { log, records } = aLog({ level: 'warn' });
  log.debug('a');
  log.info('b');
  log.warn('c');
  log.error('d');
  expect(records().map(({ event, level }) => [event, level])).toEqual([
    ['c', 'warn'],
    ['d', 'error'],
  ]);
});

it('writes short scalars only, and drops fields with reserved names', () => {
  const { log, records } = aLog();
  const event: unknown = { payload: 'all of it' };
  log.info('Projector claimed!', {
    event: event as LogField,
    level: 'error',
    body: event as LogField,
    long: 'x'.repeat(1_000),
    many: Array.from({ length: 100 }, () => 1),
    ratio: Number.NaN,
    absent: undefined,
    none: null,
  });
  const [record] = records();
  expect(record).toMatchObject({ event: 'other', level: 'info', body: '[object]', ratio: 'NaN', none: null });
  expect(record).not.toHaveProperty('absent');
  expect(String(record?.['long'])).toHaveLength(257);
  expect(record?.['many']).toHaveLength(32);
});

it('masks what looks like a secret', () => {
  const { log, lines } = aLog();
  log.info('a', {
    password: 'canary',
    saslToken: ['canary'],
    url: 'http://u:canary@h',
    set: false,
    key: true,
  });
  log.config({ url: 'http://u:canary@h', apiKey: 'canary', port: 1 });
  expect(lines.join('')).not.toContain('canary');
  expect(lines[0]).toContain('"set":false,"key":true');
  expect(lines[1]).toContain('"event":"configured","config":{"url":"http://***@h","apiKey":"***","port":1}');
});

it('logs the message of a Fault, and only name and source line of other errors', () => {
  const { log, records } = aLog();
  const cause = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
  const fault = new Fault('engine_unreachable', 'no answer from http://u:canary@db', {
    retryable: true,
    cause,
  });
  log.warn('insert.retried', { partition: 1 }, fault);
  log.error('projector.stopped', {}, new TypeError('bad canary\n    at canary (x.ts:1:1)'));
  log.error('projector.stopped', {}, 'canary');
  const [withFault, unexpected, thrown] = records();
  expect(withFault?.['fault']).toEqual({
    code: 'engine_unreachable',
    retryable: true,
    message: 'no answer from http://***@db',
    cause: 'ECONNREFUSED',
  });
  expect(unexpected?.['fault']).toMatchObject({ code: 'unexpected', error: 'TypeError' });
  expect(JSON.stringify(unexpected)).toContain('open-log.spec.ts');
  expect(thrown?.['fault']).toEqual({ code: 'unexpected', error: 'string' });
  expect(JSON.stringify(records())).not.toContain('canary');
});

it('records the trace id of the current span', () => {
  const { log, records } = aLog({ traceparent: () => TRACEPARENT });
  log.info('a');
  expect(records()[0]).toHaveProperty('trace', '0af7651916cd43dd8448eb211c80319c');
});
