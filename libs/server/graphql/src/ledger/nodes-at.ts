import { resolveData } from '@tributary/blobs';
import type { Fact } from '@tributary/contracts';
import { positionFromText } from '@tributary/kernel';
import { evidenceNode } from '@tributary/lineage';
import type { Runtime } from '../runtime.ts';

/** Nodes that a fact of an answer names at most. */
const MAX_NODES = 10_000;

/** The scores, runs and experiments that the events at the positions are about, in the order of their ids. */
export async function nodesAt(
  { log, blobs }: Pick<Runtime, 'log' | 'blobs'>,
  positions: readonly string[],
): Promise<string[]> {
  const found = new Set<string>();
  for (const position of positions) {
    const event = await log.at(positionFromText(position));
    if (!event) continue;
    const fact = await resolveData(JSON.parse(Buffer.from(event.bytes).toString('utf8')), blobs);
    const node = isFact(fact) ? evidenceNode(fact) : undefined;
    if (node !== undefined) found.add(node);
  }
  return [...found].toSorted().slice(0, MAX_NODES);
}

/** Events of the log were checked against the schema of their type when they were taken. */
const isFact = (event: unknown): event is Fact =>
  typeof event === 'object' && event !== null && 'type' in event;
