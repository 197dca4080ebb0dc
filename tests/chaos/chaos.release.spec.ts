import { brokerUnavailable } from '@tributary/test-servers';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { openTestCluster } from './test-cluster.fixture.ts';
import type { TestCluster } from './test-cluster.fixture.ts';
import { networkFaults } from './network-faults.fixture.ts';
import { brokerDeaths } from './broker-deaths.fixture.ts';
import { killsAndRebalances } from './kills-and-rebalances.fixture.ts';
import { otherOrder } from './other-order.fixture.ts';
import { topicTwice } from './topic-twice.fixture.ts';

const missing = brokerUnavailable();

describe.skipIf(missing)(`long chaos on a broker${missing ? `, skipped: ${missing}` : ''}`, () => {
  let cluster: TestCluster;
  beforeAll(async () => {
    cluster = await openTestCluster();
  });
  afterAll(() => cluster?.stop());

  it('a million records, a hundred kills, a hundred rebalances: no event lost, none counted twice', async () => {
    const often = { records: 1_000_000, kills: 100, rebalances: 100, seed: 11 };
    await killsAndRebalances(cluster, { ...often, round: 1_500, delay: 150, session: 2_000 });
  });

  it('a broker that is killed twenty times loses no acknowledged event', async () => {
    await brokerDeaths(cluster, { deaths: 20, seed: 12, between: 3_000, producers: 8 });
  });

  it('minutes of network faults lose no event and repeat none', async () => {
    await networkFaults(cluster, { faults: 150, seed: 13, producers: 8 });
  });

  it('a long topic that is written twice does not change the tables', async () => {
    await topicTwice(cluster, { records: 100_000, seed: 15 });
  });

  it('another order of many streams makes equal tables', async () => {
    await otherOrder(cluster, { records: 100_000, seed: 16 });
  });
});
