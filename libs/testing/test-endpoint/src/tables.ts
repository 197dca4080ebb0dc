import { resolveData } from '@tributary/blobs';
import type { Blobs } from '@tributary/blobs';
import type { IngestEndpoint } from '@tributary/capture';
import { isFactType } from '@tributary/contracts';
import type { Fact, Projection } from '@tributary/contracts';
import type { EventLog, RecordedEvent } from '@tributary/event-log';
import { openTestStore } from '@tributary/fixtures';
import { Fault, parseEventPosition, START } from '@tributary/kernel';
import type { Row } from '@tributary/kernel';

type Tables = Pick<IngestEndpoint, 'engine' | 'projector'> & { close(): Promise<void> };

/** For protocols that read no tables: every question throws Fault `tables_unknown`. */
export const noTables: Tables = {
  engine: { reader: { all: () => Promise.reject(new Fault('tables_unknown', 'this test has no tables')) } },
  projector: { reached: () => Promise.resolve() },
  close: () => Promise.resolve(),
};

/** Real tables in an embedded engine. They follow the log whenever a question waits for a position. */
export async function openTables(
  log: EventLog,
  blobs: Blobs,
  projections: readonly Projection[],
): Promise<Tables> {
  const store = await openTestStore();
  let after = START;
  let following: Promise<void> = Promise.resolve();
  const insert = async (event: RecordedEvent): Promise<void> => {
    const fact: unknown = await resolveData(JSON.parse(Buffer.from(event.bytes).toString('utf8')), blobs);
    if (!isFact(fact)) return;
    const position = parseEventPosition(event.position) ?? 0;
    for (const projection of projections)
      for (const [table, rows] of Object.entries(
        projection.project(fact, { _position: position, recorded_at: event.recordTime }),
      )) {
        const builder = (await store.engine.encoder(`tributary.${table}`)).builder();
        if ('columns' in rows) builder.addColumns(rows.columns, rows.count);
        else builder.add(rows satisfies readonly Row[]);
        await store.engine.insert({ token: `${table}:${position}`, block: builder.finish() });
      }
  };
  const follow = async (): Promise<void> => {
    for (const event of await log.read({ after, limit: 10_000, maxBytes: 1e9 })) {
      await insert(event);
      after = event.position;
    }
  };
  const reached = (): Promise<void> => (following = following.then(follow));
  return { engine: store.engine, projector: { reached }, close: () => store.remove() };
}

const isFact = (event: unknown): event is Fact =>
  typeof event === 'object' && event !== null && 'type' in event && isFactType(String(event.type));
