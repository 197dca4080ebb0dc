import { expect, it } from 'vitest';
import { maskConfig } from './mask-config.ts';

it('shows settings and masks secrets', () => {
  const config = {
    port: 4800,
    kafka: { brokers: ['a:9092', 'b:9092'], sasl: { username: 'u', password: 'p' }, ssl: true },
    clickhouse: { url: new URL('http://tributary:p@db:8123'), password: undefined },
    arguments: ['--password', 'p', '--port', '1'],
    environment: [
      { name: 'API_KEY', value: 'p' },
      { name: 'HOST', value: 'h' },
    ],
    headers: new Map([['authorization', 'p']]),
    certificate: Buffer.from('p'),
    since: new Date(0),
    retry: () => 1,
    large: 5n,
    ratio: Number.NaN,
    sasl: false,
  };
  expect(maskConfig(config)).toEqual({
    port: 4800,
    kafka: { brokers: ['a:9092', 'b:9092'], sasl: '***', ssl: true },
    clickhouse: { url: 'http://***@db:8123/', password: null },
    arguments: ['--password', '***', '--port', '1'],
    environment: [
      { name: 'API_KEY', value: '***' },
      { name: 'HOST', value: 'h' },
    ],
    headers: { authorization: '***' },
    certificate: '[1 bytes]',
    since: '1970-01-01T00:00:00.000Z',
    retry: '[function]',
    large: '5',
    ratio: 'NaN',
    sasl: false,
  });
});

it('stops at circular references and at its maximum depth', () => {
  const config: Record<string, unknown> = { host: 'h' };
  config['again'] = config;
  expect(maskConfig(config)).toEqual({ host: 'h', again: '[circular]' });
  let deep: unknown = 1;
  for (let level = 0; level < 40; level += 1) deep = [deep];
  expect(JSON.stringify(maskConfig(deep))).toContain('[deep]');
});
