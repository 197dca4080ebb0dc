import { KafkaAnswers } from './kafka-answers.fixture.ts';
import { KafkaAppender } from './kafka-appender.fixture.ts';
import { KafkaProjector } from './kafka-projector.fixture.ts';
import { KafkaWitness } from './kafka-witness.fixture.ts';
import type { KafkaWorld } from './kafka-world.fixture.ts';

/** The processes that work on one topic. */
export type KafkaProcesses = {
  readonly appenders: readonly KafkaAppender[];
  readonly projectors: readonly KafkaProjector[];
  readonly answers: KafkaAnswers;
  readonly witness: KafkaWitness;
};

/** Two processes that append, the first of which answers too, and two that share the partitions of the topic. */
export async function openProcesses(world: KafkaWorld, scratch: string): Promise<KafkaProcesses> {
  const witness = await KafkaWitness.open(world, scratch);
  const appenders = [await KafkaAppender.open(world, 0), await KafkaAppender.open(world, 1)];
  const projectors = [await KafkaProjector.open(world), await KafkaProjector.open(world)];
  const answers = await KafkaAnswers.open(world, () => appenderOf({ appenders }, 0).log);
  return { appenders, projectors, answers, witness };
}

export function appenderOf({ appenders }: Pick<KafkaProcesses, 'appenders'>, index: number): KafkaAppender {
  const appender = appenders[index];
  if (!appender) throw new Error(`there is no appender ${index}`);
  return appender;
}

export async function closeProcesses(processes: KafkaProcesses): Promise<void> {
  const { appenders, projectors, answers, witness } = processes;
  await Promise.all(projectors.map((one) => one.close()));
  await answers.close();
  await Promise.all(appenders.map((one) => one.close()));
  await witness.close();
}
