import { isOfEarlierVersion, migrate } from '@tributary/clickhouse';
import type { Engine } from '@tributary/clickhouse';
import type { LocalLog } from '@tributary/event-log';
import { requireEmptiable } from '@tributary/projection';
import type { TableChecks } from '@tributary/projection';
import { projections } from '@tributary/projector';

type Parts = {
  readonly log: LocalLog;
  readonly checks: Pick<TableChecks, 'digestAt' | 'bytesOf'>;
  readonly migrations: string;
};

/**
 * Brings the tables to the migrations of this version. Those of an earlier version will be emptied and filled again, so it is
 * checked first that nothing is lost with them: after a refusal that version still goes on with them. Throws the Faults of
 * `requireEmptiable` and `migrate`.
 */
export async function migrateTables(engine: Engine, { log, checks, migrations }: Parts): Promise<void> {
  if (await isOfEarlierVersion(engine, migrations)) {
    const { digestAt, bytesOf } = checks;
    const tables = { reader: engine.reader, logId: log.logId, projections, log: { digestAt }, bytesOf };
    await requireEmptiable(tables, log);
  }
  await migrate(engine, migrations);
}
