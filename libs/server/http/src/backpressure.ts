import type { RequestLimits } from '@tributary/capture';

/** Counts requests in flight and refuses those beyond the limits, so that memory has a bound. */
export class InFlight {
  readonly #limits: RequestLimits;
  #bytes = 0;
  #requests = 0;

  constructor(limits: RequestLimits) {
    this.#limits = limits;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Whether no more requests are admitted, whatever their bytes. */
  get isFull(): boolean {
    return this.#requests >= this.#limits.requests;
  }

  /** Admits one more request of so many bytes; undefined where that would exceed a limit. */
  admit(bytes: number): Admitted | undefined {
    if (this.isFull || !this.#take(bytes)) return undefined;
    this.#requests += 1;
    let held = bytes;
    let isOver = false;
    return {
      get held() {
        return held;
      },
      grow: (more) => {
        if (isOver || !this.#take(more)) return false;
        held += more;
        return true;
      },
      leave: () => {
        if (isOver) return;
        isOver = true;
        this.#bytes -= held;
        this.#requests -= 1;
      },
    };
  }

  #take(bytes: number): boolean {
    if (this.#bytes + bytes > this.#limits.bytesInFlight) return false;
    this.#bytes += bytes;
    return true;
  }
}

export type Admitted = {
  /** Bytes that are reserved. */
  readonly held: number;
  /** Reserves more bytes; false where that would exceed the limit. */
  grow(bytes: number): boolean;
  leave(): void;
};
