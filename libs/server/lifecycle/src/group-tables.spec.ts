import type { CommittedOffset, Topic } from '@tributary/event-log';
import { eventPosition, Fault, formatEventPosition, positionFromText } from '@tributary/kernel';
import { afterEach, describe, expect, it } from 'vitest';
import { openGroupTables } from './group-tables.ts';
import type { GroupTables } from './group-tables.ts';

const PARTITIONS = 3;

const at = (partition: number, number: number) => formatEventPosition(eventPosition(partition, number));

/** A commit as a projector writes it. */
const commit = (
  partition: number,
  offset: number,
  failures?: { first: number; count: number },
): CommittedOffset => {
  const position = at(partition, offset);
  const cursors: unknown[] = [['tables', { position }]];
  if (failures) {
    const planned = { from: at(partition, failures.first), to: position, token: String(failures.count) };
    cursors.push(['misfits', { position, planned }]);
  }
  return { offset, metadata: JSON.stringify(cursors) };
};

/** A group whose commits a test sets. */
function groupOf(first: readonly (CommittedOffset | undefined)[]) {
  const group = { commits: first, polls: 0, partitions: PARTITIONS, fault: undefined as Fault | undefined };
  const topic = {
    name: 'events',
    partitions: PARTITIONS,
    currentPartitions: () => Promise.resolve(group.partitions),
    commits: () => {
      group.polls += 1;
      return group.fault ? Promise.reject(group.fault) : Promise.resolve(group.commits);
    },
  };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- group tables use nothing else of a topic
  return { group, topic: topic as Partial<Topic> as Topic };
}

let tables: GroupTables | undefined;
afterEach(() => tables?.close());

const open = async (topic: Topic, timeout = 10_000, pollInterval = 3_600_000): Promise<GroupTables> => {
  tables = await openGroupTables({ topic, group: 'g', pollInterval, timeout });
  return tables;
};
const position = positionFromText;

