import type { HeldGroup, Topic } from '@tributary/event-log';
import { Fault } from '@tributary/kernel';
import { expect, it } from 'vitest';
import { LiveHold } from './live-hold.ts';

/** A topic whose group is held as the answers say, one after the other; the last one is repeated. */
function holding(...answers: ('held' | 'kept' | Fault)[]) {
  const reported: string[] = [];
  let asked = 0;
  const held: HeldGroup = {
    lost: new AbortController().signal,
    move: () => Promise.resolve(),
    release: () => Promise.resolve(),
  };
  const hold = (): Promise<HeldGroup | undefined> => {
    const answer = answers[Math.min(asked, answers.length - 1)];
    asked += 1;
    if (answer instanceof Fault) return Promise.reject(answer);
    return Promise.resolve(answer === 'held' ? held : undefined);
  };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a hold asks the topic for nothing else
  const topic = { hold } as unknown as Topic;
  const work = {
    topic,
    groups: { live: 'live', next: 'next' },
    pollMillis: 1,
    report: (line: string) => void reported.push(line),
  };
  return { work, reported, asked: () => asked };
}

it('asks once for old projectors to be stopped, and waits until they are', async () => {
  const { work, reported, asked } = holding('kept', 'kept', 'kept', 'kept', 'held');
  let looks = 0;
  await new LiveHold(work).untilHeld(() => Promise.resolve(void (looks += 1)));
  expect([asked(), looks, reported]).toEqual([
    5,
    4,
    ['a projector of an earlier version keeps its partitions: stop the projectors; answers go on'],
  ]);
});

it('ends where nobody would stop them, so that the group does not rebalance without end', async () => {
  const { work, asked } = holding('kept');
  const hold = new LiveHold({ ...work, isUnattended: true });
  await expect(hold.untilHeld()).rejects.toMatchObject({ code: 'group_not_held', retryable: true });
  expect(asked()).toBe(3);
});

it('tries again where the broker does not answer, and throws what trying again does not mend', async () => {
  const unreachable = new Fault('broker_unreachable', 'no answer', { retryable: true });
  const { work, asked } = holding(unreachable, unreachable, unreachable, unreachable, 'held');
  await new LiveHold({ ...work, isUnattended: true }).untilHeld();
  expect(asked()).toBe(5);
  const refused = holding(new Fault('broker_refused', 'no right to the group'));
  await expect(new LiveHold(refused.work).untilHeld()).rejects.toMatchObject({ code: 'broker_refused' });
});
