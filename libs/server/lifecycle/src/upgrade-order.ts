import { contractNumber } from '@tributary/contracts';
import type { ReadinessCondition } from '@tributary/http';
import { Fault } from '@tributary/kernel';
import type { GroupTables } from './group-tables.ts';

/** Keeps a process from writing what the projectors cannot read yet. */
export type UpgradeOrder = {
  /** Throws Fault `projector_older` (retryable) while projectors of an earlier contract fill the tables. */
  admit(): void;
  conditions(): ReadinessCondition[];
};

type Options = {
  readonly tables: Pick<GroupTables, 'contract'>;
  /** The group of the projectors. */
  readonly group: string;
  /** The number of the writer's contract. */
  readonly own?: number;
};

/**
 * The projectors commit the number of their contract with their positions, before anything of it can be in the log. A group
 * that has committed nothing has no tables that could fall behind.
 */
export function upgradeOrder({ tables, group, own = contractNumber }: Options): UpgradeOrder {
  const problem = (): string | undefined => {
    const read = tables.contract();
    if (read === undefined || read >= own) return undefined;
    return `this process accepts facts by contract ${own}, and the projectors of group ${group} read contract ${read}: replace the projectors first, or start the version of this process that they have; nothing was stored, and the same events can be sent again`;
  };
  return {
    admit: () => {
      const text = problem();
      if (text !== undefined) throw new Fault('projector_older', text, { retryable: true });
    },
    conditions: () => {
      const text = problem();
      return text === undefined ? [] : [{ code: 'projector_older', detail: text }];
    },
  };
}
