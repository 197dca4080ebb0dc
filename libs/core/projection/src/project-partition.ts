import { Fault, formatEventPosition, parseEventPosition } from '@tributary/kernel';
import { positionWaiters } from './position-waiters.ts';
import { openFailures } from './projection-failures.ts';
import { startLoop } from './projection-loop.ts';
import type { PartitionOptions } from './projector-options.ts';
import { projectorStates } from './state/projector-states.ts';
import { counting, firstState, reachOf } from './state/tables-state.ts';
import type { TablesState, WorkingState } from './state/tables-state.ts';
import { recover } from './step.ts';
import type { StepContext } from './step.ts';

/**
 * Projects one partition of the log into tables that other workers fill too, until the partition is lost. The batch
 * that the last owner had planned is inserted first, under its token. Throws Fault `tables_version` where another
 * version of the projections filled the tables, `tables_ahead` where they hold more than the group has planned,
 * `projector_state_unknown`, and what stopped the loop. Nothing is thrown once the partition is lost.
 */
export async function projectPartition(options: PartitionOptions): Promise<void> {
  try {
    await project(options);
  } catch (fault) {
    if (!options.lost.aborted) throw fault;
  }
}

async function project(options: PartitionOptions): Promise<void> {
  const { version, start, lost, log } = options;
  const states = projectorStates(log.cursors);
  const kept = states.tables.get() ?? firstState(version, start);
  requireVersion(kept, version);
  requireBehind(await options.lastPosition(), kept);
  let state = counting(kept, options.logId !== undefined);
  const save = async (next: WorkingState): Promise<void> => {
    await states.tables.set(next);
    state = next;
  };
  const failures = openFailures(states.failures, options.park);
  const context: StepContext = { boundedBatches: true, ...options, failures, save };
  await recover(context, state);
  const waiters = positionWaiters();
  const loop = startLoop({ context, waiters, linger: options.linger, state: () => state });
  const stop = (): void => void loop.stop();
  if (lost.aborted) stop();
  lost.addEventListener('abort', stop);
  await loop.ended;
  lost.removeEventListener('abort', stop);
  if (!lost.aborted) throw loop.fault();
}

/** Only planned batches are inserted, so tables that hold more were filled by a group whose offsets are lost. */
function requireBehind(last: number, state: TablesState): void {
  const reach = reachOf(state);
  if (last <= parseEventPosition(reach)) return;
  throw new Fault(
    'tables_ahead',
    `the tables hold events up to ${formatEventPosition(last)}, but the group has only planned up to ${reach}: its offsets were lost or moved, and going on would count events twice; run the projector with \`rebuild\``,
  );
}

function requireVersion(state: TablesState, version: string): asserts state is WorkingState {
  if (state.kind === 'exchanging')
    throw new Fault(
      'tables_version',
      'a rebuild is exchanging the tables: wait for it to end, or finish it with `rebuild` where it was interrupted',
    );
  const made = state.generation.version;
  if (made === version) return;
  throw new Fault(
    'tables_version',
    `the tables were made by version ${made || '(none)'} of the projections, and this program makes version ${version}: rebuild them with this version, or run the other one`,
  );
}
