import { faultText } from '@tributary/http';
import type { ReadinessCondition } from '@tributary/http';
import type { SqlReader } from '@tributary/kernel';
import type { ComparedTables } from './compared-tables.ts';
import type { EventTopic } from './event-topic.ts';
import type { GroupTables } from './group-tables.ts';
import { ping } from './schema.ts';

type Parts = {
  readonly engine?: { readonly reader: SqlReader };
  readonly events?: Pick<EventTopic, 'fault' | 'stuck' | 'dead' | 'overdue'> & {
    readonly recorded: { conditions(): ReadinessCondition[] };
    readonly blobs: { conditions(): ReadinessCondition[] };
  };
  readonly storage?: {
    readonly disk: { conditions(): ReadinessCondition[] };
    overdue(): unknown;
  };
  /** The copy of the dead letters that others wrote. */
  readonly deadLetters?: { fault(): unknown; dead(): unknown };
  readonly order?: { conditions(): ReadinessCondition[] };
  readonly tables?: Pick<GroupTables, 'fault'>;
  readonly compared?: Pick<ComparedTables, 'conditions'>;
};

type Check = [code: string, what: string, fault: unknown];

/** The readiness conditions of the parts that a process depends on. */
export const conditionsOf =
  ({ engine, events, tables, storage, deadLetters, order, compared }: Parts) =>
  async (): Promise<ReadinessCondition[]> => {
    const engineFault = await (engine && ping(engine.reader))?.then(
      () => undefined,
      (fault: unknown) => fault,
    );
    const checks: Check[] = [
      ['clickhouse_unavailable', 'ClickHouse does not answer', engineFault],
      ['kafka_unavailable', 'the log cannot be followed', events?.fault()],
      ['partition_unavailable', 'facts of some streams are refused', events?.stuck()],
      ['replica_stopped', 'the local copy of the log cannot be written', events?.dead()],
      ['log_overdue', 'the local copy of the log is not written at present', events?.overdue()],
      ['blobs_overdue', 'long data are not stored at present', storage?.overdue()],
      ...checksOf(deadLetters),
      ['tables_unknown', 'the position of the tables is unknown', tables?.fault()],
    ];
    const faults = checks.flatMap(([code, what, fault]) =>
      fault === undefined ? [] : [{ code, detail: `${what}: ${faultText(fault)}` }],
    );
    const more = [storage?.disk, events?.recorded, events?.blobs, order, compared].flatMap(
      (part) => part?.conditions() ?? [],
    );
    return [...faults, ...more];
  };

const checksOf = (deadLetters: Parts['deadLetters']): Check[] => [
  ['dead_letters_unavailable', 'the dead letters cannot be followed', deadLetters?.fault()],
  ['dead_letters_stopped', 'the local copy of the dead letters cannot be written', deadLetters?.dead()],
];
