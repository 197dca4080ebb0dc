import { recordTimeOf } from '@tributary/capture';
import type { KafkaConfig } from '@tributary/configuration';
import { copyTopic, pinnedPartitions } from '@tributary/event-log';
import type { Copied, Topic } from '@tributary/event-log';
import { connectTopic, describeTopic, partitionOf } from '@tributary/kafka';
import { Fault } from '@tributary/kernel';
import { topicAccess } from './topic-access.ts';

export type CopyRequest = {
  /** The new topic. It gets the settings of the old one where it does not exist. */
  readonly to: string;
  readonly partitions: number;
  /** The number of partitions that the old topic had before some were added; the group knows it. */
  readonly was?: number;
  readonly isLast: boolean;
  readonly isLate: boolean;
};

const CLIENT = 'tributary-copy';

/**
 * Copies the topic of events into a new one with another number of partitions. Throws Fault `configuration` where the
 * new topic exists with another number of partitions, or where nobody knows how many the old one had; and `topic_in_use`.
 */
export async function copyEvents(
  kafka: KafkaConfig,
  request: CopyRequest,
  report: (line: string) => void,
): Promise<Copied> {
  const { to: name, partitions, isLast, isLate } = request;
  const access = topicAccess(kafka, kafka.topic, CLIENT);
  if (name === kafka.topic) throw configuration(`${name} is the topic of KAFKA_TOPIC: name a new one`);
  const from = await connectTopic({ ...access, report });
  try {
    const pinned = await pinnedOf(from, kafka.group, request.was);
    const create = { ...(await describeTopic(access, kafka.topic)), partitions };
    const to = await connectTopic({ ...topicAccess(kafka, name, CLIENT), create, report });
    try {
      if (to.partitions !== partitions)
        throw configuration(`${name} exists with ${to.partitions} partitions, not ${partitions}`);
      return await copyTopic({ from, to, pinned, partitionOf, timeOf: recordTimeOf, isLast, isLate, report });
    } finally {
      await to.close();
    }
  } finally {
    await from.close();
  }
}

/** By how many partitions the readers of a topic have accepted its records so far. */
async function pinnedOf(
  topic: Pick<Topic, 'name' | 'partitions' | 'commits'>,
  group: string,
  was: number | undefined,
): Promise<number> {
  const commits = (await topic.commits(group)).flatMap((commit) => commit ?? []);
  const known = commits.flatMap(({ metadata }) => pinnedPartitions(metadata) ?? []);
  const pinned = was ?? (commits.length === 0 ? topic.partitions : known[0]);
  if (pinned === undefined)
    throw configuration(
      `group ${group} has committed with an earlier version, which did not keep how many partitions ${topic.name} had: name them with --was`,
    );
  if (known.some((count) => count !== pinned))
    throw configuration(`group ${group} has committed with ${known.join(', ')} partitions, not ${pinned}`);
  return pinned;
}

const configuration = (message: string): Fault => new Fault('configuration', message);
