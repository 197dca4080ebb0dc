import type { Engine } from '@tributary/clickhouse';
import { faultText } from '@tributary/http';
import type { ReadinessCondition } from '@tributary/http';
import { ping } from '@tributary/lifecycle';
import type { EventTopic, GroupTables } from '@tributary/lifecycle';

type Watched = {
  readonly engine: Pick<Engine, 'reader'>;
  readonly events: Pick<EventTopic, 'fault'>;
  readonly tables: Pick<GroupTables, 'fault'>;
};

/** What keeps answers from being given, or from being up to date. */
export const conditionsOf =
  ({ engine, events, tables }: Watched) =>
  async (): Promise<ReadinessCondition[]> => {
    const away = await ping(engine.reader).then(
      () => undefined,
      (fault: unknown) => fault,
    );
    const found: [code: string, what: string, fault: unknown][] = [
      ['clickhouse_unavailable', 'ClickHouse does not answer', away],
      ['kafka_unavailable', 'the log cannot be followed', events.fault()],
      ['tables_unknown', 'how far the tables are cannot be told', tables.fault()],
    ];
    return found.flatMap(([code, what, fault]) =>
      fault === undefined ? [] : [{ code, detail: `${what}: ${faultText(fault)}` }],
    );
  };
