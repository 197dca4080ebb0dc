import { brokerIsHere } from '@tributary/testing';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { openArena } from './arena.suite.ts';
import type { Arena } from './arena.suite.ts';
import { killsAndRebalances } from './kills-and-rebalances.suite.ts';

const missing = brokerIsHere();

describe.skipIf(missing)(`chaos on a broker${missing ? `, skipped: ${missing}` : ''}`, () => {
  let arena: Arena;
  beforeAll(async () => {
    arena = await openArena();
  });
  afterAll(() => arena?.stop());

  it('kills of projectors and rebalances lose nothing and count nothing twice', async () => {
    await killsAndRebalances(arena, {
      records: 20_000,
      kills: 4,
      rebalances: 4,
      seed: 1,
      round: 2_500,
      delay: 200,
    });
  });
});
