import { resolveData } from '@tributary/blobs';
import type { Blobs } from '@tributary/blobs';
import type { IngestEndpoint } from '@tributary/capture';
import { isFactType } from '@tributary/contracts';
import type { Fact, Projection } from '@tributary/contracts';
import type { EventLog, RecordedEvent } from '@tributary/event-log';
import { insertRows, openTestStore } from '@tributary/fixtures';
import { Fault, parseEventPosition, START } from '@tributary/kernel';
import type { TableRows } from '@tributary/kernel';

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
  const rowsOf = async (event: RecordedEvent): Promise<TableRows[]> => {
    const fact: unknown = await resolveData(JSON.parse(Buffer.from(event.bytes).toString('utf8')), blobs);
    if (!isFact(fact)) return [];
    const stamp = { _position: parseEventPosition(event.position) ?? 0, recorded_at: event.recordTime };
    return projections.map((projection) => projection.project(fact, stamp));
  };
  const follow = async (): Promise<void> => {
    const events = await log.read({ after, limit: 10_000, maxBytes: 1e9 });
    const last = events.at(-1);
    if (!last) return;
    const rows = await Promise.all(events.map(rowsOf));
    await insertRows(store.engine, `${after}-${last.position}`, rows.flat());
    after = last.position;
  };
  const reached = (): Promise<void> => (following = following.then(follow));
  return { engine: store.engine, projector: { reached }, close: () => store.remove() };
}

const isFact = (event: unknown): event is Fact =>
  typeof event === 'object' && event !== null && 'type' in event && isFactType(String(event.type));
