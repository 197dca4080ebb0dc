import type { KafkaConfig } from '@tributary/configuration';
import { connectTopic, KEEPS_ALL } from '@tributary/kafka';
import { Fault } from '@tributary/kernel';
import { z } from 'zod';
import { topicAccess } from './topic-access.ts';

const Topics = z.array(
  z.object({
    topic: z.string().min(1),
    partitions: z.int().min(1),
    replicas: z.int().min(1),
    config: z.record(z.string(), z.string()).default({}),
  }),
);

export type TopicDescription = z.infer<typeof Topics>[number];

/** Reads a list of topics from JSON. Throws Fault `configuration` where it is not such a list. */
export function readTopics(list: string): TopicDescription[] {
  const parsed = Topics.safeParse(jsonOf(list));
  if (parsed.success) return parsed.data;
  throw new Fault('configuration', `the list of topics is not usable: ${z.prettifyError(parsed.error)}`);
}

function jsonOf(list: string): unknown {
  try {
    return JSON.parse(list);
  } catch (cause) {
    throw new Fault('configuration', 'the list of topics is not JSON', { cause });
  }
}

/** Creates the missing topics of a list and leaves the others as they are. One keeps its records unless the list says otherwise. Returns the names of all. */
export async function createTopics(kafka: KafkaConfig, list: string): Promise<string[]> {
  const topics = readTopics(list);
  for (const { topic, config, ...size } of topics) {
    const create = { ...size, config: { ...KEEPS_ALL, ...config } };
    const created = await connectTopic({ ...topicAccess(kafka, topic, 'tributary-topics'), create });
    await created.close();
  }
  return topics.map(({ topic }) => topic);
}
