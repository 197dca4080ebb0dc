import type { TopicOptions } from '@tributary/kafka';
import { z } from 'zod';
import { flag } from './environment.ts';
import type { Environment } from './environment.ts';

const mechanisms = ['plain', 'scram-sha-256', 'scram-sha-512'] as const;

const BROKERS = 'name the brokers, such as kafka-1:9092,kafka-2:9092';

export const kafkaShape = z
  .object({
    brokers: z
      .string({ error: BROKERS })
      .transform((text) => text.split(',').map((broker) => broker.trim()))
      .refine((brokers) => !brokers.includes(''), { message: BROKERS }),
    topic: z.string().min(1).default('tributary.events'),
    deadLettersTopic: z.string().min(1).default('tributary.dead-letters'),
    clusterId: z.string().min(1).optional(),
    group: z.string().min(1).default('tributary-tables'),
    /** Milliseconds over which a broker out of reach is asked again before that is told. */
    patience: z.coerce.number().int().min(100).default(30_000),
    ssl: flag,
    mechanism: z.enum(mechanisms).optional(),
    username: z.string().optional(),
    password: z.string().optional(),
  })
  .refine(
    ({ mechanism, username, password }) =>
      mechanism === undefined || (username !== undefined && password !== undefined),
    { path: ['username'], message: 'a SASL mechanism needs KAFKA_SASL_USERNAME and KAFKA_SASL_PASSWORD' },
  )
  /* Empty texts come of variables that are named and not set. */
  .refine(({ mechanism, username, password }) => mechanism !== undefined || !(username || password), {
    path: ['mechanism'],
    message: `there are credentials and no mechanism to use them with; name one of ${mechanisms.join(', ')}`,
  });

export type KafkaConfig = z.infer<typeof kafkaShape>;

export const kafkaFrom = (env: Environment) => ({
  brokers: env['KAFKA_BROKERS'],
  topic: env['KAFKA_TOPIC'],
  deadLettersTopic: env['KAFKA_DEAD_LETTERS_TOPIC'],
  clusterId: env['KAFKA_CLUSTER_ID'],
  group: env['KAFKA_GROUP'],
  patience: env['KAFKA_PATIENCE_MS'],
  ssl: env['KAFKA_SSL'],
  mechanism: env['KAFKA_SASL_MECHANISM'],
  username: env['KAFKA_SASL_USERNAME'],
  password: env['KAFKA_SASL_PASSWORD'],
});

export const kafkaNames: Readonly<Record<string, string>> = {
  'kafka.brokers': 'KAFKA_BROKERS',
  'kafka.topic': 'KAFKA_TOPIC',
  'kafka.deadLettersTopic': 'KAFKA_DEAD_LETTERS_TOPIC',
  'kafka.patience': 'KAFKA_PATIENCE_MS',
  'kafka.mechanism': 'KAFKA_SASL_MECHANISM',
  'kafka.username': 'KAFKA_SASL_USERNAME',
};

/** How a process reaches a topic of the cluster. */
export function topicAccess(
  { brokers, clusterId, ssl, patience, mechanism, username = '', password = '' }: KafkaConfig,
  topic: string,
  clientId: string,
): TopicOptions {
  return {
    brokers,
    topic,
    clientId,
    ssl,
    patience,
    ...(clusterId === undefined ? {} : { clusterId }),
    ...(mechanism === undefined ? {} : { sasl: { mechanism, username, password } }),
  };
}
