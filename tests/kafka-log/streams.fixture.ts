import type { NewEvent } from '@tributary/event-log';
import { partitionOf } from '@tributary/kafka';
import { anEvent } from '../../libs/core/event-log/src/log-under-test.fixture.ts';
import { plainFormat } from './plain-format.fixture.ts';

/** Streams of partitions 0, 1 and 2. */
export const STREAMS = [0, 1, 2].map(
  (partition) =>
    Array.from({ length: 50 }, (_, number) => `run/${number}`).find(
      (stream) => partitionOf(Buffer.from(stream), 3) === partition,
    ) ?? '',
);

/** An event of the stream of a partition. */
export const event = (id: string, partition = 0, text = id): NewEvent =>
  anEvent({ id, stream: STREAMS[partition] ?? '', text });

/** The message that another producer would write. */
export const message = (one: NewEvent, partition = 0) => {
  const { key, value, headers } = plainFormat.write(one, { recordTime: 1_000_000 });
  const named = Object.fromEntries(headers.map(([name, bytes]) => [name, Buffer.from(bytes)]));
  return { partition, key: Buffer.from(key), value: Buffer.from(value), headers: named };
};
