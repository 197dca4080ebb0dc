import type { Engine } from '@tributary/clickhouse';
import type { EventLog } from '@tributary/event-log';
import { checksums } from '@tributary/projection';
import type { Projector, TableChecksum } from '@tributary/projection';
import { projections } from './projections.ts';

type Live = { readonly engine: Engine; readonly log: EventLog; readonly projector: Projector };

/** Fills every table again from the log and compares it with what it was. */
export async function rebuild({ engine, log, projector }: Live) {
  const tables = projections.flatMap((projection) => projection.tables);
  const position = log.head();
  await projector.reached(position);
  const before = await checksums(engine.reader, tables);
  await projector.rebuild();
  await projector.reached(position);
  const after = await checksums(engine.reader, tables);
  const compared = before.map((table, index) => compare(table, after[index]));
  return { position: projector.position(), equal: compared.every(({ equal }) => equal), tables: compared };
}

function compare(before: TableChecksum, after: TableChecksum | undefined) {
  return {
    table: before.table,
    rowsBefore: before.rows,
    rowsAfter: after?.rows ?? 0,
    checksumBefore: before.checksum,
    checksumAfter: after?.checksum ?? '',
    equal: before.rows === after?.rows && before.checksum === after.checksum,
  };
}
