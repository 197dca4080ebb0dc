import type { TestStore } from '@tributary/fixtures';
import { expect, it } from 'vitest';
import { wholeHistory } from './counted-history.ts';
import { countedOrigins, stepHistory } from './metric-queries.ts';
import { EVERY_STEP } from './queries.ts';
import { FORK, hasPoint, NAMES, PARENT, randomForks, stepsWith } from './random-forks.fixture.ts';
import { fillFrom } from './random-metrics.fixture.ts';

/** The law of the facts in which a value counts, for some random histories. */
export function findsCountedOrigins(opened: () => TestStore, seeds: readonly number[]): void {
  it.each(seeds)(
    'finds the facts in which a value counts, in random history %i of a run with rewinds and a fork of it',
    async (seed) => {
      const log = randomForks(seed);
      const store = opened();
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
            const values = await reader.all(stepHistory, {
              ...asked,
              ...EVERY_STEP,
              after: '',
              first: 1_000,
            });
            expect([...new Set(values.map(({ step_number }) => step_number))]).toEqual(steps);
          }
        }
    },
  );
}
