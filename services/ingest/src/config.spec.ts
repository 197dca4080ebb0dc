import { REQUEST_LIMITS } from '@tributary/capture';
import { expect, it } from 'vitest';
import { readConfig } from './config.ts';

const REQUIRED = { KAFKA_BROKERS: 'one:9092', TRIBUTARY_BLOBS: '/blobs' };

it('needs brokers and a folder for blobs, and has a default for everything else', () => {
  expect(readConfig(REQUIRED)).toMatchObject({
    address: { host: '127.0.0.1', port: 4801 },
    directory: '.tributary-ingest',
    blobs: '/blobs',
    kafka: { brokers: ['one:9092'] },
    limits: REQUEST_LIMITS,
  });
  expect(() => readConfig({})).toThrow(/TRIBUTARY_BLOBS: name the folder[^]*KAFKA_BROKERS: name the brokers/);
});

it('works without ClickHouse, and checks its settings where there is an address', () => {
  expect(readConfig({ ...REQUIRED, CLICKHOUSE_USER: 'me' }).clickhouse).toBeUndefined();
  const CLICKHOUSE_URL = 'http://clickhouse:8123';
  expect(readConfig({ ...REQUIRED, CLICKHOUSE_URL }).clickhouse).toMatchObject({ username: 'default' });
  expect(() => readConfig({ ...REQUIRED, CLICKHOUSE_URL: 'clickhouse' })).toThrow(/CLICKHOUSE_URL: /);
});

it('takes limits for its server', () => {
  expect(readConfig({ ...REQUIRED, TRIBUTARY_REQUESTS: '7' }).limits).toEqual({
    ...REQUEST_LIMITS,
    requests: 7,
  });
});

it('reads how long telemetry waits for the tables', () => {
  expect(readConfig(REQUIRED).tablesTimeout).toBe(30_000);
  expect(readConfig({ ...REQUIRED, TRIBUTARY_TABLES_TIMEOUT_MS: '3000' }).tablesTimeout).toBe(3000);
});
