import { describeEventLog } from './event-log.suite.ts';
import { memoryLog } from './memory-log.ts';

describeEventLog('memory', async (clock) => {
  const log = memoryLog({ clock });
  return { log, reopen: async () => log, dispose: () => log.close() };
});
