import { brokerUnavailable } from '@tributary/test-servers';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { openArena } from './arena.suite.ts';
import type { Arena } from './arena.suite.ts';
import { tablesAway } from './tables-away.suite.ts';

const missing = brokerUnavailable();

/* By itself, since it takes a quarter of an hour. */
describe.skipIf(missing)(`a long outage of ClickHouse${missing ? `, skipped: ${missing}` : ''}`, () => {
  let arena: Arena;
  beforeAll(async () => {
    arena = await openArena();
  });
  afterAll(() => arena?.stop());

  it('blocks no producer, loses nothing, and takes no more memory with the time', async () => {
    await tablesAway(arena, { perSecond: 2_000, batch: 100, seconds: 600, isFlat: true });
  });
});
