import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pool } from './pool.ts';

/** What happens next: a user comes, or the so manieth user that works or waits ends its work or has waited long enough. */
type Step = { readonly kind: 'use' | 'end' | 'fail' | 'expire'; readonly which: number };

const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom('use', 'use', 'end', 'fail', 'expire'),
  which: fc.nat(9),
});
const histories = fc.record({
  members: fc.uniqueArray(fc.nat(9), { minLength: 1, maxLength: 4 }),
  steps: fc.array(step, { maxLength: 60 }),
});

/** A pool whose users end, and whose limits pass, when a test says so. */
function observed(members: readonly number[]) {
  const timers = new Map<number, () => void>();
  const working = new Map<number, { readonly member: number; end(): void; fail(): void }>();
  const waiting: number[] = [];
  const outcomes = new Map<number, string>();
  let users = 0;
  const under = pool(members, {
    millis: 5_000,
    timer: (_millis, expire) => {
      const user = users;
      timers.set(user, expire);
      return () => void timers.delete(user);
    },
  });
  const use = (): void => {
    users += 1;
    const user = users;
    const job = under.use(
      (member) =>
        new Promise<string>((resolve, reject) => {
          working.set(user, { member, end: () => resolve('done'), fail: () => reject(new Error('failed')) });
        }),
    );
    job
      .catch((error: unknown) => (error instanceof Error && 'code' in error ? String(error.code) : 'failed'))
      .then((outcome) => outcomes.set(user, outcome))
      .catch(() => undefined);
    if (timers.has(user)) waiting.push(user);
  };
  return { under, use, timers, working, waiting, outcomes, users: () => users };
}

type Observed = ReturnType<typeof observed>;

function perform({ use, working, waiting, timers }: Observed, { kind, which }: Step): void {
  if (kind === 'use') return use();
  if (kind === 'expire') {
    const [user] = waiting.splice(which % Math.max(waiting.length, 1), 1);
    if (user !== undefined) timers.get(user)?.();
    return undefined;
  }
  const user = [...working.keys()][which % Math.max(working.size, 1)];
  const work = user === undefined ? undefined : working.get(user);
  if (user !== undefined) working.delete(user);
  return kind === 'end' ? work?.end() : work?.fail();
}

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

  it('a user is refused exactly if its time passed while it waited, and no timer stays behind', async () => {
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
            const gone = seen.outcomes.get(user) === 'engine_busy';
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
        const refused = [...seen.outcomes].filter(([, outcome]) => outcome === 'engine_busy');
        expect(new Set(refused.map(([user]) => user))).toEqual(expired);
        expect(seen.outcomes.size).toBe(seen.users());
        expect([...seen.timers.keys()].filter((user) => !expired.has(user))).toEqual([]);
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

it('says after how long, and that the question may be asked again', async () => {
  const under = pool(['only'], { millis: 20 });
  let end = (): void => undefined;
  const first = under.use(() => new Promise<void>((resolve) => (end = resolve)));
  const refused = under.use(() => Promise.reject(new Error('it began')));
  await expect(refused).rejects.toMatchObject({
    code: 'engine_busy',
    retryable: true,
    message: 'the engine runs 1 queries at once, and this one could not begin within 0.02 s; ask again later',
  });
  end();
  await first;
  await under.drain();
});
