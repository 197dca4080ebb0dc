import { openTestStore } from '@tributary/fixtures';
import type { TestStore } from '@tributary/fixtures';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { findsCountedOrigins } from './counted-origins.suite.ts';
import { correctedAt } from './queries.ts';

let store: TestStore;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.remove());

findsCountedOrigins(() => store, [21]);

it('finds what an event corrects, however many corrections were recorded before it', async () => {
  await store.renew();
  const rows = Array.from({ length: 100_002 }, (_, index) => ({
    corrected_position: index < 100_001 ? index + 1 : 0,
    type: 'training.run.started',
    stream: 'run/r',
    reason: 'r',
    actor: 'a',
    _position: index + 200_000,
    recorded_at: index,
  }));
  await store.engine.insert({ table: 'tributary.log_correction', token: 'many', rows });
  const positions = [7, 300_000, 300_001];
  expect(await store.engine.reader.all(correctedAt, { positions, as_of: [400_000] })).toEqual([
    { position: 300_000, corrected_position: 100_001 },
  ]);
});
