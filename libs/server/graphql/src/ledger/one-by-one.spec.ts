import { expect, it } from 'vitest';
import { oneByOne } from './one-by-one.ts';

it('runs the work of one name in its order, also after a failure, and waits for no other name', async () => {
  const run = oneByOne();
  const done: string[] = [];
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const first = run('a', async () => {
    await held;
    done.push('first');
    throw new Error('failed');
  });
  const outcome = first.catch(String);
  const second = run('a', async () => done.push('second'));
  await run('b', async () => done.push('of another name'));
  expect(done).toEqual(['of another name']);
  release();
  expect(await outcome).toBe('Error: failed');
  await second;
  expect(done).toEqual(['of another name', 'first', 'second']);
});
