import { brokerUnavailable } from '@tributary/test-servers';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { openArena } from './arena.suite.ts';
import type { Arena } from './arena.suite.ts';
import { badNetwork } from './bad-network.suite.ts';
import { brokerDeaths } from './broker-deaths.suite.ts';
import { killsAndRebalances } from './kills-and-rebalances.suite.ts';
import { otherOrder } from './other-order.suite.ts';
import { topicTwice } from './topic-twice.suite.ts';

const missing = brokerUnavailable();

describe.skipIf(missing)(`long chaos on a broker${missing ? `, skipped: ${missing}` : ''}`, () => {
  let arena: Arena;
  beforeAll(async () => {
    arena = await openArena();
  });
  afterAll(() => arena?.stop());

  it('a million records, a hundred kills, a hundred rebalances: nothing lost, nothing twice', async () => {
    const often = { records: 1_000_000, kills: 100, rebalances: 100, seed: 11 };
    await killsAndRebalances(arena, { ...often, round: 1_500, delay: 150, session: 2_000 });
  });

  it('a broker that dies twenty times loses nothing that was acknowledged', async () => {
    await brokerDeaths(arena, { deaths: 20, seed: 12, between: 3_000, producers: 8 });
  });

  it('a network that is bad for minutes loses nothing and repeats nothing', async () => {
    await badNetwork(arena, { troubles: 150, seed: 13, producers: 8 });
  });

  it('a long topic that is written twice leaves the tables as they are', async () => {
    await topicTwice(arena, { records: 100_000, seed: 15 });
  });

  it('another order of many streams makes the same tables', async () => {
    await otherOrder(arena, { records: 100_000, seed: 16 });
  });
});
