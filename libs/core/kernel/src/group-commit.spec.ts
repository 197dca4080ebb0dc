import { describe, expect, it } from 'vitest';
import { currentSignal, underSignal } from './cancellation.ts';
import { Fault } from './fault.ts';
import { GroupCommit } from './group-commit.ts';
import type { CommitFailure } from './group-commit.ts';

/** Commits numbers and records the groups. Negative numbers fail; `atMost` limits how many a commit answers. */
function recording(
  policy: CommitFailure['policy'] = 'reject',
  options: { max?: number; atMost?: number } = {},
) {
  const groups: number[][] = [];
  const group = new GroupCommit<number, string>({
    commit: (items) => {
      groups.push([...items]);
      if (items.some((item) => item < 0)) return Promise.reject(new Error('disk error'));
      return Promise.resolve(items.slice(0, options.atMost).map((item) => `done ${item}`));
    },
    onFailure: (cause) => ({ fault: new Fault('failed', 'not written', { cause }), policy }),
    maxWeight: options.max ?? Infinity,
  });
  return { group, groups, submit: (...items: number[]) => items.map((item) => group.submit(item, 1)) };
}

describe('a group commit', () => {
  it('commits what waits in one group, in order', async () => {
    const { groups, submit } = recording();
    expect(await Promise.all(submit(1, 2, 3))).toEqual(['done 1', 'done 2', 'done 3']);
    expect(groups).toEqual([[1, 2, 3]]);
  });

  it('commits for nobody in particular, so that no client who leaves ends what others have submitted', async () => {
    const seen: unknown[] = [];
    const group = new GroupCommit<number, number>({
      commit: async (items) => {
        await Promise.resolve();
        seen.push(currentSignal());
        return items;
      },
      onFailure: (cause) => ({ fault: new Fault('failed', 'not written', { cause }), policy: 'reject' }),
      maxWeight: 1,
    });
    const { signal } = new AbortController();
    await Promise.all([underSignal(signal, () => group.submit(1, 1)), group.submit(2, 1)]);
    expect(seen).toEqual([undefined, undefined]);
  });

  it('closes a group at its weight', async () => {
    const { groups, submit } = recording('reject', { max: 2 });
    await Promise.all(submit(1, 2, 3, 4, 5));
    expect(groups).toEqual([[1, 2], [3, 4], [5]]);
  });

  it('commits an item that weighs more than a group alone', async () => {
    const { group, groups } = recording('reject', { max: 2 });
    await Promise.all([1, 2, 3].map((item) => group.submit(item, item === 2 ? 9 : 1)));
    expect(groups).toEqual([[1], [2], [3]]);
  });

  it('commits items without an outcome first in the next group', async () => {
    const { groups, submit } = recording('reject', { atMost: 1 });
    expect(await Promise.all(submit(1, 2, 3))).toEqual(['done 1', 'done 2', 'done 3']);
    expect(groups).toEqual([[1, 2, 3], [2, 3], [3]]);
  });

  it('does not commit an item that gave up before its group, and rejects one at once that gave up within it', async () => {
    let finish = (): void => undefined;
    const committing = new Promise<void>((resolve) => (finish = resolve));
    const groups: number[][] = [];
    const group = new GroupCommit<number, string>({
      commit: async (items) => {
        groups.push([...items]);
        await committing;
        return items.map((item) => `done ${item}`);
      },
      onFailure: (cause) => ({ fault: new Fault('failed', 'not written', { cause }), policy: 'reject' }),
      maxWeight: 1,
    });
    const giveUp = new AbortController();
    const gone = [group.submit(1, 1, giveUp.signal), group.submit(2, 1, giveUp.signal)];
    const last = group.submit(3, 1);
    await Promise.resolve();
    await Promise.resolve();
    giveUp.abort(new Fault('overdue', 'too late'));
    for (const outcome of gone) await expect(outcome).rejects.toMatchObject({ code: 'overdue' });
    finish();
    expect(await last).toBe('done 3');
    expect(groups).toEqual([[1], [3]]);
  });

  it('is quiet when nothing is in flight', async () => {
    const { group, groups, submit } = recording();
    const settled = Promise.all(submit(1, 2));
    await group.quiet();
    expect(groups).toEqual([[1, 2]]);
    await settled;
  });
});

describe('a failed commit', () => {
  const outcomes = async (promises: Promise<string>[]) =>
    (await Promise.allSettled(promises)).map((one) =>
      one.status === 'fulfilled' ? one.value : String(one.reason.code),
    );

  it('stops: the fault answers what waits and what follows', async () => {
    const { groups, submit } = recording('stop', { max: 2 });
    expect(await outcomes(submit(1, -1, 3))).toEqual(['failed', 'failed', 'failed']);
    expect(await outcomes(submit(4))).toEqual(['failed']);
    expect(groups).toEqual([[1, -1]]);
  });

  it('rejects its group, and the next group is committed', async () => {
    const { submit } = recording('reject', { max: 2 });
    expect(await outcomes(submit(1, -1, 3))).toEqual(['failed', 'failed', 'done 3']);
    expect(await outcomes(submit(4))).toEqual(['done 4']);
  });

  it('is isolated: each item is committed alone', async () => {
    const { groups, submit } = recording('isolate');
    expect(await outcomes(submit(1, -1, 3))).toEqual(['done 1', 'failed', 'done 3']);
    expect(groups).toEqual([[1, -1, 3], [1], [-1], [3]]);
  });
});
