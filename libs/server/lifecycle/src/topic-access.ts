import type { KafkaConfig } from '@tributary/configuration';
import type { TopicOptions } from '@tributary/kafka';

/** How a process reaches a topic of the cluster. */
export function topicAccess(
  { brokers, clusterId, ssl, retryTimeout, mechanism, username = '', password = '' }: KafkaConfig,
  topic: string,
  clientId: string,
): TopicOptions {
  return {
    brokers,
    topic,
    clientId,
    ssl,
    retryTimeout: retryTimeout,
    ...(clusterId === undefined ? {} : { clusterId }),
    ...(mechanism === undefined ? {} : { sasl: { mechanism, username, password } }),
  };
}
