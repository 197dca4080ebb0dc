import { expect, it } from 'vitest';
import { copyTopic } from './copy-topic.ts';
import { copyLaw, partitionOf, PINNED, timeOf } from './copy-topic.suite.ts';
import { topicInMemory } from './topic.fixture.ts';

copyLaw(60);

it('copies only what is missing in a later run, and says what is left', async () => {
  const [from, to] = [topicInMemory('events', PINNED), topicInMemory('events-2', 3)];
  const write = (id: string) =>
    from.append([{ partition: 1, key: Buffer.from('1'), value: Buffer.from(id), headers: [] }]);
  const copy = { from, to, pinned: PINNED, partitionOf, timeOf, report: () => undefined, isLast: true };
  await write('a');
  const append = (...written: Parameters<typeof to.append>): Promise<readonly number[]> =>
    write('b').then(() => to.append(...written));
  expect(await copyTopic({ ...copy, to: { ...to, partitions: 3, append } })).toMatchObject({
    copied: 1,
    left: 1,
  });
  expect(await copyTopic(copy)).toEqual({ copied: 1, already: 1, skipped: 0, left: 0 });
  expect(await copyTopic(copy)).toEqual({ copied: 0, already: 2, skipped: 0, left: 0 });
});

it('refuses a topic that has records of its own, of another topic or of another number of partitions, unless it is late', async () => {
  const [from, to] = [topicInMemory('events', PINNED), topicInMemory('events-2', 3)];
  const copy = { from, to, pinned: PINNED, partitionOf, timeOf, report: () => undefined, isLast: true };
  await from.append([{ partition: 1, key: Buffer.from('1'), value: Buffer.from('a'), headers: [] }]);
  await copyTopic(copy);
  await expect(copyTopic({ ...copy, pinned: 3 })).rejects.toMatchObject({ code: 'topic_in_use' });
  await expect(copyTopic({ ...copy, from: topicInMemory('other', 1) })).rejects.toMatchObject({
    code: 'topic_in_use',
    message: expect.stringContaining(
      'events-2/1 has a record at offset 0 that is no copy from other',
    ) as string,
  });
  await to.append([{ partition: 1, key: Buffer.from('1'), value: Buffer.from('own'), headers: [] }]);
  await expect(copyTopic(copy)).rejects.toMatchObject({ code: 'topic_in_use' });
  expect(await copyTopic({ ...copy, isLate: true })).toEqual({
    copied: 0,
    already: 1,
    skipped: 0,
    left: 0,
  });
});
