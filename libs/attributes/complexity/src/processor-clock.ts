/**
 * Calls back when this process has used more processor time than a limit since the last start, and as much time has
 * passed: a thread of a process that waits for a busy machine has used no more than its process. Without a word from
 * the processor, thirty times the limit ends the wait.
 */
export class ProcessorClock {
  readonly #milliseconds: number;
  #timer: NodeJS.Timeout | undefined;

  constructor(milliseconds: number) {
    this.#milliseconds = milliseconds;
  }

  restart(expired: () => void): void {
    this.stop();
    this.#wait(expired, { used: usedMilliseconds(), rounds: 1 });
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #wait(expired: () => void, start: { readonly used: number; readonly rounds: number }): void {
    const timer = setTimeout(() => {
      const isOver = usedMilliseconds() - start.used >= this.#milliseconds || start.rounds >= 30;
      if (!isOver) return this.#wait(expired, { ...start, rounds: start.rounds + 1 });
      /* What arrived while this thread was busy is taken first, and restarts the clock. */
      setImmediate(() => {
        if (this.#timer === timer) expired();
      });
    }, this.#milliseconds);
    this.#timer = timer;
  }
}

function usedMilliseconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
