import { brokerUnavailable } from '@tributary/test-servers';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { openTestCluster } from './test-cluster.fixture.ts';
import type { TestCluster } from './test-cluster.fixture.ts';
import { networkFaults } from './network-faults.fixture.ts';

const missing = brokerUnavailable();

/* Kills of projectors and of the broker, and an outage, are in the release parts `chaos-million`, `chaos-broker` and `outage`. */
describe.skipIf(missing)(`chaos on a broker${missing ? `, skipped: ${missing}` : ''}`, () => {
  let cluster: TestCluster;
  beforeAll(async () => {
    cluster = await openTestCluster();
  });
  afterAll(() => cluster?.stop());

  it('network faults between all processes lose no event and repeat none', async () => {
    await networkFaults(cluster, { faults: 2, seed: 3, producers: 4 });
  });
});
