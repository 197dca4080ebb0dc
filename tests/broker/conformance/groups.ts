import { deepStrictEqual as same, ok } from 'node:assert';
import { asText, consume, HEADERS, TOPIC } from './stock-client.ts';
import type { Check, StockClient } from './stock-client.ts';

const GROUP = 'projector';
const PLAN = JSON.stringify({ epoch: '0', from: 0, to: 3, note: 'an é and a 漢' });

/** These checks read the three records that PRODUCING has written to partition 2. */
export const GROUPS: readonly Check[] = [
  ['consumes by a group, and commits with metadata', consumesAndCommits],
  ['fetches offsets with their metadata', fetchesOffsets],
  ['replays after a seek', replays],
  ['describes and lists groups', describesGroups],
  ['moves the offsets of a group without members', movesAGroup],
  ['deletes a group', deletesAGroup],
];

async function consumesAndCommits(stockClient: StockClient): Promise<void> {
  const seen = await consume(stockClient, {
    group: GROUP,
    topic: TOPIC,
    enough: ({ length }) => length === 3,
    each: async (consumer, { batch }) =>
      consumer.commitOffsets([
        {
          topic: TOPIC,
          partition: batch.partition,
          offset: String(Number(batch.lastOffset()) + 1),
          metadata: PLAN,
        },
      ]),
  });
  same(
    seen.map(({ value }) => asText(value)),
    ['1', '2', '3'],
  );
  const headers = Object.entries(seen[0]?.headers ?? {}).map(([name, value]) => [name, String(value)]);
  same(Object.fromEntries(headers), HEADERS);
}

async function fetchesOffsets({ admin }: StockClient): Promise<void> {
  const [found] = await admin.fetchOffsets({ groupId: GROUP, topics: [TOPIC] });
  same(
    found?.partitions.find(({ partition }) => partition === 2),
    { partition: 2, offset: '3', metadata: PLAN },
  );
}

async function replays(stockClient: StockClient): Promise<void> {
  let sought = false;
  const seen = await consume(stockClient, {
    group: 'replay',
    topic: TOPIC,
    enough: ({ length }) => length === 5,
    each: async (consumer, { batch }) => {
      if (!sought) consumer.seek({ topic: TOPIC, partition: batch.partition, offset: '1' });
      sought = true;
    },
  });
  same(
    seen.map(({ value }) => asText(value)),
    ['1', '2', '3', '2', '3'],
  );
}

async function describesGroups({ admin }: StockClient): Promise<void> {
  const { groups } = await admin.describeGroups([GROUP]);
  same(
    groups.map(({ groupId, state, members }) => [groupId, state, members.length]),
    [[GROUP, 'Empty', 0]],
  );
}

async function movesAGroup({ admin }: StockClient): Promise<void> {
  await admin.setOffsets({ groupId: GROUP, topic: TOPIC, partitions: [{ partition: 2, offset: '1' }] });
  const [found] = await admin.fetchOffsets({ groupId: GROUP, topics: [TOPIC] });
  same(found?.partitions.find(({ partition }) => partition === 2)?.offset, '1');
}

async function deletesAGroup({ admin }: StockClient): Promise<void> {
  await admin.deleteGroups([GROUP]);
  const { groups } = await admin.listGroups();
  ok(!groups.some(({ groupId }) => groupId === GROUP));
}
