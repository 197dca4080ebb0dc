import { Fault } from '@tributary/kernel';
import { expect, it } from 'vitest';
import { describeDeadLetters } from './dead-letters.suite.ts';
import { aRefusal } from './refusals.fixture.ts';
import { memoryDeadLetters } from './open-dead-letters.ts';
import { memoryStore } from './memory-store.ts';
import { StoredDeadLetters } from './stored-dead-letters.ts';

describeDeadLetters('memory', async ({ clock, maxBytes = 1e9 }) => {
  const store = memoryStore();
  const deadLetters = new StoredDeadLetters(store, { clock, maxBytes });
  return {
    deadLetters,
    reopen: async () => new StoredDeadLetters(store, { clock, maxBytes }),
    dispose: async () => undefined,
  };
});

it.each([
  ['goes on', true, [expect.any(String)]],
  ['stores nothing more', false, expect.objectContaining({ code: 'not_ready' })],
])(
  '%s after what is to be done before the first one failed, retryable: %s',
  async (_, retryable, outcome) => {
    let failures = 1;
    const beforeFirst = async (): Promise<void> => {
      failures -= 1;
      if (failures >= 0) throw new Fault('not_ready', 'not ready', { retryable });
    };
    const deadLetters = memoryDeadLetters({ beforeFirst });
    const parked = () => deadLetters.park([aRefusal('{')]).catch((fault: unknown) => fault);
    expect(await parked()).toMatchObject({ code: 'not_ready' });
    expect(deadLetters.counts()).toMatchObject({ parked: 0 });
    expect(await parked()).toEqual(outcome);
  },
);
