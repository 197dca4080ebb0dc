import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { Projector } from '../projector.ts';
import { openRebuildStage } from '../rebuild/rebuild.fixture.ts';
import type { RebuildStage } from '../rebuild/rebuild.fixture.ts';
import { checksOf, never, parts, projections } from './tables-watch.fixture.ts';

let stage: RebuildStage;
beforeAll(async () => {
  stage = await openRebuildStage();
  /* Merges would join the parts of batches. */
  await stage.engine.command('SYSTEM STOP MERGES');
});
afterAll(() => stage.remove());

it('fills tables again that lost their newest rows, of a source and its view alike, while more positions of their range are to come', async () => {
  const sums: unknown[] = [];
  let passes = 0;
  const projector: Projector = await stage.start({
    logId: 'log',
    projections,
    checks: {
      ...checksOf(stage.engine, stage.log),
      untilNext: async (signal) => {
        passes += 1;
        if (passes > 1) return never(signal);
        await stage.fill(2);
        await projector.reached(stage.log.head());
        sums.push(await stage.sums());
        for (const { table_name, name } of await stage.engine.reader.all(parts, {}))
          if (table_name.startsWith('training_step'))
            await stage.engine.command(`ALTER TABLE tributary.${table_name} DROP PART '${name}'`);
        sums.push(await stage.sums());
        return undefined;
      },
    },
  });
  await vi.waitUntil(() => passes > 1, { timeout: 60_000 });
  const [before, lost] = sums;
  expect(lost).not.toEqual(before);
  expect(await stage.sums()).toEqual(before);
  expect(projector.shortfall()).toBeUndefined();
});
