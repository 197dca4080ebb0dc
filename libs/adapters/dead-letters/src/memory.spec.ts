import { describeDeadLetters } from './dead-letters.suite.ts';
import { memoryStore } from './memory-store.ts';
import { StoredDeadLetters } from './stored-dead-letters.ts';

describeDeadLetters('memory', async ({ clock, maxBytes = 1e9 }) => {
  const records = memoryStore();
  const letters = new StoredDeadLetters(records, { clock, maxBytes });
  return {
    letters,
    reopen: async () => new StoredDeadLetters(records, { clock, maxBytes }),
    dispose: async () => undefined,
  };
});