describe('the tables of a group', () => {
  it('hold in each partition what its group has committed, and nothing before it has', async () => {
    const { topic } = groupOf([commit(0, 4), undefined, commit(2, 17)]);
    expect((await open(topic)).position()).toBe('4,0,17');
  });

  it('are counted from where the group says, and say while they are exchanged that no count is theirs', async () => {
    const stated = (partition: number, kind: string, more: object = {}): CommittedOffset => {
      const position = at(partition, 9);
      const planned = { from: position, to: at(partition, kind === 'planned' ? 12 : 9), token: '1@v:' };
      const state = {
        format: 2,
        writer: '1',
        kind,
        ...(kind !== 'exchanging' && { epoch: 1, version: 'v' }),
        ...more,
      };
      return { offset: 9, metadata: JSON.stringify([['tables', { position, planned, state }]]) };
    };
    const countedFrom = at(1, 4);
    const { group, topic } = groupOf([
      stated(0, 'complete'),
      stated(1, 'complete', { countedFrom }),
      undefined,
    ]);
    const opened = await open(topic);
    expect(opened.counted()).toEqual([{ after: eventPosition(1, 4), until: eventPosition(1, 9) }]);
    const still = await opened.still();
    expect(still).toBeDefined();
    expect(await opened.still()).toBe(still);
    group.commits = [stated(0, 'planned'), stated(1, 'complete', { countedFrom }), undefined];
    expect(await opened.still()).toBeUndefined();
    expect([opened.unsettled(), opened.shortfall()]).toEqual([undefined, undefined]);
    await opened.close();
    group.commits = [stated(0, 'complete'), stated(1, 'exchanging'), undefined];
    const reopened = await open(topic);
    expect(reopened.unsettled()).toMatchObject({ code: 'tables_exchanging', retryable: true });
    expect(reopened.shortfall()).toContain('being exchanged for new ones');
  });

  it('say so where the group has lost what it had committed, until it is committed again', async () => {
    const { group, topic } = groupOf([undefined, undefined, undefined]);
    const opened = await open(topic, 10_000, 5);
    expect(opened.shortfall()).toBeUndefined();
    group.commits = [commit(0, 4), commit(1, 0), commit(2, 9)];
    await expect.poll(() => opened.position()).toBe('4,0,9');
    expect(opened.unsettled()).toBeUndefined();
    group.commits = [undefined, undefined, { offset: 9, metadata: '' }];
    await expect.poll(() => opened.unsettled()).toMatchObject({ code: 'commits_lost' });
    expect(opened.shortfall()).toContain('group g has lost what it had committed of partition 0, 2,');
    expect(opened.position()).toBe('4,0,9');
    group.commits = [commit(0, 4), undefined, commit(2, 9)];
    await expect.poll(() => opened.shortfall()).toBeUndefined();
  });

  it('say which version filled them where it is another one, until all partitions are of this one', async () => {
    const filled = (partition: number, version: string, kind = 'complete', end = 9): CommittedOffset => {
      const position = at(partition, end);
      const planned = {
        from: position,
        to: at(partition, kind === 'planned' ? end + 3 : end),
        token: '1@v:',
      };
      const state = { format: 2, writer: '1', kind, epoch: 1, version };
      return { offset: end, metadata: JSON.stringify([['tables', { position, planned, state }]]) };
    };
    const { group, topic } = groupOf([filled(0, 'old'), filled(1, 'new'), undefined]);
    tables = await openGroupTables({ topic, group: 'g', version: 'new', pollInterval: 5 });
    expect(tables.shortfall()).toContain('filled by version old of the projections');
    expect(tables.unsettled()).toBeUndefined();
    const shows = (...commits: (CommittedOffset | undefined)[]) => {
      group.commits = commits;
      return expect.poll(() => tables?.shortfall());
    };
    await shows(filled(0, 'new'), filled(1, 'new'), undefined).toBeUndefined();
    await shows(filled(0, 'new'), commit(1, 4), undefined).toContain('version (none)');
    await shows(filled(0, 'new'), filled(1, 'old', 'complete', 0), undefined).toBeUndefined();
    await shows(filled(0, 'new'), filled(1, 'old', 'planned', 0), undefined).toContain('version old');
    await shows(filled(0, 'new', 'planned'), filled(1, 'new'), undefined).toBeUndefined();
  });

  it.each([
    ['none, where the group has committed nothing', [undefined, undefined, undefined], undefined],
    ['the earliest of all partitions with a commit', [9, undefined, 7], 7],
    ['the first that was ever stated, where a partition states none', [400_000, null, 400_000], 370_001],
  ])('are read by a contract: %s', async (_what, contracts, expected) => {
    const commits = contracts.map((contract, partition) => {
      if (contract === undefined) return undefined;
      const state = contract === null ? { partitions: PARTITIONS } : { partitions: PARTITIONS, contract };
      const metadata = JSON.stringify([['topic', { position: at(partition, 1), state }]]);
      return { offset: 1, metadata };
    });
    expect((await open(groupOf(commits).topic)).contract()).toBe(expected);
  });

  it('are refused where the topic had another number of partitions at the last commit', async () => {
    const pinned = {
      offset: 4,
      metadata: JSON.stringify([['topic', { position: '4', state: { partitions: 2 } }]]),
    };
    await expect(open(groupOf([pinned, undefined, undefined]).topic)).rejects.toMatchObject({
      code: 'partitions_changed',
      message: expect.stringContaining('had 2 partitions') as string,
    });
  });

  it.each(['', 'moved by a tool', '{"a":1}', JSON.stringify([['misfits', { position: '2:9' }]])])(
    'hold nothing for certain where the metadata of an offset is %j',
    async (metadata) => {
      const { topic } = groupOf([commit(0, 4), undefined, { offset: 9, metadata }]);
      const opened = await open(topic);
      expect(opened.position()).toBe('4,0,0');
      expect(opened.unprojected()).toBeUndefined();
    },
  );

  it('lack records once partitions were added, say so and go on', async () => {
    const { group, topic } = groupOf([commit(0, 4), undefined, undefined]);
    const said: string[] = [];
    tables = await openGroupTables({
      topic,
      group: 'g',
      pollInterval: 5,
      onPartitionsAdded: (text) => said.push(text),
    });
    expect(tables.shortfall()).toBeUndefined();
    group.partitions = 5;
    group.commits = [commit(0, 5), undefined, undefined];
    await expect
      .poll(() => tables?.shortfall())
      .toContain('`node dist/ingest.js copy events-2 --partitions 5`');
    await expect.poll(() => tables?.position()).toBe('5,0,0');
    expect(said).toEqual([tables.shortfall()]);
  });

  it('report the events of all partitions that made no rows', async () => {
    const { topic } = groupOf([
      commit(0, 4),
      commit(1, 9, { first: 3, count: 2 }),
      commit(2, 5, { first: 1, count: 5 }),
    ]);
    expect((await open(topic)).unprojected()).toEqual({ count: 7, firsts: ['1:3', '2:1'] });
  });

  it('are at the committed offset where a range beyond it is planned', async () => {
    const planned = { from: '4', to: '9', token: '1@v:4-9' };
    const metadata = JSON.stringify([['tables', { position: '4', planned }]]);
    const { topic } = groupOf([{ offset: 4, metadata }, undefined, undefined]);
    expect((await open(topic)).position()).toBe('4,0,0');
  });

  it('cannot be opened while the broker is unreachable', async () => {
    const { group, topic } = groupOf([]);
    group.fault = new Fault('broker_unreachable', 'no broker', { retryable: true });
    await expect(openGroupTables({ topic, group: 'g' })).rejects.toMatchObject({
      code: 'broker_unreachable',
    });
  });
});

