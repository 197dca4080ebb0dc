import { join } from 'node:path';
import type { KafkaConfig } from '@tributary/configuration';
import { openKafkaLog } from '@tributary/event-log';
import type { EventLog, KafkaLogOptions, RecordFormat, Topic } from '@tributary/event-log';
import { connectTopic, partitionOf } from '@tributary/kafka';
import type { TopicOptions } from '@tributary/kafka';
import { topicAccess } from './topic-access.ts';
import type { Telemetry } from './run-process.ts';

type Options = {
  readonly kafka: KafkaConfig;
  readonly service: string;
  /** The folder of the replica. */
  readonly directory: string;
  /** The record format for a topic of so many partitions. */
  readonly format: (partitions: number) => RecordFormat;
  readonly telemetry: Telemetry;
  readonly appended?: KafkaLogOptions['onAppended'];
};

export type EventTopic = {
  readonly topic: Topic;
  readonly log: EventLog;
  /** Why the replica cannot follow the topic; undefined where it can. */
  fault(): unknown;
  close(): Promise<void>;
};

/** Connects to a topic and logs what goes wrong on the connection. */
export const openTopic = (
  kafka: KafkaConfig,
  name: string,
  { service, telemetry, group }: Pick<Options, 'service' | 'telemetry'> & Pick<TopicOptions, 'group'>,
): Promise<Topic> =>
  connectTopic({
    ...topicAccess(kafka, name, `tributary-${service}`),
    ...(group && { group }),
    report: (text) => telemetry.log.warn('kafka.unavailable', { text }),
  });

/** Opens the log in its topic, with the replica of this process. */
export async function openEventTopic(options: Options): Promise<EventTopic> {
  const { kafka, directory, format, telemetry } = options;
  const topic = await openTopic(kafka, kafka.topic, options);
  try {
    const log = await openKafkaLog({
      topic,
      format: format(topic.partitions),
      partitionOf,
      directory: join(directory, 'log'),
      traceparent: () => telemetry.tracing.traceparent(),
      ...(options.appended && { onAppended: options.appended }),
    });
    return {
      topic,
      log,
      fault: () => log.fault(),
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
