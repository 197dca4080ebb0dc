import { join } from 'node:path';
import type { RequestLimits } from '@tributary/capture';
import type { KafkaConfig } from '@tributary/configuration';
import { openKafkaLog } from '@tributary/event-log';
import type { EventLog, KafkaLogOptions, Topic } from '@tributary/event-log';
import type { ReadinessCondition } from '@tributary/http';
import { recordClock } from '@tributary/intake';
import type { RecordClock } from '@tributary/intake';
import { connectTopic, partitionOf } from '@tributary/kafka';
import type { TopicOptions } from '@tributary/kafka';
import { systemClock } from '@tributary/kernel';
import { eventFormat } from './event-format.ts';
import type { KeptRecordsOptions } from './kept-records.ts';
import { newestBlobs } from './newest-blobs.ts';
import { requirePinned } from './pinned-partitions.ts';
import { openSharedBlobs } from './shared-blobs.ts';
import type { SharedBlobs } from './shared-blobs.ts';
import type { Storage } from './storage.ts';
import { topicAccess } from './topic-access.ts';
import type { Telemetry } from './run-process.ts';

type Options = {
  readonly config: {
    readonly kafka: KafkaConfig;
    /** The folder of the replica. */
    readonly directory: string;
    /** The folder that services share. */
    readonly blobs: string;
    readonly limits: Pick<RequestLimits, 'requestTimeout'>;
  };
  readonly service: string;
  readonly storage: Pick<Storage, 'blobs' | 'ownBlobs' | 'disk'>;
  readonly telemetry: Telemetry;
  readonly appended?: KafkaLogOptions['onAppended'];
  /** Called before each append; what it throws refuses the append. */
  readonly admit?: () => void;
};

export type EventTopic = {
  readonly topic: Topic;
  readonly log: EventLog;
  readonly recorded: RecordClock;
  readonly blobs: Pick<SharedBlobs, 'conditions'> & { warnings(): ReadinessCondition[] };
  /** Why the replica cannot follow the topic; undefined where it can. */
  fault(): unknown;
  /** Why a partition confirms no event at present; undefined where none is known to. */
  stuck(): unknown;
  /** Why the replica cannot be written any more; undefined while it can. */
  dead(): unknown;
  /** That a write of the replica has not ended for as long as a request may take; undefined where none has. */
  overdue(): unknown;
  close(): Promise<void>;
};

/** Connects to a topic that has to keep its records, and logs what goes wrong on the connection. */
export const openTopic = (
  kafka: KafkaConfig,
  name: string,
  { service, telemetry, group }: Pick<Options, 'service' | 'telemetry'> & Pick<TopicOptions, 'group'>,
): Promise<Topic> =>
  connectTopic({
    ...topicAccess(kafka, name, `tributary-${service}`),
    keepsAll: true,
    ...(group && { group }),
    report: (text) => telemetry.log.warn('kafka.unavailable', { text }),
  });

/** Logs that partitions were added while the process runs. */
export const partitionsAdded =
  ({ log }: Telemetry) =>
  (text: string): void =>
    log.warn('kafka.partitions_added', { text });

/** Logs that the brokers will remove records, or have removed some. */
export const keptRecords = ({ log }: Telemetry): Pick<KeptRecordsOptions, 'report'> => ({
  report: (text) => log.warn('kafka.records_removed', { text }),
});

/** Opens the log in its topic, with the replica of this process. Throws Faults as `openKafkaLog`, and `blobs_missing`. */
export async function openEventTopic(options: Options): Promise<EventTopic> {
  const { config, storage, telemetry } = options;
  const { kafka, directory, limits } = config;
  const topic = await openTopic(kafka, kafka.topic, options);
  try {
    /* Before a new replica is filled, which would refuse acknowledged facts where partitions were added. */
    requirePinned(topic, await topic.commits(kafka.group));
    const replica = join(directory, 'log');
    const blobs = openSharedBlobs({ blobs: config.blobs, replica }, topic);
    const log = await openKafkaLog({
      topic,
      format: eventFormat(storage.ownBlobs, topic.partitions),
      partitionOf,
      directory: replica,
      traceparent: () => telemetry.tracing.traceparent(),
      admit: () => {
        storage.disk.admit();
        recorded.admit();
        options.admit?.();
      },
      appendTimeout: limits.requestTimeout,
      ...(options.appended && { onAppended: options.appended }),
    });
    const recorded = recordClock(log, systemClock);
    const warnings = await closedOnError(log, async () => {
      await blobs.mark({ isEmpty: Object.keys(log.counts()).length === 0 });
      return newestBlobs(log, storage.blobs);
    });
    return {
      topic,
      log,
      recorded,
      blobs: { conditions: () => blobs.conditions(), warnings },
      fault: () => log.fault(),
      stuck: () => log.stuck(),
      dead: () => log.dead(),
      overdue: () => log.overdue(),
      close: async () => {
        await log.close();
        await topic.close();
      },
    };
  } catch (error) {
    await topic.close();
    throw error;
  }
}

/** The next start in this process opens the replica again. */
async function closedOnError<Result>(
  log: Pick<EventLog, 'close'>,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    await log.close();
    throw error;
  }
}
