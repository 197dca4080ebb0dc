import fc from 'fast-check';
import { expect, it } from 'vitest';
import { memoryLog } from './memory-log.ts';
import type { OpenLog } from './log-under-test.fixture.ts';
import { ALL, anEvent, FIXED_TIME, plain, uuid } from './log-under-test.fixture.ts';

const aHistory = fc.array(
  fc.oneof(
    {
      weight: 8,
      arbitrary: fc.record({
        clients: fc.array(
          fc.array(
            fc.record({
              id: fc.integer({ min: 1, max: 60 }),
              isUuid: fc.boolean(),
              source: fc.constantFrom('a', 'b'),
              stream: fc.constantFrom('s', 't', 'u'),
              content: fc.oneof(
                { weight: 9, arbitrary: fc.constant('same') },
                { weight: 1, arbitrary: fc.constant('other') },
              ),
            }),
            { maxLength: 8 },
          ),
          { minLength: 1, maxLength: 8 },
        ),
        atomic: fc.boolean(),
      }),
    },
    { weight: 1, arbitrary: fc.constant('reopen' as const) },
  ),
  { maxLength: 12 },
);

/** Ids are from a small set, so more than a third of the requests are retries. */
export function describeHistories(open: OpenLog, numRuns: number): void {
  it('equals the model after any history of interleaved clients, retries and reopenings', async () => {
    await fc.assert(
      fc.asyncProperty(aHistory, async (history) => {
        const made = await open(() => FIXED_TIME);
        const model = memoryLog({ clock: () => FIXED_TIME });
        let log = made.log;
        try {
          for (const step of history) {
            if (step === 'reopen') {
              log = await made.reopen();
              continue;
            }
            const batches = step.clients.map((client) =>
              client.map(({ id, isUuid, content, ...event }) => {
                const name = isUuid ? uuid(id) : String(id);
                return anEvent({ ...event, id: name, text: `${name} ${content}` });
              }),
            );
            const options = { atomic: step.atomic };
            const got = await Promise.all(batches.map((batch) => log.append(batch, options)));
            for (const [index, batch] of batches.entries())
              expect(got[index]).toEqual(await model.append(batch, options));
          }
          expect(plain(await log.read(ALL))).toEqual(plain(await model.read(ALL)));
          expect(log.counts()).toEqual(model.counts());
          expect(await log.verify()).toEqual(await model.verify());
        } finally {
          await made.dispose();
        }
      }),
      { numRuns },
    );
  });
}
