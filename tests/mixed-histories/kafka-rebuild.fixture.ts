import { openShadow } from '@tributary/clickhouse';
import { eventFormat } from '@tributary/lifecycle';
import { systemClock } from '@tributary/kernel';
import { tablesVersion } from '@tributary/projection';
import {
  groupsOf,
  OutageTracker,
  partitionWork,
  PendingTimes,
  projections,
  rebuildTables,
  sinkOf,
} from '@tributary/projector';
import type { PartitionWork } from '@tributary/projector';
import { connect, groupOf } from './kafka-world.fixture.ts';
import type { KafkaWorld } from './kafka-world.fixture.ts';

/** Fills the tables again from the topic, as the command `rebuild` of the projector does, and exchanges them. */
export async function rebuild(world: KafkaWorld, migrations: string): Promise<void> {
  const { engine, blobs, deadLetters } = world;
  const topic = await connect(world);
  const shadow = openShadow({ engine, migrations });
  const version = await tablesVersion(engine.reader, projections);
  const sink = sinkOf(engine);
  const work: PartitionWork = {
    topic: topic.name,
    partitions: topic.partitions,
    engine: { reader: shadow.shadow },
    sink: { ...sink, openBlock: (table) => sink.openBlock(shadow.nameOf(table)) },
    version,
    outages: new OutageTracker({ now: systemClock, retried: () => undefined, changed: () => undefined }),
    blobs,
    format: eventFormat(blobs, topic.partitions),
    deadLetters,
    traces: { of: () => ({ observe: (observed) => observed, begin: () => () => undefined }) },
    linger: 20,
    pendingTimes: new PendingTimes(),
    omitted: () => undefined,
  };
  try {
    await rebuildTables(
      {
        topic,
        groups: groupsOf(groupOf(world)),
        shadow,
        tables: [...projections.flatMap(({ tables }) => tables), 'log_event'],
        isCounted: true,
        version,
        work: (limits) => partitionWork({ ...work, limits }),
        queueBytes: 2 ** 24,
        pollMillis: 20,
        memberTimeout: 12_000,
        report: () => undefined,
      },
      { verify: false, fresh: false },
    );
  } finally {
    await topic.close();
  }
}
