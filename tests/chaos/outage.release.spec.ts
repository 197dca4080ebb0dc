import { brokerUnavailable } from '@tributary/test-servers';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { openTestCluster } from './test-cluster.fixture.ts';
import type { TestCluster } from './test-cluster.fixture.ts';
import { clickhouseOutage } from './clickhouse-outage.fixture.ts';

const missing = brokerUnavailable();

/* A file of its own, since it takes a quarter of an hour. */
describe.skipIf(missing)(`a long outage of ClickHouse${missing ? `, skipped: ${missing}` : ''}`, () => {
  let cluster: TestCluster;
  beforeAll(async () => {
    cluster = await openTestCluster();
  });
  afterAll(() => cluster?.stop());

  it('blocks no producer, loses no event, and does not grow in memory', async () => {
    await clickhouseOutage(cluster, { perSecond: 2_000, batch: 100, seconds: 600, isFlat: true });
  });
});
