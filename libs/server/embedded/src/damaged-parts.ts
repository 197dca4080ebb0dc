import { Fault } from '@tributary/kernel';
import type { SqlReader } from '@tributary/kernel';

/** What questions find out about the parts of the tables that they read. */
export type DamageNotice = {
  /**
   * Reads for questions. Throws Fault `table_damaged` (retryable) where a part cannot be read, besides the faults of the
   * reader behind it.
   */
  readonly reader: SqlReader;
  /** Resolves with what the next question cannot read. */
  next(): Promise<string>;
};

/** A part can be damaged where no check of positions looks, and is then found by the question that reads it. */
export function noticeDamage(behind: SqlReader): DamageNotice {
  let notice: (what: string) => void = () => undefined;
  return {
    reader: {
      all: async (query, params) => {
        try {
          return await behind.all(query, params);
        } catch (fault) {
          if (!(fault instanceof Fault) || fault.code !== 'part_damaged') throw fault;
          notice(`a part cannot be read (${query.name})`);
          throw new Fault(
            'table_damaged',
            `${query.name}: a part of the tables cannot be read; they are filled again from the log, so ask again`,
            { retryable: true, cause: fault },
          );
        }
      },
    },
    next: () =>
      new Promise((resolve) => {
        notice = resolve;
      }),
  };
}
