import { setTimeout as pause } from 'node:timers/promises';
import { positionFromText } from '@tributary/kernel';
import { expect, it } from 'vitest';
import { waitedRebuild } from './waited-rebuild.ts';

type Rebuild = Parameters<typeof waitedRebuild>[0];
type Outcome = Awaited<ReturnType<Rebuild>>;

const WAIT = 50;
const request = { verify: true };
const running = {
  code: 'rebuild_running',
  retryable: true,
  message: expect.stringContaining('within 0.05 s (TRIBUTARY_REBUILD_TIMEOUT_MS)') as string,
};
const outcomeOf = (position: string): Outcome => ({
  position: positionFromText(position),
  equal: true,
  exchanged: false,
  tables: [],
  notCompared: [],
});

/** Rebuilds that end when they are told to, in their order. */
function rebuilds(kept = 60_000) {
  const begun: { request: object; end: (outcome: Outcome) => void; fail: (fault: Error) => void }[] = [];
  const rebuild: Rebuild = (asked) =>
    new Promise((end, fail) => {
      begun.push({ request: asked, end, fail });
    });
  return { begun, ask: waitedRebuild(rebuild, WAIT, kept) };
}

it('ends a request at its deadline, and gives the outcome to whoever asks again, once', async () => {
  const { begun, ask } = rebuilds();
  await expect(ask(request)).rejects.toMatchObject(running);
  await expect(ask(request)).rejects.toMatchObject(running);
  expect(begun).toHaveLength(1);
  begun[0]?.end(outcomeOf('7'));
  await pause(1);
  expect(await ask(request)).toEqual(outcomeOf('7'));
  const later = ask(request);
  expect(begun).toHaveLength(2);
  begun[1]?.end(outcomeOf('8'));
  expect(await later).toEqual(outcomeOf('8'));
});

it('gives no outcome to a request that did not wait for it, which is refused as it would be alone', async () => {
  const { begun, ask } = rebuilds();
  const first = ask(request);
  const others = [ask(request), ask({ verify: false })];
  expect(begun.map((one) => one.request)).toEqual([request, request, { verify: false }]);
  for (const one of begun.slice(1)) one.fail(new Error('under way'));
  for (const other of others) await expect(other).rejects.toThrow('under way');
  begun[0]?.end(outcomeOf('7'));
  expect(await first).toEqual(outcomeOf('7'));
});

it('fails as the rebuild does, also for whoever asks again', async () => {
  const { begun, ask } = rebuilds();
  await expect(ask(request)).rejects.toMatchObject(running);
  begun[0]?.fail(new Error('no shadow'));
  await pause(1);
  await expect(ask(request)).rejects.toThrow('no shadow');
  const later = ask(request);
  expect(begun).toHaveLength(2);
  begun[1]?.end(outcomeOf('8'));
  expect(await later).toEqual(outcomeOf('8'));
});

it('keeps no outcome for longer than somebody would ask again', async () => {
  const { begun, ask } = rebuilds(WAIT);
  await expect(ask(request)).rejects.toMatchObject(running);
  begun[0]?.end(outcomeOf('7'));
  await pause(3 * WAIT);
  const later = ask(request);
  expect(begun).toHaveLength(2);
  begun[1]?.end(outcomeOf('8'));
  expect(await later).toEqual(outcomeOf('8'));
});
