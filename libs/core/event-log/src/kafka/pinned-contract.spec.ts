import { eventPosition, formatEventPosition } from '@tributary/kernel';
import { describe, expect, it } from 'vitest';
import { keyedFormat, partitionInMemory } from './partition.fixture.ts';
import type { PartitionInMemory } from './partition.fixture.ts';
import { openPartitionLog } from './partition-log.ts';
import { pinnedContract } from './pinned-partitions.ts';

const a = { id: 'a' };

describe('the contract of a reader', () => {
  const stating = (partition: PartitionInMemory, contract: number | undefined) =>
    openPartitionLog({
      assignment: partition,
      format: keyedFormat,
      known: () => Promise.resolve([]),
      storedAt: () => Promise.resolve(undefined),
      refuse: () => Promise.resolve(),
      partitions: 3,
      ...(contract !== undefined && { contract }),
    });
  const contractIn = (partition: PartitionInMemory) =>
    pinnedContract(partition.commits.at(-1)?.metadata ?? '');

  it('is committed before anything is read, and by every later commit', async () => {
    const partition = partitionInMemory({ partition: 1, written: [a] });
    const log = stating(partition, 7);
    await log.stateContract();
    expect(partition.commits).toHaveLength(1);
    expect([contractIn(partition), partition.commits[0]?.offset]).toEqual([7, 0]);
    await log.cursors.set('tables', { position: formatEventPosition(eventPosition(1, 1)) });
    expect([contractIn(partition), partition.commits[1]?.offset]).toEqual([7, 1]);
  });

  it('never falls, is raised by a later program, and is kept by one that states none', async () => {
    let committed: PartitionInMemory['committed'];
    const stated: (number | undefined)[] = [];
    for (const contract of [7, 5, 9, undefined]) {
      const partition = partitionInMemory({ written: [a], committed });
      const log = stating(partition, contract);
      await log.stateContract();
      await log.cursors.set('tables', { position: formatEventPosition(1) });
      stated.push(contractIn(partition));
      committed = partition.commits.at(-1);
    }
    expect(stated).toEqual([7, 7, 9, 9]);
  });

  it('is committed once, and leaves the offset of another tool as it is', async () => {
    const first = partitionInMemory({ written: [a] });
    await stating(first, 7).stateContract();
    const again = partitionInMemory({ written: [a], committed: first.commits[0] });
    await stating(again, 7).stateContract();
    const moved = partitionInMemory({ written: [a], committed: { offset: 1, metadata: 'moved' } });
    await stating(moved, 7).stateContract();
    expect([again.commits, moved.commits]).toEqual([[], []]);
  });
});
