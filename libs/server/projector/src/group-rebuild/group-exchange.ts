import { eventPosition, Fault, formatEventPosition } from '@tributary/kernel';
import { countedIn, marksInOrder, versionOf } from '@tributary/projection';
import type { ExchangeStore, PlannedExchange, TableMarks, TablesState } from '@tributary/projection';
import { checkpointsOf, commitsOf, isExchanging, reachedOffset } from './group-checkpoint.ts';
import type { GroupCheckpoint } from './group-checkpoint.ts';
import { exchangedTables } from './group-rebuild.ts';
import type { GroupRebuild } from './group-rebuild.ts';
import type { LiveHold } from './live-hold.ts';

/**
 * Plans the exchange in one commit of the live group, which keeps all that is needed to finish it after a kill. From
 * then on no projector of the group works until the exchange is finished. False where the group is held no longer.
 */
export async function planExchange(
  { topic, groups, version }: GroupRebuild,
  {
    hold,
    live,
    marks,
  }: {
    readonly hold: LiveHold;
    readonly live: readonly GroupCheckpoint[];
    readonly marks: TableMarks;
  },
): Promise<boolean> {
  const next = checkpointsOf(await topic.commits(groups.next));
  const planned = next.map((checkpoint, partition): GroupCheckpoint => {
    const { offset, states } = checkpoint;
    const position = formatEventPosition(eventPosition(partition, offset));
    return {
      offset,
      contract: live[partition]?.contract,
      states: {
        tables: { kind: 'exchanging', position },
        failures: live[partition]?.states.failures,
        exchange: { kind: 'exchange', position, marks: marksInOrder(marks) },
        nextTables: nextTables(checkpoint, live[partition], { partition, version }),
        nextFailures: states.failures,
      },
    };
  });
  return hold.move(commitsOf(planned));
}

/**
 * The state of the new tables. A batch that a dead projector of the same version had planned stays planned: should its
 * insert arrive late, the new tables know its token.
 */
function nextTables(
  next: GroupCheckpoint,
  live: GroupCheckpoint | undefined,
  { partition, version }: { readonly partition: number; readonly version: string },
): TablesState | undefined {
  const before = live?.states.tables;
  const isPlanned = live !== undefined && reachedOffset(live) > next.offset;
  const { tables } = next.states;
  if (before?.kind !== 'planned' || !isPlanned || versionOf(before) !== version) return tables;
  const position = formatEventPosition(eventPosition(partition, next.offset));
  return { ...before, position, countedFrom: tables && countedIn(tables).countedFrom };
}

/** The plan of an exchange in the commits of the live group. */
export function groupExchange(work: GroupRebuild, hold: LiveHold): ExchangeStore {
  const { topic, groups, shadow, version } = work;
  const live = async (): Promise<GroupCheckpoint[]> => checkpointsOf(await topic.commits(groups.live));
  return {
    tables: exchangedTables(work),
    version,
    shadow,
    planned: async () => plannedIn(await live()),
    async adopt() {
      for (let isAdopted = false; !isAdopted;) {
        await hold.untilHeld();
        const planned = await live();
        /* Where nothing is planned any more, another process has finished it. */
        isAdopted = !isExchanging(planned) || (await hold.move(commitsOf(planned.map(withNextStates))));
      }
      await hold.release();
    },
    otherVersion: ({ versions }) => {
      throw new Fault(
        'rebuild_version',
        `a rebuild by version ${versions[0] ?? '(none)'} of the projections was interrupted while it exchanged the tables, and this program makes version ${version}: finish it with that version, or start again with \`rebuild --fresh\``,
      );
    },
    tablesLost: (cause) => {
      throw new Fault('shadow_lost', `${cause.message}; fill new ones with \`rebuild --fresh\``, { cause });
    },
  };
}

function plannedIn(live: readonly GroupCheckpoint[]): PlannedExchange | undefined {
  if (!isExchanging(live)) return undefined;
  const [marks = []] = live.flatMap(({ states: { exchange } }) =>
    exchange?.kind === 'exchange' ? [exchange.marks] : [],
  );
  const versions = live.flatMap(({ states }) => (states.nextTables && versionOf(states.nextTables)) ?? []);
  return { marks, versions };
}

const withNextStates = ({ offset, states, contract }: GroupCheckpoint): GroupCheckpoint => ({
  offset,
  contract,
  states: { tables: states.nextTables, failures: states.nextFailures },
});
