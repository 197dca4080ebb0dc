import type { PartitionAssignment } from '@tributary/event-log';
import { Fault } from '@tributary/kernel';

type Work = (assignment: PartitionAssignment) => Promise<void>;

/** Partitions whose work ended because the engine lacks rows of a batch that it has confirmed. */
export class IncompleteInserts {
  readonly #lacking = new Map<number, string>();

  /** The same work, of which it is noted how it ends. */
  observe(work: Work): Work {
    return async (assignment) => {
      this.#lacking.delete(assignment.partition);
      try {
        await work(assignment);
      } catch (fault) {
        if (fault instanceof Fault && fault.code === 'insert_incomplete')
          this.#lacking.set(assignment.partition, fault.message);
        throw fault;
      }
    };
  }

  /**
   * What the engine lacks of the batches of the partitions that the process has now; undefined where nothing is known to be
   * lacking. Of others it is forgotten: by the time they come back, somebody else may have filled the tables.
   */
  among(partitions: readonly number[]): string | undefined {
    for (const partition of this.#lacking.keys())
      if (!partitions.includes(partition)) this.#lacking.delete(partition);
    return partitions.map((partition) => this.#lacking.get(partition)).find((detail) => detail !== undefined);
  }
}
