import { expect, it } from 'vitest';
import { readConfig } from './config.ts';

it('needs ClickHouse only', () => {
  expect(readConfig({ CLICKHOUSE_URL: 'http://clickhouse:8123' })).toMatchObject({
    address: { host: '127.0.0.1', port: 4803 },
    clickhouse: { url: 'http://clickhouse:8123', username: 'default', password: '' },
  });
  expect(() => readConfig({ PORT: '-1' })).toThrow(/PORT: [^]*CLICKHOUSE_URL: name the server/);
});
