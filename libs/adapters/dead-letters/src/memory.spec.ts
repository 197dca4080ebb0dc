import { describeDeadLetters } from './dead-letters.suite.ts';
import { memoryRecords } from './memory-records.ts';
import { Parking } from './parking.ts';

describeDeadLetters('memory', async ({ clock, maxBytes = 1e9 }) => {
  const records = memoryRecords();
  const letters = new Parking(records, { clock, maxBytes });
  return {
    letters,
    reopen: async () => new Parking(records, { clock, maxBytes }),
    dispose: async () => undefined,
  };
});
