import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { openBlobs, readEveryBlob } from '@tributary/blobs';
import type { Blobs, ReadBlobs } from '@tributary/blobs';
import { connectServer } from '@tributary/clickhouse';
import type { Engine } from '@tributary/clickhouse';
import { connectTopic } from '@tributary/kafka';
import { formatEventPosition, parseLogPosition, partitionOf, partitionStart } from '@tributary/kernel';
import { eventFormat, openGroupTables, requireSchema, rowLooks, topicAccess } from '@tributary/lifecycle';
import type { GroupTables, Look } from '@tributary/lifecycle';
import { verifyTopic } from '@tributary/projection';
import type { Outcome, VerifiedTopic } from '@tributary/projection';
import { projections } from '@tributary/projector';
import type { ProjectorConfig } from './config.ts';

/** Reading the positions of a large table takes long. */
const QUERY_MS = 3_600_000;

/** Replicas of the tables follow each other, so what differs is looked at once more. */
const AGAIN_MS = 2_000;
const LOOKS_UNDER_INSERTS = 10;

/** What was read of a log in a topic, of its blobs and of its tables. */
export type VerifiedServers = {
  /** Up to which position they were compared. */
  readonly position: string;
  readonly topic: VerifiedTopic;
  readonly blobs: ReadBlobs;
  /** What differs in the tables, in words. */
  readonly tables: readonly string[];
};

/**
 * Reads every record of the topic and every blob, and compares the rows of all tables with what the projectors of the
 * group counted as they inserted them. Changes nothing; services may go on. `step` gets the progress in words. Throws the
 * Faults of the connections.
 */
export async function verifyCommand(
  { clickhouse, kafka, blobs: directory }: ProjectorConfig,
  step: (text: string) => void,
): Promise<VerifiedServers> {
  const closing: (() => Promise<unknown>)[] = [];
  const opened = <Part extends { close(): Promise<unknown> }>(part: Part): Part => {
    closing.push(() => part.close());
    return part;
  };
  try {
    const engine = opened(await connectServer({ ...clickhouse, queryMillis: QUERY_MS }));
    const { reader } = engine;
    await requireSchema(reader);
    const topic = opened(await connectTopic(topicAccess(kafka, kafka.topic, 'tributary-verify')));
    const tables = opened(await openGroupTables({ topic, group: kafka.group }));
    const position = tables.position();
    const blobs = openBlobs(directory);
    const format = eventFormat(digestsAlone, topic.partitions);
    const until = parseLogPosition(position, topic.partitions) ?? [];
    const verified = await verifyTopic({ topic, format, reader, blobs, position: until }, step);
    const stored = await readEveryBlob(directory, blobs, step);
    return { position, topic: verified, blobs: stored, tables: await tableDifferences(engine, tables) };
  } finally {
    for (const close of closing.toReversed()) await close();
  }
}

/** Finds the digest of what a record would move to the blobs, and keeps nothing. */
const digestsAlone: Pick<Blobs, 'put'> = {
  async put(content) {
    const hash = createHash('sha256');
    let bytes = 0;
    for await (const chunk of content instanceof Uint8Array ? [content] : content) {
      hash.update(chunk);
      bytes += chunk.length;
    }
    return { sha256: hash.digest('hex'), bytes, known: true };
  },
};

async function tableDifferences({ reader }: Engine, tables: GroupTables): Promise<string[]> {
  const { rows } = rowLooks({ reader, tables, projections });
  const differences: string[] = [];
  for (const { name, look } of rows) {
    const found = await lasting(look);
    if (mayPass(found)) differences.push(`${name}: not compared, because rows are inserted all the time`);
    else if (found) differences.push(found.detail);
  }
  return [...uncounted(tables), ...differences];
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

export const isVerified = ({ topic, blobs, tables }: VerifiedServers): boolean =>
  topic.differences.length + blobs.damaged + tables.length === 0;

/** One line for each part, then each difference. */
export function verifiedText(verified: VerifiedServers): string {
  const { position, topic, blobs, tables } = verified;
  const { events, records, repeated, refused, differences } = topic;
  const lines = [
    `log     ${events} events in ${records} records (${repeated} repeated, ${refused} no events) are ${differences.length === 0 ? '' : 'NOT '}those that the tables register`,
    `blobs   ${blobsText(verified)}`,
    `tables  ${tables.length === 0 ? `the tables have the rows that were inserted, up to position ${position}` : 'DIVERGE'}`,
  ];
  if (isVerified(verified)) return lines.join('\n');
  const found = [...differences, ...(blobs.divergence === null ? [] : [blobs.divergence]), ...tables];
  return [...lines, '', ...found, adviceFor(verified)].join('\n');
}

const blobsText = ({
  blobs: { blobs, damaged },
  topic: { missingBlobs, notKept },
}: Pick<VerifiedServers, 'blobs' | 'topic'>): string =>
  damaged + missingBlobs === 0
    ? `${blobs} blobs have their digests, none is missing${notKept === 0 ? '' : `; ${notKept} files that facts name are not kept`}`
    : `DIVERGE: ${damaged} of ${blobs} damaged, ${missingBlobs} missing`;

/** What fills tables again does not bring back records or blobs. */
const adviceFor = ({ topic, blobs, tables }: VerifiedServers): string =>
  tables.length > 0 && topic.differences.length + blobs.damaged === 0
    ? 'run the projector with `rebuild`, which fills the tables again from the log'
    : 'put back what is missing of the topic and the blobs from a copy; then run the projector with `rebuild`, which fills the tables again from the log';
