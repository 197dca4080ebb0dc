/** Work in turns: that of one key one after another, that of different keys at the same time. */
export class Turns {
  readonly #last = new Map<string, Promise<void>>();

  /** Does the work after all earlier work of the key, whether that succeeded or not. */
  async take<Result>(key: string, work: () => Promise<Result>): Promise<Result> {
    const turn = (this.#last.get(key) ?? Promise.resolve()).then(work);
    const done = turn.then(
      () => undefined,
      () => undefined,
    );
    this.#last.set(key, done);
    try {
      return await turn;
    } finally {
      if (this.#last.get(key) === done) this.#last.delete(key);
    }
  }
}