describe('a reader that waits for the tables', () => {
  it('continues at once where they hold the position, without a poll', async () => {
    const { group, topic } = groupOf([commit(0, 4), commit(1, 2), undefined]);
    await (await open(topic)).reached(position('4,1,0'));
    expect(group.polls).toBe(1);
  });

  it('continues when every partition has arrived', async () => {
    const { group, topic } = groupOf([commit(0, 4), undefined, undefined]);
    const opened = await open(topic);
    let isThere = false;
    const reached = opened.reached(position('3,2,1')).then(() => (isThere = true));
    group.commits = [commit(0, 4), commit(1, 2), undefined];
    await expect.poll(() => opened.position()).toBe('4,2,0');
    expect(isThere).toBe(false);
    group.commits = [commit(0, 4), commit(1, 2), commit(2, 1)];
    await reached;
    expect(opened.position()).toBe('4,2,1');
  });

  it('shares its polls with other readers', async () => {
    const { group, topic } = groupOf([commit(0, 1), undefined, undefined]);
    const opened = await open(topic);
    const waiting = Array.from({ length: 50 }, () => opened.reached(position('2,0,0')));
    expect(group.polls).toBe(2);
    group.commits = [commit(0, 2), undefined, undefined];
    await Promise.all(waiting);
  });

  it('gets the position of the tables after the timeout', async () => {
    const { topic } = groupOf([commit(0, 1), undefined, undefined]);
    await expect((await open(topic, 20)).reached(position('2,0,0'))).rejects.toMatchObject({
      code: 'tables_behind',
      retryable: true,
      message: expect.stringContaining(
        'at 1,0,0, before 2,0,0, after 0.02 s (TRIBUTARY_TABLES_TIMEOUT_MS): the projector is slow or stopped',
      ),
    });
  });

  it('gets the fault of the poll where that is the reason', async () => {
    const { group, topic } = groupOf([commit(0, 1), undefined, undefined]);
    const opened = await open(topic, 20);
    group.fault = new Fault('broker_unreachable', 'no broker', { retryable: true });
    await expect(opened.reached(position('2,0,0'))).rejects.toMatchObject({
      code: 'tables_behind',
      message: expect.stringContaining('no broker'),
    });
    expect(opened.fault()).toBe(group.fault);
  });

  it.each(['2', '1,2', '1,2,3,4', '1:2', 'now'])('is refused a position of another log: %s', async (text) => {
    const { topic } = groupOf([]);
    await expect((await open(topic)).reached(position(text))).rejects.toMatchObject({
      code: 'unknown_position',
    });
  });

  it('stops waiting when the tables are closed', async () => {
    const { topic } = groupOf([]);
    const opened = await open(topic);
    const reached = opened.reached(position('1,0,0'));
    await opened.close();
    await expect(reached).rejects.toMatchObject({ code: 'tables_behind' });
  });
});

it('follow a group that begins again after its commits were lost, and say that it has', async () => {
  const { group, topic } = groupOf([commit(0, 4), commit(1, 5), commit(2, 9)]);
  const opened = await open(topic, 10_000, 5);
  expect(opened.restarts()).toBe(0);
  group.commits = [commit(0, 4), commit(1, 5), undefined];
  await expect.poll(() => opened.unsettled()).toMatchObject({ code: 'commits_lost' });
  expect(opened.position()).toBe('4,5,9');
  const restarts = opened.restarts();
  expect(restarts).toBeGreaterThan(0);
  group.commits = [commit(0, 4), commit(1, 6), commit(2, 1)];
  await expect.poll(() => opened.position()).toBe('4,6,1');
  const again = opened.restarts();
  expect(again).toBeGreaterThan(restarts);
  group.commits = [commit(0, 5), commit(1, 6), commit(2, 3)];
  await expect.poll(() => opened.position()).toBe('5,6,3');
  expect(opened.restarts()).toBe(again);
});

it('polls regularly, steps back where the group does, and clears a fault that is over', async () => {
  const { group, topic } = groupOf([commit(0, 4), undefined, commit(2, 9)]);
  const opened = await open(topic, 10_000, 5);
  group.fault = new Fault('broker_unreachable', 'no broker', { retryable: true });
  await expect.poll(() => opened.fault()).toBe(group.fault);
  expect(opened.position()).toBe('4,0,9');
  group.fault = undefined;
  group.commits = [commit(0, 5), commit(1, 1), commit(2, 7)];
  await expect.poll(() => opened.position()).toBe('5,1,7');
  expect(opened.restarts()).toBe(1);
  expect(opened.fault()).toBeUndefined();
});
