import { setTimeout as pause } from 'node:timers/promises';
import { brokerFault } from './broker-fault.ts';

/** Asks until there is an answer, as long as the trouble is one that passes. Rejects with kafkajs's error. */
export async function patiently<T>(ask: () => Promise<T>, patience: number): Promise<T> {
  const until = Date.now() + patience;
  for (let wait = 50; ; wait = Math.min(wait * 2, 1000)) {
    try {
      return await ask();
    } catch (error) {
      if (!brokerFault(error, '').retryable || Date.now() + wait > until) throw error;
      await pause(wait);
    }
  }
}
