/** Partitions that wait because the engine lacks rows of a batch that it has confirmed. */
export class IncompleteInserts {
  readonly #lacking = new Map<number, string>();

  /** The work on a partition ended with the Fault `insert_incomplete`. */
  note(partition: number, detail: string): void {
    this.#lacking.set(partition, detail);
  }

  /** The partition goes on: whatever else its work failed with before, the tables have its batch. */
  clear(partition: number): void {
    this.#lacking.delete(partition);
  }

  /**
   * What the engine lacks of the batches of the partitions that the process has now; undefined where nothing is known to be
   * lacking. Of others it is forgotten: by the time they come back, somebody else may have filled the tables.
   */
  among(partitions: readonly number[]): string | undefined {
    for (const partition of this.#lacking.keys())
      if (!partitions.includes(partition)) this.#lacking.delete(partition);
    return [...this.#lacking.values()][0];
  }
}
