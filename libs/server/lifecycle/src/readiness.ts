import { faultText } from '@tributary/http';
import type { ReadinessCondition } from '@tributary/http';
import type { SqlReader } from '@tributary/kernel';
import type { EventTopic } from './event-topic.ts';
import type { GroupTables } from './group-tables.ts';
import { ping } from './schema.ts';

type Parts = {
  readonly engine?: { readonly reader: SqlReader };
  readonly events?: Pick<EventTopic, 'fault'>;
  readonly tables?: Pick<GroupTables, 'fault'>;
};

/** The readiness conditions of the parts that a process depends on. */
export const conditionsOf =
  ({ engine, events, tables }: Parts) =>
  async (): Promise<ReadinessCondition[]> => {
    const engineFault = await (engine && ping(engine.reader))?.then(
      () => undefined,
      (fault: unknown) => fault,
    );
    const checks: [code: string, what: string, fault: unknown][] = [
      ['clickhouse_unavailable', 'ClickHouse does not answer', engineFault],
      ['kafka_unavailable', 'the log cannot be followed', events?.fault()],
      ['tables_unknown', 'the position of the tables is unknown', tables?.fault()],
    ];
    return checks.flatMap(([code, what, fault]) =>
      fault === undefined ? [] : [{ code, detail: `${what}: ${faultText(fault)}` }],
    );
  };
