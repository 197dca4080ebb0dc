import { getEventListeners } from 'node:events';
import { setImmediate as turn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { currentSignal, underSignal, untilAborted } from './cancellation.ts';
import { Fault } from './fault.ts';

const LEFT = new Fault('client_left', 'the client has left');

it('is known to all that work begins and awaits, and to nothing beside it', async () => {
  const [one, other] = [new AbortController(), new AbortController()];
  const seen = async () => {
    await turn();
    return [currentSignal(), await Promise.resolve().then(currentSignal)];
  };
  const both = await Promise.all([underSignal(one.signal, seen), underSignal(other.signal, seen), seen()]);
  expect(both).toEqual([
    [one.signal, one.signal],
    [other.signal, other.signal],
    [undefined, undefined],
  ]);
  expect(await underSignal(one.signal, () => underSignal(undefined, seen))).toEqual([undefined, undefined]);
});

it('lets nobody wait for work beyond it, and leaves no listener behind', async () => {
  const waiting = new AbortController();
  const never = new Promise<never>(() => undefined);
  const rejected = untilAborted(never, waiting.signal);
  expect(await untilAborted(Promise.resolve(7), waiting.signal)).toBe(7);
  await expect(untilAborted(Promise.reject(new Error('no')), waiting.signal)).rejects.toThrow('no');
  expect(getEventListeners(waiting.signal, 'abort')).toHaveLength(1);
  waiting.abort(LEFT);
  await expect(rejected).rejects.toBe(LEFT);
  await expect(untilAborted(never, waiting.signal)).rejects.toBe(LEFT);
  expect(getEventListeners(waiting.signal, 'abort')).toHaveLength(0);
});
