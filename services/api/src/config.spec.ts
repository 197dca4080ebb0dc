import { expect, it } from 'vitest';
import { readConfig } from './config.ts';

const REQUIRED = {
  KAFKA_BROKERS: 'one:9092',
  TRIBUTARY_BLOBS: '/blobs',
  CLICKHOUSE_URL: 'http://clickhouse:8123',
};

it('needs brokers, a folder for blobs and ClickHouse', () => {
  expect(readConfig(REQUIRED)).toMatchObject({
    address: { host: '127.0.0.1', port: 4800 },
    directory: '.tributary-api',
    clickhouse: { url: 'http://clickhouse:8123' },
  });
  expect(() => readConfig({})).toThrow(/TRIBUTARY_BLOBS: [^]*KAFKA_BROKERS: [^]*CLICKHOUSE_URL: /);
});

it('computes effects itself unless it is given the address of the attribution service', () => {
  expect(readConfig(REQUIRED).attribution).toBeUndefined();
  const ATTRIBUTION_URL = 'http://attribution:4803';
  expect(readConfig({ ...REQUIRED, ATTRIBUTION_URL }).attribution).toBe(ATTRIBUTION_URL);
  expect(() => readConfig({ ...REQUIRED, ATTRIBUTION_URL: 'attribution:4803' })).toThrow(
    /ATTRIBUTION_URL: name the service/,
  );
});

it('reads how long requests wait', () => {
  expect(readConfig(REQUIRED)).toMatchObject({
    clickhouse: { queryMillis: 30_000 },
    estimateTimeout: 300_000,
    tablesTimeout: 30_000,
  });
  const given = {
    TRIBUTARY_QUERY_TIMEOUT_MS: '1000',
    TRIBUTARY_ESTIMATE_TIMEOUT_MS: '2000',
    TRIBUTARY_TABLES_TIMEOUT_MS: '3000',
  };
  expect(readConfig({ ...REQUIRED, ...given })).toMatchObject({
    clickhouse: { queryMillis: 1000 },
    estimateTimeout: 2000,
    tablesTimeout: 3000,
  });
});
