import { pinnedContract, withPin } from '@tributary/event-log';
import { eventPosition, formatEventPosition } from '@tributary/kernel';
import { expect, it } from 'vitest';
import { checkpointsOf, commitsOf } from './group-checkpoint.ts';

it('keeps by which contract a group has read, for the processes that accept facts', () => {
  const position = formatEventPosition(eventPosition(0, 4));
  const metadata = JSON.stringify([...withPin(new Map(), { position, partitions: 1, contract: 38 })]);
  const [commit] = commitsOf(checkpointsOf([{ offset: 4, metadata }]));
  expect(pinnedContract(commit?.metadata ?? '')).toBe(38);
});
