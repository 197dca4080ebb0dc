import { setTimeout as pause } from 'node:timers/promises';
import { connectServer } from '@tributary/clickhouse';
import { connectTopic } from '@tributary/kafka';
import { formatEventPosition, partitionOf, partitionStart } from '@tributary/kernel';
import { openGroupTables, requireSchema, rowLooks, topicAccess } from '@tributary/lifecycle';
import type { GroupTables, Look } from '@tributary/lifecycle';
import type { Outcome } from '@tributary/projection';
import { projections } from '@tributary/projector';
import type { ProjectorConfig } from './config.ts';

/** Reading the positions of a large table takes long. */
const QUERY_MS = 3_600_000;

/** Replicas of the tables follow each other, so what differs is looked at once more. */
const AGAIN_MS = 2_000;
const LOOKS_UNDER_INSERTS = 10;

/** What differs in the tables, in words, and up to which position they were compared. */
export type VerifiedRows = { readonly position: string; readonly differences: readonly string[] };

/**
 * Compares the rows of all tables with what the projectors of the group counted as they inserted them. Changes nothing;
 * projectors may go on. Throws the Faults of the connections.
 */
export async function verifyCommand({ clickhouse, kafka }: ProjectorConfig): Promise<VerifiedRows> {
  const closing: (() => Promise<unknown>)[] = [];
  const opened = <Part extends { close(): Promise<unknown> }>(part: Part): Part => {
    closing.push(() => part.close());
    return part;
  };
  try {
    const engine = opened(await connectServer({ ...clickhouse, queryMillis: QUERY_MS }));
    await requireSchema(engine.reader);
    const access = topicAccess(kafka, kafka.topic, 'tributary-verify');
    const topic = opened(await connectTopic(access));
    const tables = opened(await openGroupTables({ topic, group: kafka.group }));
    const { rows } = rowLooks({ reader: engine.reader, tables, projections });
    const differences: string[] = [];
    for (const { name, look } of rows) {
      const found = await lasting(look);
      if (mayPass(found)) differences.push(`${name}: not compared, because rows are inserted all the time`);
      else if (found) differences.push(found.detail);
    }
    return { position: tables.position(), differences: [...uncounted(tables), ...differences] };
  } finally {
    for (const close of closing.toReversed()) await close();
  }
}

const mayPass = (found: Outcome): boolean =>
  found !== undefined && 'mayPass' in found && found.mayPass === true;

/** What is still found when it is looked at again. */
async function lasting(look: Look['look']): ReturnType<Look['look']> {
  let found = await look();
  for (let looks = 1; found && looks < (mayPass(found) ? LOOKS_UNDER_INSERTS : 2); looks += 1) {
    await pause(AGAIN_MS);
    found = await look();
  }
  return found;
}

/** What an earlier version inserted, or a group that counts nothing yet. */
function uncounted(tables: Pick<GroupTables, 'counted'>): string[] {
  const counted = tables.counted();
  if (counted.length === 0) return ['no rows were counted yet: run `rebuild`, which counts them'];
  return counted
    .filter(({ after }) => after > partitionStart(partitionOf(after)))
    .map(
      ({ after }) =>
        `rows up to position ${formatEventPosition(after)} were not counted: run \`rebuild\`, which counts them`,
    );
}

/** A line for each difference, or that there is none. */
export const verifiedText = ({ position, differences }: VerifiedRows): string =>
  differences.length === 0
    ? `the tables have the rows that were inserted, up to position ${position}`
    : [...differences, 'run the projector with `rebuild`, which fills the tables again from the log'].join(
        '\n',
      );
