import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RefillAttempts, restAfter } from './refill-attempts.ts';

const SECOND = 1_000;

describe('attempts to fill tables again', () => {
  it('take at most a fifth of the time, whatever questions find meanwhile', async () => {
    const aMoment = fc.record({
      gap: fc.nat(60),
      duration: fc.nat(600),
      fails: fc.boolean(),
      short: fc.constantFrom('a', 'b'),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(aMoment, { maxLength: 40 }), async (moments) => {
        let now = 0;
        const attempts = new RefillAttempts(() => now);
        let rest = 0;
        let ended = 0;
        const tooEarly: number[] = [];
        for (const { gap, duration, fails, short } of moments) {
          now += gap * SECOND;
          attempts.allowAgain(true);
          await attempts.attempt(short, async () => {
            if (now - ended < rest) tooEarly.push(now);
            now += duration * SECOND;
            rest = 4 * duration * SECOND;
            ended = now;
            if (fails) throw new Error('a blob is missing');
          });
        }
        expect(tooEarly).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });

  it('rest longer with each failure, up to an hour or four times their duration, and never more than a day', () => {
    expect([1, 2, 3].map((failures) => restAfter(5_000, failures))).toEqual([20_000, 40_000, 80_000]);
    expect(restAfter(5_000, 60)).toBe(3_600_000);
    expect(restAfter(3_600_000, 60)).toBe(4 * 3_600_000);
    expect(restAfter(20 * 3_600_000, 60)).toBe(24 * 3_600_000);
    expect(restAfter(0, 0)).toBe(1_000);
  });

  it('tell the last failure until one succeeds', async () => {
    let now = 0;
    const attempts = new RefillAttempts(() => now);
    const steps: string[] = [];
    const fill = (outcome: () => void) => () => {
      steps.push(attempts.nextStep());
      outcome();
      return Promise.resolve();
    };
    const failing = fill(() => {
      throw new Error('blob 5 is missing');
    });
    await attempts.attempt('a', failing);
    expect(attempts.nextStep()).toBe(
      'they could not be filled again, and it is tried again: blob 5 is missing',
    );
    expect(attempts.wait('a')).toBe(1_000);
    now += SECOND;
    attempts.allowAgain(true);
    await attempts.attempt(
      'a',
      fill(() => undefined),
    );
    expect(steps).toEqual([
      'they are being filled again from the log',
      'they are being filled again from the log, after an attempt that failed: blob 5 is missing',
    ]);
    expect(attempts.nextStep()).toBe('they were filled again from the log, and are being compared');
    expect(attempts.wait('')).toBeUndefined();
  });
});
