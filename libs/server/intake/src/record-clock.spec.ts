import type { NewEvent } from '@tributary/event-log';
import { memoryLog } from '@tributary/event-log';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { recordClock } from './record-clock.ts';
import type { RecordClock } from './record-clock.ts';

const SECOND = 1_000_000;
const YEAR = 365.25 * 86_400 * SECOND;
const yearStart = (year: number): number => Date.UTC(year) * 1000;
const NOW = yearStart(2027);

const codesOf = (conditions: { readonly code: string }[]) => conditions.map(({ code }) => code);
const ending = (last: number, now: number) => recordClock({ lastRecordTime: () => last }, () => now);

/** The refusal of an append, which may be tried again; undefined where it is admitted. */
function refusalOf({ admit }: RecordClock): unknown {
  try {
    return admit();
  } catch (fault) {
    return fault;
  }
}

const REFUSAL = expect.objectContaining({ code: 'clock_wrong', retryable: true });

/** Clocks that are right, begin anew, are a century off, or a little. */
const aClock = fc.oneof(
  fc.integer({ min: 0, max: 1_000 }).map((seconds) => NOW + seconds * SECOND),
  fc.constantFrom(1970, 2000, 2019, 2020, 2038, 2045, 2047, 2096, 2150).map(yearStart),
);

const anEvent = (id: number): NewEvent => ({
  source: 'urn:test',
  id: String(id),
  type: 'training.run.ended',
  stream: 'run/r',
  bytes: Buffer.from('{}'),
});

it('law: after any history of clocks no record time is decades after the one before, and a right clock is taken', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(aClock, { maxLength: 12 }), async (clocks) => {
      let [now, last] = [0, 0];
      const log = memoryLog({ clock: () => now });
      const clock = recordClock({ lastRecordTime: () => last }, () => now);
      for (const [id, time] of [...clocks, NOW + 2_000 * SECOND].entries()) {
        now = time;
        const mayBeRight = now >= yearStart(2020) && now <= Math.max(last, yearStart(2026)) + 20 * YEAR;
        expect(codesOf(clock.conditions())).toEqual(mayBeRight ? [] : ['clock_wrong']);
        expect(refusalOf(clock)).toEqual(mayBeRight ? undefined : REFUSAL);
        if (mayBeRight) await log.append([anEvent(id)], { atomic: true });
        last = (await log.at(log.head()))?.recordTime ?? 0;
      }
      expect((await log.find('urn:test', String(clocks.length)))?.position).toBe(log.head());
      expect(codesOf(clock.warnings())).toEqual(last > now + 300 * SECOND ? ['clock_behind'] : []);
    }),
  );
});

it('law: exactly a log that ends more than five minutes ahead of the clock has the warning, and it refuses nothing', () => {
  fc.assert(
    fc.property(fc.integer({ min: -900 * SECOND, max: 900 * SECOND }), (later) => {
      const clock = ending(NOW + later, NOW);
      expect(codesOf(clock.warnings())).toEqual(later > 300 * SECOND ? ['clock_behind'] : []);
      expect(clock.conditions()).toEqual([]);
    }),
  );
});

it('says what the clock says, what that means, and what to do', () => {
  expect(ending(0, yearStart(2096)).conditions()).toEqual([
    {
      code: 'clock_wrong',
      detail:
        'the clock of this machine says 2096-01-01T00:00:00.000000Z, which is more than 20 years after this version was written (2026): new facts are refused until it is set, so that they do not get that time and hold those of all later ones; set the clock',
    },
  ]);
  expect(ending(NOW, yearStart(2096)).conditions()[0]?.detail).toContain(
    'more than 20 years after the last fact (2027-01-01T00:00:00.000000Z)',
  );
  expect(ending(NOW, yearStart(1970)).conditions()[0]?.detail).toContain('which is before 2020');
  expect(ending(yearStart(2096), NOW).warnings()[0]?.detail).toMatch(
    /^the last fact was recorded at 2096-01-01T00:00:00.000000Z, 2177452800 s ahead of the clock of this machine/,
  );
});
