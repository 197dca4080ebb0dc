import { brokerUnavailable } from '@tributary/test-servers';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { openArena } from './arena.suite.ts';
import type { Arena } from './arena.suite.ts';
import { badNetwork } from './bad-network.suite.ts';
import { brokerDeaths } from './broker-deaths.suite.ts';
import { killsAndRebalances } from './kills-and-rebalances.suite.ts';
import { otherOrder } from './other-order.suite.ts';
import { tablesAway } from './tables-away.suite.ts';
import { topicTwice } from './topic-twice.suite.ts';

const missing = brokerUnavailable();

describe.skipIf(missing)(`chaos on a broker${missing ? `, skipped: ${missing}` : ''}`, () => {
  let arena: Arena;
  beforeAll(async () => {
    arena = await openArena();
  });
  afterAll(() => arena?.stop());

  it('kills of projectors and rebalances lose nothing and count nothing twice', async () => {
    const often = { records: 8_000, kills: 3, rebalances: 2, seed: 1 };
    await killsAndRebalances(arena, { ...often, round: 2_500, delay: 200, session: 3_000 });
  });

  it('a broker that dies loses nothing that was acknowledged', async () => {
    await brokerDeaths(arena, { deaths: 1, seed: 2, between: 1_500, producers: 4 });
  });

  it('a bad network between all parts loses nothing and repeats nothing', async () => {
    await badNetwork(arena, { troubles: 6, seed: 3, producers: 4 });
  });

  it('facts are taken as ever while ClickHouse is away', async () => {
    await tablesAway(arena, { perSecond: 300, batch: 30, seconds: 10 });
  });

  it('a topic that is written twice leaves the tables as they are', async () => {
    await topicTwice(arena, { records: 2_000, seed: 5 });
  });

  it('another order of streams and partitions makes the same tables', async () => {
    await otherOrder(arena, { records: 2_000, seed: 6 });
  });
});
