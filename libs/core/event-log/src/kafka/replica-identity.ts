import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Fault } from '@tributary/kernel';
import type { Topic } from './topic.ts';

type Identity = { readonly clusterId: string; readonly topic: string; readonly partitions: number };

/**
 * Checks that a directory replicates this topic of this cluster, or records that it does: durable once it returns. A file that
 * says nothing counts as none, since a power cut may have emptied it when it was written; the replicas compare their last
 * record with the topic's in any case. Throws Faults `partitions_changed` and `wrong_cluster`.
 */
export function requireReplicaOf({ clusterId, name, partitions }: ReplicatedTopic, directory: string): void {
  mkdirSync(directory, { recursive: true });
  const before = identityIn(directory);
  if (before === undefined) return record({ clusterId, topic: name, partitions }, directory);
  const isSameTopic = before.clusterId === clusterId && before.topic === name;
  if (isSameTopic && before.partitions === partitions) return;
  if (isSameTopic)
    throw new Fault(
      'partitions_changed',
      `${name} had ${before.partitions} partitions and has ${partitions}: streams would change their partition and lose their order. Copy it: \`node dist/ingest.js copy ${name}-2 --partitions ${partitions}\`; docs/guides/partitions.md has the steps`,
    );
  throw new Fault(
    'wrong_cluster',
    `${directory} replicates ${before.topic} of cluster ${before.clusterId}, not ${name} of ${clusterId}; configure that cluster and topic again, or delete the directory, which is filled again from the topic`,
  );
}

type ReplicatedTopic = Pick<Topic, 'clusterId' | 'name' | 'partitions'>;

const fileIn = (directory: string): string => join(directory, 'replica.json');

function identityIn(directory: string): Identity | undefined {
  try {
    const known: unknown = JSON.parse(readFileSync(fileIn(directory), 'utf8'));
    return isIdentity(known) ? known : undefined;
  } catch (error) {
    if (error instanceof SyntaxError || isAbsent(error)) return undefined;
    throw error;
  }
}

const isAbsent = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT';

const isIdentity = (known: unknown): known is Identity =>
  typeof known === 'object' &&
  known !== null &&
  'clusterId' in known &&
  'topic' in known &&
  'partitions' in known;

/** A rename may reach the disk before what was written to the file, so that is flushed first. */
function record(identity: Identity, directory: string): void {
  const file = fileIn(directory);
  writeFileSync(`${file}.new`, `${JSON.stringify(identity)}\n`, { flush: true });
  renameSync(`${file}.new`, file);
  const folder = openSync(directory, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
