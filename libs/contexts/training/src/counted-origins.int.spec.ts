import { openTestStore } from '@tributary/fixtures';
import type { TestStore } from '@tributary/fixtures';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { wholeHistory } from './counted-history.ts';
import { countedOrigins, stepHistory } from './metric-queries.ts';
import { correctedAt, EVERY_STEP } from './queries.ts';
import { FORK, hasPoint, NAMES, PARENT, randomForks, stepsWith } from './random-forks.fixture.ts';
import { fillFrom } from './random-metrics.fixture.ts';

let store: TestStore;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.remove());

it.each([21, 22, 23])(
  'finds the facts in which a value counts, in random history %i of a run with rewinds and a fork of it',
  async (seed) => {
    const log = randomForks(seed);
    await fillFrom(store, log, 5);
    const { reader } = store.engine;
    for (const { position } of log.filter((_, index) => index % 4 === 3 || index === log.length - 1))
      for (const run of [PARENT, FORK]) {
        const as_of = [position];
        const history = await wholeHistory(reader, { run }, as_of);
        for (const name of NAMES) {
          const asked = { ...history, run_id: run, metric: name, as_of };
          const steps = stepsWith(log, position, run, name);
          const origins = await reader.all(countedOrigins, asked);
          expect({ position, run, name, origins: origins.map(({ origin }) => origin).toSorted() }).toEqual({
            position,
            run,
            name,
            origins: [
              ...(hasPoint(log, position, run, name) ? ['points'] : []),
              ...(steps.length > 0 ? ['steps'] : []),
            ],
          });
          const values = await reader.all(stepHistory, { ...asked, ...EVERY_STEP, after: '', first: 1_000 });
          expect([...new Set(values.map(({ step_number }) => step_number))]).toEqual(steps);
        }
      }
  },
);

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
