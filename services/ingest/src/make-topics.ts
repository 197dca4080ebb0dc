import { connectTopic } from '@tributary/kafka';
import type { KafkaConfig } from '@tributary/configuration';
import { topicAccess } from '@tributary/lifecycle';
import { Fault } from '@tributary/kernel';
import { z } from 'zod';

const Topics = z.array(
  z.object({
    topic: z.string().min(1),
    partitions: z.int().min(1),
    replicas: z.int().min(1),
    config: z.record(z.string(), z.string()).default({}),
  }),
);

/** Makes the topics of a list where they are missing; those that are there stay as they are. Their names. */
export async function makeTopics(kafka: KafkaConfig, list: string): Promise<string[]> {
  const parsed = Topics.safeParse(JSON.parse(list));
  if (!parsed.success)
    throw new Fault('configuration', `the list of topics is not usable: ${z.prettifyError(parsed.error)}`);
  for (const { topic, ...create } of parsed.data) {
    const made = await connectTopic({ ...topicAccess(kafka, topic, 'tributary-topics'), create });
    await made.close();
  }
  return parsed.data.map(({ topic }) => topic);
}
