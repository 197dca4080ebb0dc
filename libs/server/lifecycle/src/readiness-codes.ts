import { setTimeout as pause } from 'node:timers/promises';
import type { ReadinessCondition } from '@tributary/http';

/** Scrapers wait ten seconds and less, and what a condition asks, such as ClickHouse, may hang for longer. */
const WITHIN_MS = 5_000;

/** Codes of the conditions that are not met, and of warnings; `readiness_overdue` where they are not known in time. */
export async function readinessCodes(
  conditions: () => Promise<readonly ReadinessCondition[]>,
  warnings: readonly ReadinessCondition[] = [],
  within = WITHIN_MS,
): Promise<readonly string[]> {
  const found = new AbortController();
  try {
    const known = await Promise.race([
      conditions(),
      pause(within, [OVERDUE], { signal: found.signal, ref: false }),
    ]);
    return [...known, ...warnings].map(({ code }) => code);
  } finally {
    found.abort();
  }
}

const OVERDUE: ReadinessCondition = {
  code: 'readiness_overdue',
  detail: 'it is not known whether the process is ready',
};
