import { Fault } from '@tributary/kernel';

/**
 * Runs a write. Its signal aborts after so many milliseconds with a retryable Fault, that of an append by default: what was
 * to be written may be stored or not, and may be sent again. There is no deadline where `millis` is absent.
 */
export async function withDeadline<Outcome>(
  millis: number | undefined,
  write: (overdue?: AbortSignal) => Promise<Outcome>,
  faultOf: (millis: number) => Fault = overdueAfter,
): Promise<Outcome> {
  if (millis === undefined) return write();
  const overdue = new AbortController();
  const timer = setTimeout(() => overdue.abort(faultOf(millis)), millis);
  try {
    return await write(overdue.signal);
  } finally {
    clearTimeout(timer);
  }
}

/** Whether work ends within so many milliseconds; it goes on where it does not. Waits for it where `millis` is absent. */
export async function within(millis: number | undefined, work: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    if (millis !== undefined) timer = setTimeout(() => resolve(false), millis);
  });
  try {
    return await Promise.race([work.then(() => true), late]);
  } finally {
    clearTimeout(timer);
  }
}

const overdueAfter = (millis: number): Fault =>
  new Fault(
    'log_overdue',
    `the log did not confirm within ${millis / 1000} s, so it is unknown whether the events are stored; send the same events again, with the same ids: none is stored twice`,
    { retryable: true },
  );
