import { describeDeadLetters } from './dead-letters.suite.ts';
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
