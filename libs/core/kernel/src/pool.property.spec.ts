import { getEventListeners } from 'node:events';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Fault } from './fault.ts';
import { pool } from './pool.ts';

/** What happens next: a user comes, or the so manieth user that works or waits ends its work, has waited long enough or leaves. */
type Step = { readonly kind: 'use' | 'end' | 'fail' | 'expire' | 'leave'; readonly which: number };

const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom('use', 'use', 'end', 'fail', 'expire', 'leave'),
  which: fc.nat(9),
});
const histories = fc.record({
  members: fc.uniqueArray(fc.nat(9), { minLength: 1, maxLength: 4 }),
  steps: fc.array(step, { maxLength: 60 }),
});

const refusal = (why: 'late' | 'crowded') => new Fault('busy', `it is ${why}`, { retryable: true });

/** A pool whose users end, and whose limits pass, when a test says so. */
function observed(members: readonly number[]) {
  const timers = new Map<number, () => void>();
  const working = new Map<number, { readonly member: number; end(): void; fail(): void }>();
  const waiting: number[] = [];
  const leaving = new Map<number, AbortController>();
  const outcomes = new Map<number, string>();
  let users = 0;
  const under = pool(members, {
    millis: 5_000,
    refusal,
    timer: (_millis, expire) => {
      const user = users;
      timers.set(user, expire);
      return () => void timers.delete(user);
    },
  });
  const use = (): void => {
    users += 1;
    const user = users;
    const left = new AbortController();
    leaving.set(user, left);
    const job = under.use(
      (member) =>
        new Promise<string>((resolve, reject) => {
          working.set(user, { member, end: () => resolve('done'), fail: () => reject(new Error('failed')) });
        }),
      left.signal,
    );
    job
      .catch((error: unknown) => (error instanceof Error && 'code' in error ? String(error.code) : 'failed'))
      .then((outcome) => outcomes.set(user, outcome))
      .catch(() => undefined);
    if (timers.has(user)) waiting.push(user);
  };
  return { under, use, timers, leaving, working, waiting, outcomes, users: () => users };
}

type Observed = ReturnType<typeof observed>;

function perform({ use, working, waiting, timers, leaving }: Observed, { kind, which }: Step): void {
  if (kind === 'use') return use();
  if (kind === 'expire' || kind === 'leave') {
    const [user = 0] = waiting.splice(which % Math.max(waiting.length, 1), 1);
    return kind === 'expire' ? timers.get(user)?.() : leaving.get(user)?.abort(LEFT);
  }
  const user = [...working.keys()][which % Math.max(working.size, 1)] ?? 0;
  const work = working.get(user);
  working.delete(user);
  return kind === 'end' ? work?.end() : work?.fail();
}

/** Who left, and who waited too long, has not begun. */
const GONE = new Set(['busy', 'client_left']);
const LEFT = new Fault('client_left', 'it has left');

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('whatever gives up, ends and fails in which order', () => {
  it('no member is held twice or lost, and who waits is served in order', async () => {
    await fc.assert(
      fc.asyncProperty(histories, async ({ members, steps }) => {
        const seen = observed(members);
        for (const each of steps) {
          const before = new Set(seen.working.keys());
          perform(seen, each);
          await settled();
          const held = [...seen.working.values()].map(({ member }) => member);
          expect(new Set(held).size).toBe(held.length);
          const served = [...seen.working.keys()].filter((user) => !before.has(user));
          const fromQueue = served.filter((user) => seen.waiting.includes(user));
          expect(fromQueue).toEqual(seen.waiting.splice(0, fromQueue.length));
          /* A member is idle only while nobody waits. */
          expect(seen.waiting.length === 0 || held.length === members.length).toBe(true);
        }
        while (seen.working.size > 0) {
          perform(seen, { kind: 'end', which: 0 });
          await settled();
        }
        for (const _ of members) seen.use();
        await settled();
        const all = [...seen.working.values()].map(({ member }) => member);
        expect(new Set(all)).toEqual(new Set(members));
        for (const work of seen.working.values()) work.end();
        await seen.under.drain();
      }),
    );
  });

  it('a user is refused exactly if its time passed or it left while it waited, and no timer or listener stays behind', async () => {
    await fc.assert(
      fc.asyncProperty(histories, async ({ members, steps }) => {
        const seen = observed(members);
        const expired = new Set<number>();
        const began = new Set<number>();
        for (const each of steps) {
          const waited = [...seen.timers.keys()];
          perform(seen, each);
          await settled();
          for (const user of seen.working.keys()) began.add(user);
          for (const user of waited) {
            const gone = GONE.has(seen.outcomes.get(user) ?? '');
            expect(gone).toBe(seen.outcomes.has(user) && !began.has(user));
            if (gone) expired.add(user);
          }
        }
        while (seen.working.size > 0) {
          perform(seen, { kind: 'end', which: 0 });
          await settled();
        }
        await seen.under.drain();
        await settled();
        const refused = [...seen.outcomes].filter(([, outcome]) => GONE.has(outcome));
        expect(new Set(refused.map(([user]) => user))).toEqual(expired);
        expect(seen.outcomes.size).toBe(seen.users());
        expect([...seen.timers.keys()].filter((user) => !expired.has(user))).toEqual([]);
        for (const { signal } of seen.leaving.values())
          expect(getEventListeners(signal, 'abort')).toEqual([]);
        expect([...began].filter((user) => expired.has(user))).toEqual([]);
      }),
    );
  });
});

it('waits as long as it takes where there is no limit', async () => {
  const under = pool(['only']);
  let end = (): void => undefined;
  const first = under.use(() => new Promise<void>((resolve) => (end = resolve)));
  const second = under.use((member) => Promise.resolve(member));
  await settled();
  end();
  expect([await first, await second]).toEqual([undefined, 'only']);
});

it('refuses at once who finds as many waiting as may wait, and counts who works and who waits', async () => {
  const under = pool(['one', 'other'], { most: 1, refusal });
  const ends: (() => void)[] = [];
  const use = () => under.use(() => new Promise<void>((resolve) => ends.push(resolve)));
  const taken = [use(), use(), use()];
  await settled();
  expect([under.working, under.waiting]).toEqual([2, 1]);
  await expect(use()).rejects.toMatchObject({ code: 'busy', message: 'it is crowded' });
  ends[0]?.();
  await settled();
  expect([under.working, under.waiting]).toEqual([2, 0]);
  const last = use();
  await settled();
  for (let done = 1; done < 4; done += 1) {
    ends[done]?.();
    await settled();
  }
  await Promise.all([...taken, last]);
  await under.drain();
  expect([under.working, under.waiting]).toEqual([0, 0]);
});

it('says after its time that a user is late, and the work has not begun', async () => {
  const under = pool(['only'], { millis: 20, refusal });
  let end = (): void => undefined;
  const first = under.use(() => new Promise<void>((resolve) => (end = resolve)));
  const refused = under.use(() => Promise.reject(new Error('it began')));
  await expect(refused).rejects.toMatchObject({ code: 'busy', message: 'it is late' });
  end();
  await first;
  await under.drain();
});
