import { underSignal } from '@tributary/kernel';
import { expect, it } from 'vitest';
import { serialised } from './serialised.ts';

/** Work that says when it begins, and ends when it is told to. */
function heldWork(name: string, begun: string[]) {
  let end = (): void => undefined;
  const ended = new Promise<string>((resolve) => (end = () => resolve(name)));
  const work = (): Promise<string> => {
    begun.push(name);
    return ended;
  };
  return { end: () => end(), work };
}

const turns = () => new Promise((resolve) => setImmediate(resolve));

it('runs work of one name in order, that of other names at once, and keeps nothing of what has ended', async () => {
  const tails = new Map<string, Promise<unknown>>();
  const queue = serialised(tails);
  const begun: string[] = [];
  const [first, second, other] = ['first', 'second', 'other'].map((name) => heldWork(name, begun));
  if (!first || !second || !other) throw new Error('three are made');
  const results = [queue('a', first.work), queue('a', second.work), queue('b', other.work)];
  await turns();
  expect(begun).toEqual(['first', 'other']);
  first.end();
  await turns();
  expect(begun).toEqual(['first', 'other', 'second']);
  for (const { end } of [second, other]) end();
  expect(await Promise.all(results)).toEqual(['first', 'second', 'other']);
  await turns();
  expect(tails.size).toBe(0);
});

it('does not begin work of a client that has left, nor let it or a failure hold up the next', async () => {
  const queue = serialised();
  const begun: string[] = [];
  const first = heldWork('first', begun);
  const client = new AbortController();
  const failed = queue('a', () => first.work().then(() => Promise.reject(new Error('failed'))));
  const abandoned = underSignal(client.signal, () => queue('a', async () => begun.push('abandoned')));
  const next = queue('a', async () => 'next');
  client.abort(new Error('left'));
  first.end();
  await expect(failed).rejects.toThrow('failed');
  await expect(abandoned).rejects.toThrow('left');
  expect(await next).toBe('next');
  expect(begun).toEqual(['first']);
});
