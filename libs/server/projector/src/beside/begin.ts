import { createHash } from 'node:crypto';
import { canonicalJson } from '@tributary/json';
import { Fault } from '@tributary/kernel';
import { targetsOf } from './live-tables.ts';
import type { Marks, Rebuilding } from './rebuilding.ts';
import { commitsOf, keeping, kept, reachOf, standsOf, versionsOf } from './stand.ts';
import type { Stand } from './stand.ts';

/** The cursor of the next group that names the tables it fills. */
const BESIDE = 'beside';

const nameOf = (marks: Marks): string =>
  createHash('sha256').update(canonicalJson(marks)).digest('hex').slice(0, 16);

/**
 * Makes empty tables beside the live ones and a group that stands before the first event, unless an earlier run left
 * both in a state to go on from. True where it goes on.
 */
export async function begin(work: Rebuilding, fresh: boolean, floor: readonly number[]): Promise<boolean> {
  const { topic, groups, shadow, tables } = work;
  if (!fresh && (await canGoOn(work, floor))) return true;
  /* A group that names no tables is begun anew, whatever stands beside the live ones. */
  await topic.moveGroup(groups.next, commitsOf(standsAtZero(topic.partitions)));
  await shadow.make();
  const name = nameOf(await shadow.marks(tables));
  await topic.moveGroup(groups.next, commitsOf(standsAtZero(topic.partitions, name)));
  return false;
}

const standsAtZero = (partitions: number, name?: string): Stand[] =>
  Array.from({ length: partitions }, (_, partition) => ({
    offset: 0,
    cursors: new Map(name === undefined ? [] : [[BESIDE, keeping(name, partition, 0)]]),
  }));

/** The tables are those that the group began with, this version makes them, and they are not ahead of the live ones. */
async function canGoOn(
  { topic, groups, shadow, tables, version }: Rebuilding,
  floor: readonly number[],
): Promise<boolean> {
  const next = standsOf(await topic.commits(groups.next));
  const targets = targetsOf(standsOf(await topic.commits(groups.live)), floor);
  if (versionsOf(next).some((made) => made !== version)) return false;
  if (next.some((stand, partition) => reachOf(stand) > (targets[partition] ?? 0))) return false;
  const marks = await shadow.marks(tables).catch((fault: unknown) => {
    if (fault instanceof Fault && fault.code === 'shadow_lost') return undefined;
    throw fault;
  });
  return marks !== undefined && next.every((stand) => kept(stand, BESIDE) === nameOf(marks));
}
