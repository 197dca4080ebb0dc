import type { LocalLog } from '@tributary/event-log';
import { faultText } from '@tributary/http';
import type { ReadinessCondition } from '@tributary/http';
import type { DiskSpace, RecordClock } from '@tributary/intake';
import { CONTRACT_NEWER, isNewerContract } from '@tributary/projection';
import type { Projector } from '@tributary/projection';

type Parts = {
  readonly log: Pick<LocalLog, 'fault' | 'overdue' | 'replaced'>;
  readonly deadLetters: { fault(): unknown; overdue(): unknown; replaced(): unknown };
  readonly blobs: { overdue(): unknown };
  readonly projector: Pick<Projector, 'fault' | 'shortfall' | 'findings'>;
  /** The work of the projector that is tried again at present. */
  readonly work: { fault(): unknown };
  readonly disk: Pick<DiskSpace, 'conditions'>;
  readonly recorded: Pick<RecordClock, 'conditions'>;
};

/** The readiness conditions of one process. Dead letters that wait are none, because they stop nothing. */
export function conditionsOf(parts: Parts): ReadinessCondition[] {
  const { log, deadLetters, blobs, projector, work, disk, recorded } = parts;
  const faults: [code: string, what: string, fault: unknown][] = [
    ['log_stopped', 'no fact can be recorded', log.fault() ?? log.replaced()],
    ['log_overdue', 'no fact is confirmed at present', log.overdue()],
    ['dead_letters_stopped', 'nothing refused can be kept', deadLetters.fault() ?? deadLetters.replaced()],
    ['dead_letters_overdue', 'nothing refused is kept at present', deadLetters.overdue()],
    ['blobs_overdue', 'long data are not stored at present', blobs.overdue()],
    [codeOf(projector.fault()), 'the tables do not follow the log', projector.fault()],
    ['tables_waiting', 'the tables take no rows at present, and are tried again until they do', work.fault()],
  ];
  const stopped = faults.flatMap(([code, what, fault]) =>
    fault === undefined ? [] : [{ code, detail: `${what}: ${faultText(fault)}` }],
  );
  return [...disk.conditions(), ...recorded.conditions(), ...stopped, ...tableConditions(projector)];
}

const codeOf = (fault: unknown): string => (isNewerContract(fault) ? CONTRACT_NEWER : 'tables_stopped');

function tableConditions(projector: Parts['projector']): ReadinessCondition[] {
  const shortfall = projector.shortfall();
  const detached = projector.findings().filter(({ code }) => code === 'parts_detached');
  const conditions: ReadinessCondition[] = detached.map(({ detail }) => ({
    code: 'parts_detached',
    detail: `${detail}: their rows are not read; \`rebuild\` makes tables without them`,
  }));
  if (shortfall !== undefined) conditions.push({ code: 'tables_short', detail: shortfall });
  return conditions;
}
