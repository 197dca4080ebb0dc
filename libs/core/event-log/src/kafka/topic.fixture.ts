import { setImmediate as turn } from 'node:timers/promises';
import type { NewRecord, Topic, TopicRecord } from './topic.ts';

export type TopicInMemory = Pick<
  Topic,
  'name' | 'partitions' | 'bounds' | 'follow' | 'append' | 'currentPartitions'
> & {
  /** By partition. */
  readonly records: readonly (readonly TopicRecord[])[];
  /** Adds partitions, as an operator does. */
  grow(partitions: number): void;
  /** The next append writes so many of its records, and is rejected. */
  failAfter(records: number): void;
};

/** A topic in memory, whose readers get so many records at once. */
export function topicInMemory(name: string, partitions: number, portion = 3): TopicInMemory {
  const records: TopicRecord[][] = Array.from({ length: partitions }, () => []);
  let allowed = Infinity;
  const write = ({ partition, timestamp = 0, ...record }: NewRecord): number => {
    const offset = records[partition]?.length ?? NaN;
    records[partition]?.push({ ...record, partition, offset, timestamp });
    return offset;
  };
  return {
    name,
    records,
    get partitions() {
      return records.length;
    },
    currentPartitions: () => Promise.resolve(records.length),
    grow(to) {
      while (records.length < to) records.push([]);
    },
    failAfter(count) {
      allowed = count;
    },
    bounds: () => Promise.resolve(records.map(({ length }) => ({ first: 0, end: length }))),
    append(written) {
      const offsets = written.slice(0, allowed).map(write);
      if (allowed === Infinity) return Promise.resolve(offsets);
      allowed = Infinity;
      return Promise.reject(new Error('the process was killed'));
    },
    follow({ from, take }) {
      let isOn = true;
      const running = from.map(async (start, partition) => {
        for (let offset = start; isOn;) {
          const some = (records[partition] ?? []).slice(offset, offset + portion);
          if (some.length > 0) await take({ partition, records: some, end: records[partition]?.length ?? 0 });
          else await turn();
          offset += some.length;
        }
      });
      return Promise.resolve({
        fault: () => undefined,
        lost: () => undefined,
        recognised: () => Promise.resolve(),
        stop: async () => {
          isOn = false;
          await Promise.all(running);
        },
      });
    },
  };
}
