export { connectTopic, type TopicOptions } from './connect-topic.ts';
export type { GroupTimes } from './group/coordinator.ts';
export { partitionOf } from './partition-of.ts';
export { describeTopic, KEEPS_ALL, type NewTopic } from './topic-settings.ts';
